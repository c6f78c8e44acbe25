"""Who pays, what proves it, and the server's own secrets."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from filmgate.store.tables.base import metadata

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
    Column("monthly_budget", BigInteger),
    Column("month", Integer, nullable=False, server_default="0"),
    Column("month_spent", BigInteger, nullable=False, server_default="0"),
    Column("price_percent", Integer),
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
    Column("models", String(2000), nullable=False, server_default=""),
    Column("max_per_minute", Integer),
    Column("minute_at", Double, nullable=False, server_default="0"),
    Column("minute_creates", Integer, nullable=False, server_default="0"),
    Column("last_used_at", Double),
    Index("keys_of_account", "account_id"),
)
"""`scopes` and `models` are words with spaces between them."""

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
