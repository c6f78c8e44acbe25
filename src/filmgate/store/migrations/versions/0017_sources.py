"""What videos are made from."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Move forward."""
    op.add_column("videos", sa.Column("source", sa.JSON(none_as_null=True), nullable=True))
