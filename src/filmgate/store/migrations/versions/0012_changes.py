"""Changes: what streams of events tell, and take up again."""

import sqlalchemy as sa
from alembic import op

from filmgate.store.tables.base import SEQUENCE

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Move forward."""
    op.create_table(
        "changes",
        sa.Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("video_id", sa.String(64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
    )
    op.create_index("changes_of_account", "changes", ["account_id", "seq"], unique=False)
