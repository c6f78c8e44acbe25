"""What an engine told of how it made the films of a video."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Move forward."""
    op.add_column("videos", sa.Column("making", sa.JSON(none_as_null=True), nullable=True))
