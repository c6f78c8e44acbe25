"""Ids that carry their kind in a prefix."""

import base64
import secrets

RESERVED = frozenset({"edits", "extensions", "characters", "remix", "generations", "sync"})
"""Words that stand where a video's id would; no id is ever one of them."""


def video_id() -> str:
    """A fresh video id: `video_` and 32 hex digits."""
    return f"video_{secrets.token_hex(16)}"


def account_id() -> str:
    """A fresh account id."""
    return f"acct_{secrets.token_hex(8)}"


def key_id() -> str:
    """A fresh id of a key; not the key itself."""
    return f"key_{secrets.token_hex(8)}"


def worker_id() -> str:
    """A fresh id of a worker process."""
    return f"worker_{secrets.token_hex(8)}"


def endpoint_id() -> str:
    """A fresh id of a webhook endpoint."""
    return f"we_{secrets.token_hex(12)}"


def event_id() -> str:
    """A fresh id of an event; every attempt to tell of it carries the same."""
    return f"evt_{secrets.token_hex(16)}"


def delivery_id() -> str:
    """A fresh id of one attempt to tell of an event."""
    return f"dlv_{secrets.token_hex(12)}"


def request_id() -> str:
    """A fresh id of one HTTP request."""
    return f"req_{secrets.token_hex(12)}"


def fresh_key() -> str:
    """A fresh API key: 256 bits, recognisable by its prefix."""
    return f"fg-{secrets.token_urlsafe(32)}"


def fresh_webhook_secret() -> str:
    """A fresh secret as Standard Webhooks writes them: 256 bits in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def file_id() -> str:
    """A fresh id of a file that a caller keeps here."""
    return f"file-{secrets.token_hex(12)}"


def character_id() -> str:
    """A fresh id of a character."""
    return f"char_{secrets.token_hex(12)}"


def batch_id() -> str:
    """A fresh id of a batch."""
    return f"batch_{secrets.token_hex(12)}"


def batch_line_id() -> str:
    """A fresh id of what came of one line of a batch."""
    return f"batch_req_{secrets.token_hex(12)}"
