"""Accounts with limits and a balance, keys with scopes, the ledger, replays."""

import sqlalchemy as sa
from alembic import op

from filmgate.store.tables import LEDGER_GUARDS

revision = "0002"
down_revision = "0001"

_FIRST_SCOPES = "videos:read videos:write usage:read admin"


def upgrade() -> None:
    """Move forward."""
    _extend_accounts()
    _extend_keys()
    _create_ledger()
    _create_replays()
    _open_the_books()


def _extend_accounts() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(
            sa.Column("billing", sa.String(length=16), nullable=False, server_default="postpaid")
        )
        accounts.add_column(sa.Column("ceiling", sa.BigInteger(), nullable=True))
        for name in ("max_running", "max_queued", "max_per_minute"):
            accounts.add_column(sa.Column(name, sa.Integer(), nullable=True))
        accounts.add_column(sa.Column("retention_s", sa.Double(), nullable=True))
        for name in ("balance", "held"):
            accounts.add_column(
                sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
            )
        for name in ("queued", "running"):
            accounts.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        accounts.add_column(sa.Column("minute_at", sa.Double(), nullable=False, server_default="0"))
        accounts.add_column(
            sa.Column("minute_creates", sa.Integer(), nullable=False, server_default="0")
        )
        accounts.create_check_constraint("known_billing", "billing IN ('prepaid', 'postpaid')")
        accounts.create_check_constraint("prepaid_floor", "billing = 'postpaid' OR balance >= 0")
        accounts.create_check_constraint("holds_are_owed", "held >= 0")
        accounts.create_check_constraint("accounts_count", "queued >= 0 AND running >= 0")
    op.execute(
        "UPDATE accounts SET max_running = 0, max_queued = 0, max_per_minute = 0 "
        "WHERE id = 'acct_first'"
    )


def _extend_keys() -> None:
    with op.batch_alter_table("keys", recreate="always") as keys:
        keys.add_column(sa.Column("name", sa.String(length=200), nullable=False, server_default=""))
        keys.add_column(
            sa.Column("scopes", sa.String(length=200), nullable=False, server_default=_FIRST_SCOPES)
        )
        keys.add_column(sa.Column("expires_at", sa.Double(), nullable=True))
    op.create_index("keys_of_account", "keys", ["account_id"], unique=False)


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(length=64), nullable=True),
        sa.Column("model", sa.String(length=128), nullable=True),
        sa.Column("user", sa.String(length=512), nullable=True),
        sa.Column("outputs", sa.Integer(), nullable=False),
        sa.Column("produced_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('hold', 'capture', 'release', 'credit', 'adjust')", name="known_kind"
        ),
        sa.CheckConstraint(
            "(kind IN ('hold', 'capture', 'release')) = (video_id IS NOT NULL)",
            name="names_its_video",
        ),
        sa.CheckConstraint(
            "kind <> 'hold' OR (balance <= 0 AND held = -balance)", name="hold_moves"
        ),
        sa.CheckConstraint(
            "kind <> 'release' OR (balance >= 0 AND held = -balance)", name="release_moves"
        ),
        sa.CheckConstraint(
            "kind <> 'capture' OR (balance >= 0 AND held <= -balance)", name="capture_takes"
        ),
        sa.CheckConstraint("kind <> 'credit' OR (balance >= 0 AND held = 0)", name="credit_adds"),
        sa.CheckConstraint("kind <> 'adjust' OR held = 0", name="adjust_moves"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ledger_of_account", "ledger", ["account_id", "day"], unique=False)
    for name, kinds in (
        ("ledger_held_once", "kind = 'hold'"),
        ("ledger_settled_once", "kind IN ('capture', 'release')"),
    ):
        op.create_index(
            name,
            "ledger",
            ["video_id"],
            unique=True,
            sqlite_where=sa.text(kinds),
            postgresql_where=sa.text(kinds),
        )
    for statement in LEDGER_GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_replays() -> None:
    op.create_table(
        "replays",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("video_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("account_id", "key"),
    )
    op.create_index("replays_by_age", "replays", ["created_at"], unique=False)


def _open_the_books() -> None:
    """Hold the price of every video that has not ended, and count it."""
    op.execute(
        "INSERT INTO ledger (account_id, kind, balance, held, cause, created_at, day, video_id, "
        'model, "user", outputs, produced_ms) '
        "SELECT account_id, 'hold', -price, price, 'create', created_at, "
        'CAST(created_at AS INTEGER) / 86400, id, model, "user", 0, 0 '
        "FROM videos WHERE state IN ('queued', 'running')"
    )
    alive = "FROM videos WHERE account_id = accounts.id AND state IN ('queued', 'running')"
    counted = {
        "balance": f"-(SELECT COALESCE(SUM(price), 0) {alive})",
        "held": f"(SELECT COALESCE(SUM(price), 0) {alive})",
        "queued": f"(SELECT COUNT(*) {alive} AND state = 'queued')",
        "running": f"(SELECT COUNT(*) {alive} AND state = 'running')",
    }
    changes = ", ".join(f"{name} = {value}" for name, value in counted.items())
    op.execute(f"UPDATE accounts SET {changes}")  # noqa: S608 - our own words alone
