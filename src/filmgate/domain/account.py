"""Who pays, and what proves it."""

import hashlib
from dataclasses import dataclass

FIRST_ACCOUNT = "acct_first"
"""The account that the first key belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who owns videos. `disabled` accounts may ask for nothing."""

    id: str
    name: str
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent a request: an account, and the key that proved it."""

    account_id: str
    key_id: str


def hashed(key: str) -> str:
    """What is stored of a key: its SHA-256. Keys that we make carry 256 random bits."""
    return hashlib.sha256(key.encode()).hexdigest()


def prefix(key: str) -> str:
    """What is kept of a key so that its owner can tell it from others."""
    return key[:7] if len(key) >= 20 else key[:2]
