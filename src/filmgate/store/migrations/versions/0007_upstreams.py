"""What films cost elsewhere, and which upstreams get no orders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Move forward."""
    op.add_column("ledger", sa.Column("cost", sa.BigInteger(), nullable=True))
    op.create_table(
        "drained_upstreams",
        sa.Column("engine", sa.String(64), primary_key=True),
        sa.Column("upstream", sa.String(64), primary_key=True),
        sa.Column("since", sa.Double(), nullable=False),
    )
