"""Characters, and the films that have them."""

import sqlalchemy as sa
from alembic import op

from filmgate.store.tables.base import SEQUENCE

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Move forward."""
    op.create_table(
        "characters",
        sa.Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.String(64), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column(
            "file_id", sa.String(64), sa.ForeignKey("files.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("colours", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
    )
    op.create_index("characters_of_file", "characters", ["file_id"], unique=False)
    op.add_column("videos", sa.Column("characters", sa.JSON(none_as_null=True), nullable=True))
