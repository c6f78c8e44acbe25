"""What workers tell of their models."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Move forward."""
    op.add_column("workers", sa.Column("models", sa.JSON(none_as_null=True), nullable=True))
