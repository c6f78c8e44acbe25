"""What is remembered of requests and of the operator's words."""

from sqlalchemy import JSON, Column, Double, ForeignKey, Index, String, Table

from filmgate.store.tables.base import SEQUENCE, metadata

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
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
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

changes = Table(
    "changes",
    metadata,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("account_id", String(64), nullable=False),
    Column("video_id", String(64), nullable=False),
    Column("at", Double, nullable=False),
    Index("changes_of_account", "account_id", "seq"),
)
"""That a video moved, came or went: written by the transaction that did it, with its account held,
so that of one account a later `seq` is never committed before an earlier one. Kept for a day."""

drained_upstreams = Table(
    "drained_upstreams",
    metadata,
    Column("engine", String(64), primary_key=True),
    Column("upstream", String(64), primary_key=True),
    Column("since", Double, nullable=False),
)
"""The upstreams of relays that get no new orders, at the operator's word."""
