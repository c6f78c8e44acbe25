"""Who pays, within which limits, and what proves it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

FIRST_ACCOUNT = "acct_first"
"""The account that the first key belongs to."""


class Scope(StrEnum):
    """What a key may do."""

    VIDEOS_READ = "videos:read"
    """See videos, films and models."""
    VIDEOS_WRITE = "videos:write"
    """Ask for videos, cancel and delete them."""
    USAGE_READ = "usage:read"
    """See the balance and what was used."""
    KEYS = "keys"
    """See, make, rotate and revoke the keys of its own account, within its own scopes."""
    ADMIN = "admin"
    """Keep accounts, keys and money of everybody."""
    METRICS = "metrics"
    """See what is counted of everybody. An admin may, too."""


ALL_SCOPES = frozenset(Scope)
OPERATORS = frozenset({Scope.ADMIN, Scope.METRICS})
"""What lets see more than one's own account."""
DEFAULT_SCOPES = ALL_SCOPES - OPERATORS
"""Of a key that the operator makes for an account."""
OWN_SCOPES = DEFAULT_SCOPES - {Scope.KEYS}
"""Of a key that an account makes for itself: one that leaks makes no others."""
FIRST_SOURCES = frozenset({"generated", "configured"})
"""Where the keys of the server's own start come from: a file of it, and its settings."""


class BillingMode(StrEnum):
    """When an account pays."""

    PREPAID = "prepaid"
    """First: its balance never goes below zero."""
    POSTPAID = "postpaid"
    """Later: its balance may go down to its ceiling of debt, if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLimits:
    """How much of an account at once. 0 is no limit; None is the server's default."""

    max_running: int | None = None
    max_queued: int | None = None
    max_per_minute: int | None = None

    def over(self, defaults: "AccountLimits") -> "AccountLimits":
        """These limits with `defaults` where they say nothing."""
        return AccountLimits(
            max_running=_first(self.max_running, defaults.max_running),
            max_queued=_first(self.max_queued, defaults.max_queued),
            max_per_minute=_first(self.max_per_minute, defaults.max_per_minute),
        )

    def for_batches(self) -> "AccountLimits":
        """What lines of batches may fill of these limits: half, for somebody waits for the rest."""
        return replace(
            self,
            max_queued=half_of(self.max_queued),
            max_per_minute=half_of(self.max_per_minute),
        )


def half_of(most: int | None) -> int | None:
    """Half of a limit, at least one; of none, none."""
    return max(1, most // 2) if most else most


def _first(own: int | None, default: int | None) -> int | None:
    return default if own is None else own


DEFAULT_LIMITS = AccountLimits()
NO_LIMITS = AccountLimits(max_running=0, max_queued=0, max_per_minute=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who owns videos. Money in micro-dollars.

    `balance` is what it may still spend: what is held for videos that have not ended is not in
    it. `ceiling` is the debt that a postpaid account may run up, None being any. `retention_s` is
    how long its films are kept where that is not the default. `minute_creates` were let in since
    `minute_at`. `month_spent` of `month` (see `month_of`) is what was charged or is held for
    creates of that month, and may not go over `monthly_budget`. Prices are `price_percent` of the
    cards', None being 100. A disabled account may ask for nothing, and what it has in line waits.
    """

    id: str
    name: str
    created_at: float
    disabled_at: float | None = None
    billing: BillingMode = BillingMode.POSTPAID
    ceiling: int | None = None
    limits: AccountLimits = DEFAULT_LIMITS
    retention_s: float | None = None
    balance: int = 0
    held: int = 0
    queued: int = 0
    running: int = 0
    minute_at: float = 0
    minute_creates: int = 0
    monthly_budget: int | None = None
    month: int = 0
    month_spent: int = 0
    price_percent: int | None = None

    @property
    def floor(self) -> int | None:
        """What the balance may not go below; None is nothing."""
        if self.billing is BillingMode.PREPAID:
            return 0
        return None if self.ceiling is None else -self.ceiling

    def with_held(self, price: int) -> "Account":
        """The account as a create of that price would leave it, whether it can pay or not."""
        return replace(self, balance=self.balance - price, held=self.held + price)

    def affords(self, price: int) -> bool:
        """Whether the balance covers a price."""
        return self.floor is None or price == 0 or self.balance - price >= self.floor


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is stored: never the key itself. `source` says where it came from.

    With `models` it asks for those alone; `max_per_minute` counts its own creates beside those of
    its account.
    """

    id: str
    account_id: str
    hash: str
    prefix: str
    source: str
    created_at: float
    name: str = ""
    scopes: frozenset[Scope] = DEFAULT_SCOPES
    expires_at: float | None = None
    revoked_at: float | None = None
    models: tuple[str, ...] = ()
    max_per_minute: int | None = None
    last_used_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who sent a request: an account, the key that proved it, and what that key may do."""

    account_id: str
    key_id: str
    scopes: frozenset[Scope] = DEFAULT_SCOPES
    retention_s: float | None = None
    price_percent: int = 100

    def may(self, scope: Scope) -> bool:
        """Whether the key is good for it."""
        implied = scope is Scope.METRICS and Scope.ADMIN in self.scopes
        return implied or scope in self.scopes


def month_of(moment: float) -> int:
    """Whole months since the year 0, UTC: what a monthly budget is counted by."""
    at = datetime.fromtimestamp(moment, UTC)
    return at.year * 12 + at.month - 1


def hash_key(key: str) -> str:
    """What is stored of a key: its SHA-256. Keys that we make carry 256 random bits.

    A key is looked up by this hash, so no key is ever compared with another: how long the look-up
    takes says something of hashes, and who sends keys cannot choose what they hash to.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def prefix(key: str) -> str:
    """What is kept of a key so that its owner can tell it from others."""
    return key[:7] if len(key) >= 20 else key[:2]


def scopes_from(words: Iterable[str]) -> frozenset[Scope]:
    """Scopes from their words.

    Raises:
        ValueError: a word is no scope.
    """
    return frozenset(Scope(word) for word in words)


def scopes_text(scopes: Iterable[Scope]) -> str:
    """Scopes as they are stored and shown: in their order, spaces between them."""
    given = set(scopes)
    return " ".join(scope for scope in Scope if scope in given)
