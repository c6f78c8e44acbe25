"""The ledger, and what guards it."""

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    event,
    text,
)

from filmgate.store.tables.base import SEQUENCE, metadata

ledger = Table(
    "ledger",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("balance", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("cause", String(200), nullable=False),
    Column("key_id", String(64)),
    Column("created_at", Double, nullable=False),
    Column("day", Integer, nullable=False),
    Column("video_id", String(64)),
    Column("model", String(128)),
    Column("user", String(512)),
    Column("outputs", Integer, nullable=False),
    Column("produced_ms", BigInteger, nullable=False),
    Column("cost", BigInteger),
    CheckConstraint(
        "kind IN ('hold', 'capture', 'release', 'credit', 'adjust')", name="known_kind"
    ),
    CheckConstraint(
        "(kind IN ('hold', 'capture', 'release')) = (video_id IS NOT NULL)", name="names_its_video"
    ),
    CheckConstraint("kind <> 'hold' OR (balance <= 0 AND held = -balance)", name="hold_moves"),
    CheckConstraint(
        "kind <> 'release' OR (balance >= 0 AND held = -balance)", name="release_moves"
    ),
    CheckConstraint(
        "kind <> 'capture' OR (balance >= 0 AND held <= -balance)", name="capture_takes"
    ),
    CheckConstraint("kind <> 'credit' OR (balance >= 0 AND held = 0)", name="credit_adds"),
    CheckConstraint("kind <> 'adjust' OR held = 0", name="adjust_moves"),
    Index("ledger_of_account", "account_id", "day"),
    Index(
        "ledger_held_once",
        "video_id",
        unique=True,
        sqlite_where=text("kind = 'hold'"),
        postgresql_where=text("kind = 'hold'"),
    ),
    Index(
        "ledger_settled_once",
        "video_id",
        unique=True,
        sqlite_where=text("kind IN ('capture', 'release')"),
        postgresql_where=text("kind IN ('capture', 'release')"),
    ),
)
"""Append-only: each row says by how much it moved the account's `balance` and `held`.

A hold moves money from one to the other, a release moves it back, a capture takes it: what it
charges is -(balance + held). `cost` is what its films cost us elsewhere. `day` is whole days since
1970, UTC.
"""

LEDGER_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER ledger_no_{verb} BEFORE {verb.upper()} ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
        "CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger "
        "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()",
    ],
}
"""What refuses to change or remove an entry, in each database's own words."""

for _dialect, _statements in LEDGER_GUARDS.items():
    for _statement in _statements:
        event.listen(ledger, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
