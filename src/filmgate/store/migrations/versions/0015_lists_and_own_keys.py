"""What lists of videos are narrowed by, when keys were used, and keys that keep keys."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Move forward. Keys of operators may keep their account's keys, as they could before."""
    there = "deleted_at IS NULL"
    _index("videos_of_model", ["account_id", "model", "seq"], there)
    _index("videos_of_state", ["account_id", "state", "seq"], there)
    _index("videos_of_user", ["account_id", "user", "seq"], f'{there} AND "user" IS NOT NULL')
    op.create_index("videos_by_time", "videos", ["created_at"], unique=False)
    op.add_column("keys", sa.Column("last_used_at", sa.Double(), nullable=True))
    op.execute("UPDATE keys SET scopes = scopes || ' keys' WHERE scopes LIKE '%admin%'")


def _index(name: str, columns: list[str], held: str) -> None:
    where = sa.text(held)
    op.create_index(
        name, "videos", columns, unique=False, sqlite_where=where, postgresql_where=where
    )
