"""The schema. Migrations build it; a test holds that both say the same.

`text("state = 'queued'")` and its like stand where a bound value could: an index of some rows
serves a question only if the question says the same words.
"""

from filmgate.store.tables.accounts import accounts, keys, secrets
from filmgate.store.tables.base import metadata
from filmgate.store.tables.files import batch_lines, batches, characters, files
from filmgate.store.tables.fleet import drains, scaling
from filmgate.store.tables.ledger import LEDGER_GUARDS, ledger
from filmgate.store.tables.records import audit, changes, drained_upstreams, replays
from filmgate.store.tables.videos import lanes, speeds, videos, workers
from filmgate.store.tables.webhooks import (
    webhook_deliveries,
    webhook_endpoints,
    webhook_events,
    webhook_notices,
)

HEAD = "0019"
"""The newest migration: what a database must be at before it is served."""

__all__ = [
    "HEAD",
    "LEDGER_GUARDS",
    "accounts",
    "audit",
    "batch_lines",
    "batches",
    "changes",
    "characters",
    "drained_upstreams",
    "drains",
    "files",
    "keys",
    "lanes",
    "ledger",
    "metadata",
    "replays",
    "scaling",
    "secrets",
    "speeds",
    "videos",
    "webhook_deliveries",
    "webhook_endpoints",
    "webhook_events",
    "webhook_notices",
    "workers",
]
