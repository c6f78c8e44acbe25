"""Monthly budgets and prices of accounts, and limits of keys."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Move forward."""
    op.add_column("accounts", sa.Column("monthly_budget", sa.BigInteger))
    op.add_column("accounts", sa.Column("month", sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "accounts", sa.Column("month_spent", sa.BigInteger, nullable=False, server_default="0")
    )
    op.add_column("accounts", sa.Column("price_percent", sa.Integer))
    op.add_column("keys", sa.Column("models", sa.String(2000), nullable=False, server_default=""))
    op.add_column("keys", sa.Column("max_per_minute", sa.Integer))
    op.add_column("keys", sa.Column("minute_at", sa.Double, nullable=False, server_default="0"))
    op.add_column(
        "keys", sa.Column("minute_creates", sa.Integer, nullable=False, server_default="0")
    )
