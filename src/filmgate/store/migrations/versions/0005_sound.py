"""Whether the films of a video have a sound track."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Move forward. What was asked for before may sound or not, as its engine does."""
    op.add_column(
        "videos", sa.Column("sound", sa.String(8), nullable=False, server_default="native")
    )
