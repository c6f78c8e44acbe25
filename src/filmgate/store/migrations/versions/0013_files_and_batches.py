"""Files that callers keep here, and batches."""

import sqlalchemy as sa
from alembic import op

from filmgate.store.tables.base import SEQUENCE

revision = "0013"
down_revision = "0012"

_OPEN = sa.text("status IN ('validating', 'in_progress', 'cancelling', 'finalizing')")


def upgrade() -> None:
    """Move forward."""
    op.create_table(
        "files",
        sa.Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.String(64), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("filename", sa.String(255), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
    )
    op.create_index("files_of_account", "files", ["account_id", "seq"], unique=False)
    op.create_index("files_by_expiry", "files", ["expires_at"], unique=False)
    op.create_table(
        "batches",
        sa.Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.String(64), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("key_id", sa.String(64), nullable=False),
        sa.Column("input_file_id", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("ends_as", sa.String(16)),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("base_url", sa.String(2048), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("output_file_id", sa.String(64)),
        sa.Column("error_file_id", sa.String(64)),
        sa.CheckConstraint(
            "status IN ('validating', 'in_progress', 'cancelling', 'finalizing', "
            "'completed', 'failed', 'expired', 'cancelled')",
            name="known_batch_status",
        ),
        sa.CheckConstraint("completed + failed <= total", name="batch_counts_lines"),
    )
    op.create_index("batches_of_account", "batches", ["account_id", "seq"], unique=False)
    op.create_index(
        "batches_open",
        "batches",
        ["seq"],
        unique=False,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "batch_lines",
        sa.Column(
            "batch_id",
            sa.String(64),
            sa.ForeignKey("batches.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("custom_id", sa.String(512), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("video_id", sa.String(64)),
        sa.Column("refusal", sa.JSON(none_as_null=True)),
        sa.CheckConstraint("state IN ('waiting', 'ordered', 'done')", name="known_line_state"),
        sa.CheckConstraint("state <> 'ordered' OR video_id IS NOT NULL", name="ordered_is_a_video"),
    )
    op.create_index(
        "batch_lines_by_state", "batch_lines", ["batch_id", "state", "number"], unique=False
    )
