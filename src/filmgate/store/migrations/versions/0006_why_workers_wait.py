"""Why a worker claims nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Move forward."""
    op.add_column("workers", sa.Column("trouble", sa.String(500), nullable=True))
