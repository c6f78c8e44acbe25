"""An index that counts what waits by model, and the trace that a video belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Move forward."""
    queued = sa.text("state = 'queued'")
    op.add_column("videos", sa.Column("traceparent", sa.String(55)))
    op.add_column("webhook_events", sa.Column("traceparent", sa.String(55)))
    op.create_index(
        "videos_by_kind",
        "videos",
        ["engine", "model", "created_at"],
        unique=False,
        sqlite_where=queued,
        postgresql_where=queued,
    )
