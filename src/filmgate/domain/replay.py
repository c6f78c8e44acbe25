"""What an `Idempotency-Key` stands for."""

from dataclasses import dataclass

DAY_S = 86400.0
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A key of an account, the fingerprint of the body it came with, and what it made."""

    account_id: str
    key: str
    fingerprint: str
    video_id: str
    created_at: float
