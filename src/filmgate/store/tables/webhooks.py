"""Webhook endpoints, the outbox, and the log of deliveries."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from filmgate.store.tables.base import SEQUENCE, metadata

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
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
    Column("traceparent", String(55)),
    Index("webhook_events_by_age", "created_at"),
)
"""What happened, written by the transaction that made it happen."""

webhook_notices = Table(
    "webhook_notices",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
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
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
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
