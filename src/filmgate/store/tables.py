"""The schema. Migrations build it; a test holds that both say the same."""

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
    text,
)

HEAD = "0005"
"""The newest migration: what a database must be at before it is served."""

metadata = MetaData()

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
_FIRST_SCOPES = "videos:read videos:write usage:read admin"

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("disabled_at", Double),
    Column("billing", String(16), nullable=False, server_default="postpaid"),
    Column("ceiling", BigInteger),
    Column("max_running", Integer),
    Column("max_queued", Integer),
    Column("max_per_minute", Integer),
    Column("retention_s", Double),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("held", BigInteger, nullable=False, server_default="0"),
    Column("queued", Integer, nullable=False, server_default="0"),
    Column("running", Integer, nullable=False, server_default="0"),
    Column("minute_at", Double, nullable=False, server_default="0"),
    Column("minute_creates", Integer, nullable=False, server_default="0"),
    CheckConstraint("billing IN ('prepaid', 'postpaid')", name="known_billing"),
    CheckConstraint("billing = 'postpaid' OR balance >= 0", name="prepaid_floor"),
    CheckConstraint("held >= 0", name="holds_are_owed"),
    CheckConstraint("queued >= 0 AND running >= 0", name="accounts_count"),
)
"""Who pays: what the operator sets, and what the transactions that move videos count.

`balance` and `held` are the sums of the account's ledger entries, in micro-dollars; `queued` and
`running` those of its lanes; `minute_creates` the creates since `minute_at`. They stand here so
that one locked row decides whether a create is let in. A limit that is null is the setting's;
0 is none.
"""

keys = Table(
    "keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("prefix", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("revoked_at", Double),
    Column("name", String(200), nullable=False, server_default=""),
    Column("scopes", String(200), nullable=False, server_default=_FIRST_SCOPES),
    Column("expires_at", Double),
    Index("keys_of_account", "account_id"),
)
"""`scopes` are words with spaces between them."""

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)

