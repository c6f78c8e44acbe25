"""Strikes: what is held against a video whose worker died alone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Move forward. What is still to be made under the old default cap gets the new one."""
    op.drop_index("videos_in_line", table_name="videos")
    with op.batch_alter_table("videos") as videos:
        for name in ("strikes", "memory_strikes"):
            videos.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        videos.add_column(sa.Column("put_off_until", sa.Double(), nullable=True))
        videos.drop_constraint("attempts_are_capped", type_="check")
        videos.create_check_constraint("strikes_are_capped", "strikes BETWEEN 0 AND max_attempts")
    _index("videos_in_line", ["account_id", sa.text("priority DESC"), "seq"], "strikes < 2")
    _index("videos_suspected", ["put_off_until"], "strikes >= 2")
    op.execute(
        "UPDATE videos SET max_attempts = 10 "
        "WHERE state IN ('queued', 'running') AND max_attempts = 3"
    )


def _index(name: str, columns: list[str | sa.TextClause], held: str) -> None:
    where = sa.text(f"state = 'queued' AND {held}")
    op.create_index(
        name,
        "videos",
        ["engine", *columns],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
