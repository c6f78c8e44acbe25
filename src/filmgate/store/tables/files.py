"""Files that callers keep here, characters, and batches, which read and make them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from filmgate.store.tables.base import SEQUENCE, metadata

files = Table(
    "files",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("filename", String(255), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Index("files_of_account", "account_id", "seq"),
    Index("files_by_expiry", "expires_at"),
)
"""One row a file. Its bytes are stored before it is there, and removed after it is gone."""

characters = Table(
    "characters",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("file_id", String(64), ForeignKey("files.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("colours", JSON, nullable=False),
    Column("created_at", Double, nullable=False),
    Index("characters_of_file", "file_id"),
)
"""One row a character. It goes with its film, a file: counted, expiring and removed as one."""

batches = Table(
    "batches",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("input_file_id", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("ends_as", String(16)),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("base_url", String(2048), nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("times", JSON, nullable=False),
    Column("total", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("errors", JSON, nullable=False),
    Column("output_file_id", String(64)),
    Column("error_file_id", String(64)),
    CheckConstraint(
        "status IN ('validating', 'in_progress', 'cancelling', 'finalizing', "
        "'completed', 'failed', 'expired', 'cancelled')",
        name="known_batch_status",
    ),
    CheckConstraint("completed + failed <= total", name="batch_counts_lines"),
    Index("batches_of_account", "account_id", "seq"),
    Index(
        "batches_open",
        "seq",
        sqlite_where=text("status IN ('validating', 'in_progress', 'cancelling', 'finalizing')"),
        postgresql_where=text(
            "status IN ('validating', 'in_progress', 'cancelling', 'finalizing')"
        ),
    ),
)

batch_lines = Table(
    "batch_lines",
    metadata,
    Column(
        "batch_id",
        String(64),
        ForeignKey("batches.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True),
    Column("custom_id", String(512), nullable=False),
    Column("body", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("video_id", String(64)),
    Column("refusal", JSON(none_as_null=True)),
    CheckConstraint("state IN ('waiting', 'ordered', 'done')", name="known_line_state"),
    CheckConstraint("state <> 'ordered' OR video_id IS NOT NULL", name="ordered_is_a_video"),
    Index("batch_lines_by_state", "batch_id", "state", "number"),
)
"""The lines of batches that have not ended. A line is ordered by the transaction that inserts its
video, so it is one video or none, whatever dies."""
