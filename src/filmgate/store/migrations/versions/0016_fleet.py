"""Where workers stand, who takes no more work, and how many workers the queue is worth."""

import sqlalchemy as sa
from alembic import op

from filmgate.store.tables.fleet import WANTED_WORKERS

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Move forward."""
    op.add_column("workers", sa.Column("gpus", sa.String(255), nullable=True))
    op.add_column("workers", sa.Column("place", sa.String(128), nullable=True))
    op.create_table(
        "drains",
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("since", sa.Double(), nullable=False),
    )
    op.create_table(
        "scaling",
        sa.Column("engine", sa.String(64), primary_key=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("wait_ms", sa.BigInteger(), nullable=False),
    )
    op.execute(WANTED_WORKERS)
