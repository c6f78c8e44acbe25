"""Videos, the lines that they wait in, what makes them, and how fast."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from filmgate.store.tables.base import SEQUENCE, metadata

videos = Table(
    "videos",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
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
    Column("strikes", Integer, nullable=False, server_default="0"),
    Column("memory_strikes", Integer, nullable=False, server_default="0"),
    Column("put_off_until", Double),
    Column("timeout_s", Double, nullable=False),
    Column("token", Integer, nullable=False),
    Column("beat", Integer, nullable=False),
    Column("worker_id", String(64)),
    Column("resume", Text),
    Column("rung_at", Double),
    Column("remixed_from", String(64)),
    Column("making", JSON(none_as_null=True)),
    Column("sound", String(8), nullable=False, server_default="native"),
    Column("source", JSON(none_as_null=True)),
    Column("characters", JSON(none_as_null=True)),
    Column("traceparent", String(55)),
    CheckConstraint("state IN ('queued', 'running', 'completed', 'failed')", name="known_state"),
    CheckConstraint("(state = 'running') = (worker_id IS NOT NULL)", name="running_is_leased"),
    CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed_has_reason"),
    CheckConstraint(
        "(state IN ('completed', 'failed')) = (completed_at IS NOT NULL)", name="ended_has_time"
    ),
    CheckConstraint("(state = 'completed') = (progress = 100)", name="hundred_is_completed"),
    CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_percent"),
    CheckConstraint("strikes BETWEEN 0 AND max_attempts", name="strikes_are_capped"),
    Index(
        "videos_of_account",
        "account_id",
        "seq",
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
    Index(
        "videos_of_model",
        "account_id",
        "model",
        "seq",
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
    Index(
        "videos_of_state",
        "account_id",
        "state",
        "seq",
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
    Index(
        "videos_of_user",
        "account_id",
        "user",
        "seq",
        sqlite_where=text('deleted_at IS NULL AND "user" IS NOT NULL'),
        postgresql_where=text('deleted_at IS NULL AND "user" IS NOT NULL'),
    ),
    Index("videos_by_time", "created_at"),
    Index(
        "videos_in_line",
        "engine",
        "account_id",
        text("priority DESC"),
        "seq",
        sqlite_where=text("state = 'queued' AND strikes < 2"),
        postgresql_where=text("state = 'queued' AND strikes < 2"),
    ),
    Index(
        "videos_suspected",
        "engine",
        "put_off_until",
        sqlite_where=text("state = 'queued' AND strikes >= 2"),
        postgresql_where=text("state = 'queued' AND strikes >= 2"),
    ),
    Index(
        "videos_by_kind",
        "engine",
        "model",
        "created_at",
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
        "videos_ordered",
        "engine",
        sqlite_where=text("state = 'failed' AND resume IS NOT NULL"),
        postgresql_where=text("state = 'failed' AND resume IS NOT NULL"),
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
"""One row a video. `expires_at` is when its files die; `swept_at` when they were removed;
`rung_at` when whoever makes it elsewhere last said that there is something to see.

From two strikes on a video stands in no line, but among the suspects of its engine."""

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
    Column("trouble", String(500)),
    Column("models", JSON(none_as_null=True)),
    Column("gpus", String(255)),
    Column("place", String(128)),
)
"""`models` is what an engine that hosts several tells of each: `[readiness, why]` by its id."""
