"""Who did what, when, and from which key."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What is written down when somebody does it."""

    VIDEO_CREATED = "video.created"
    VIDEO_CANCELLED = "video.cancelled"
    VIDEO_DELETED = "video.deleted"
    FILE_CREATED = "file.created"
    FILE_DELETED = "file.deleted"
    CHARACTER_CREATED = "character.created"
    CHARACTER_DELETED = "character.deleted"
    BATCH_CREATED = "batch.created"
    BATCH_CANCELLED = "batch.cancelled"
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_DISABLED = "account.disabled"
    ACCOUNT_ENABLED = "account.enabled"
    ACCOUNT_CREDITED = "account.credited"
    KEY_CREATED = "key.created"
    KEY_ROTATED = "key.rotated"
    KEY_REVOKED = "key.revoked"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_UPDATED = "webhook.updated"
    WEBHOOK_ROTATED = "webhook.rotated"
    WEBHOOK_DELETED = "webhook.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act. `key_id` is None when the operator did it on the server's own machine.

    `subject` is the id of what it was done to. `detail` holds small facts, and never a key, a
    secret or a prompt.
    """

    at: float
    account_id: str
    key_id: str | None
    act: str
    subject: str
    detail: Mapping[str, str | int | bool | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What a reading of the audit is narrowed to. `since` is Unix seconds."""

    limit: int = 100
    account_id: str | None = None
    subject: str | None = None
    act: str | None = None
    since: float | None = None
