"""The orders of ended videos: those that may still go on elsewhere are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Move forward."""
    where = sa.text("state = 'failed' AND resume IS NOT NULL")
    op.create_index(
        "videos_ordered", "videos", ["engine"], sqlite_where=where, postgresql_where=where
    )