videos = Table(
    "videos",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("dialect", String(16), nullable=False),
    Column("engine", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("progress", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("model", String(128), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("fps", Integer, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("n", Integer, nullable=False),
    Column("picture", String(200)),
    Column("response_format", String(16), nullable=False),
    Column("user", String(512)),
    Column("extras", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("claimed_at", Double),
    Column("completed_at", Double),
    Column("expires_at", Double, nullable=False),
    Column("deleted_at", Double),
    Column("swept_at", Double),
    Column("failure", String(64)),
    Column("message", Text),
    Column("outputs", JSON, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("max_attempts", Integer, nullable=False),
    Column("timeout_s", Double, nullable=False),
    Column("token", Integer, nullable=False),
    Column("beat", Integer, nullable=False),
    Column("worker_id", String(64)),
    Column("resume", Text),
    Column("remixed_from", String(64)),
    Column("making", JSON(none_as_null=True)),
    Column("sound", String(8), nullable=False, server_default="native"),
    CheckConstraint("state IN ('queued', 'running', 'completed', 'failed')", name="known_state"),
    CheckConstraint("(state = 'running') = (worker_id IS NOT NULL)", name="running_is_leased"),
    CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed_has_reason"),
    CheckConstraint(
        "(state IN ('completed', 'failed')) = (completed_at IS NOT NULL)", name="ended_has_time"
    ),
    CheckConstraint("(state = 'completed') = (progress = 100)", name="hundred_is_completed"),
    CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_percent"),
    CheckConstraint("attempt BETWEEN 0 AND max_attempts", name="attempts_are_capped"),
    Index(
        "videos_of_account",
        "account_id",
        "seq",
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
    Index(
        "videos_in_line",
        "engine",
        "account_id",
        text("priority DESC"),
        "seq",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "videos_running",
        "worker_id",
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
    Index(
        "videos_swept",
        "swept_at",
        sqlite_where=text("swept_at IS NOT NULL"),
        postgresql_where=text("swept_at IS NOT NULL"),
    ),
    Index(
        "videos_to_sweep",
        "expires_at",
        sqlite_where=text("swept_at IS NULL"),
        postgresql_where=text("swept_at IS NULL"),
    ),
)
"""One row a video. `expires_at` is when its files die; `swept_at` when they were removed."""

lanes = Table(
    "lanes",
    metadata,
    Column("engine", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), primary_key=True),
    Column("queued", Integer, nullable=False),
    Column("running", Integer, nullable=False),
    Column("turn", BigInteger, nullable=False),
    CheckConstraint("queued >= 0 AND running >= 0", name="lanes_count"),
    Index(
        "lanes_waiting",
        "engine",
        "running",
        sqlite_where=text("queued > 0"),
        postgresql_where=text("queued > 0"),
    ),
)
"""How many videos of each account wait and run at each engine.

Kept by the transactions that move videos, so that fair turns, queue positions and caps cost the
same at a million rows as at ten. `turn` grows with each claim: the smallest was served longest ago.
"""

speeds = Table(
    "speeds",
    metadata,
    Column("engine", String(64), primary_key=True),
    Column("model", String(128), primary_key=True),
    Column("s_per_megapixel", Double, nullable=False),
)
"""How long a model takes of late, by the work that a video is: its frames' pixels together."""

workers = Table(
    "workers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("engine", String(64), nullable=False),
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started_at", Double, nullable=False),
    Column("seen_at", Double, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
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
charges is -(balance + held). `day` is whole days since 1970, UTC.
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

replays = Table(
    "replays",
    metadata,
    Column("account_id", String(64), ForeignKey("accounts.id"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("video_id", String(64), nullable=False),
    Column("created_at", Double, nullable=False),
    Index("replays_by_age", "created_at"),
)
"""What each `Idempotency-Key` of the last day made."""

audit = Table(
    "audit",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False),
    Column("account_id", String(64), nullable=False),
    Column("key_id", String(64)),
    Column("act", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("detail", JSON(none_as_null=True)),
    Index("audit_of_account", "account_id", "seq"),
    Index("audit_of_subject", "subject", "seq"),
)
"""Who did what. No foreign keys: it outlives what it names, and costs a create one insert."""

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("url", String(2048), nullable=False),
    Column("event_types", JSON, nullable=False),
    Column("secret", String(128), nullable=False),
    Column("old_secret", String(128)),
    Column("old_secret_until", Double),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Double),
    Column("rests_until", Double),
    Column("disabled_at", Double),
    Column("disabled_reason", String(300)),
    CheckConstraint("(failures > 0) = (failing_since IS NOT NULL)", name="failing_has_time"),
    Index("webhook_endpoints_of_account", "account_id", "seq"),
)
"""Where an account wants to be told. `failures` counts those since the last success; after some,
nobody tries before `rests_until`."""

webhook_events = Table(
    "webhook_events",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("accounts.id"), nullable=False),
    Column("type", String(64), nullable=False),
    Column("video_id", String(64), nullable=False),
    Column("created_at", Double, nullable=False),
    Index("webhook_events_by_age", "created_at"),
)
"""What happened, written by the transaction that made it happen."""

webhook_notices = Table(
    "webhook_notices",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column(
        "event_id",
        String(64),
        ForeignKey("webhook_events.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column(
        "endpoint_id",
        String(64),
        ForeignKey("webhook_endpoints.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("video_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Double, nullable=False),
    Column("leased_until", Double),
    Column("token", Integer, nullable=False),
    Column("failing_since", Double),
    CheckConstraint("state IN ('pending', 'delivered', 'dropped')", name="known_notice_state"),
    CheckConstraint("state = 'pending' OR leased_until IS NULL", name="settled_is_not_leased"),
    Index("webhook_notices_of_event", "event_id"),
    Index(
        "webhook_notices_pending",
        "endpoint_id",
        "due_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "webhook_notices_in_order",
        "endpoint_id",
        "video_id",
        "seq",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)
"""One event that one endpoint is to be told of. `token` is the number of the attempt, and fences
the writes of whoever made it."""

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column(
        "endpoint_id",
        String(64),
        ForeignKey("webhook_endpoints.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("event_id", String(64), nullable=False),
    Column("event_type", String(64), nullable=False),
    Column("video_id", String(64), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("status_code", Integer),
    Column("problem", String(300)),
    Column("at", Double, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("next_at", Double),
    CheckConstraint(
        "outcome IN ('delivered', 'retried', 'dropped', 'tested')", name="known_outcome"
    ),
    Index("webhook_deliveries_of_endpoint", "endpoint_id", "seq"),
    Index("webhook_deliveries_by_age", "at"),
)
"""The log of attempts that an account can read."""
