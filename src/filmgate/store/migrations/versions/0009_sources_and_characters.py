"""What videos are made from, and who plays in them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Move forward."""
    op.add_column("videos", sa.Column("source", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("videos", sa.Column("characters", sa.JSON(none_as_null=True), nullable=True))
    sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "characters",
        sa.Column("seq", sequence, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.String(64), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("film", sa.String(200), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
    )
    op.create_index("characters_of_account", "characters", ["account_id", "seq"])
