"""When upstreams rang for a video."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Move forward."""
    op.add_column("videos", sa.Column("rung_at", sa.Double(), nullable=True))
