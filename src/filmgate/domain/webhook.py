"""Where an account wants to be told, of what, and how long we try."""

from dataclasses import dataclass
from enum import StrEnum

from filmgate.domain.states import State

WINDOW_S = 72 * 3600.0
"""How long one event is tried, and how long an endpoint may fail before it is switched off."""
OVERLAP_S = 24 * 3600.0
"""How long the old secret signs beside a new one."""
_DELAYS_S = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)
_PATIENCE = 3
_LONGEST_REST_S = 300.0


class EventType(StrEnum):
    """What we tell of."""

    VIDEO_COMPLETED = "video.completed"
    VIDEO_FAILED = "video.failed"


TOLD: dict[State, EventType] = {
    State.COMPLETED: EventType.VIDEO_COMPLETED,
    State.FAILED: EventType.VIDEO_FAILED,
}
"""What the end of a video is called."""


class Outcome(StrEnum):
    """What came of one delivery."""

    DELIVERED = "delivered"
    """The receiver answered 2xx."""
    RETRIED = "retried"
    """It did not; another delivery follows."""
    DROPPED = "dropped"
    """It did not, and the time for it is over."""
    TESTED = "tested"
    """It was a sample that the account asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address that an account wants to be told at. Times are Unix seconds.

    `failures` counts those since the last success, which was before `failing_since`. While it
    rests, nobody tries it.
    """

    id: str
    account_id: str
    name: str
    url: str
    event_types: tuple[str, ...]
    secret: str
    created_at: float
    updated_at: float
    old_secret: str | None = None
    old_secret_until: float | None = None
    failures: int = 0
    failing_since: float | None = None
    rests_until: float | None = None
    disabled_at: float | None = None
    disabled_reason: str | None = None

    def secrets(self, now: float) -> tuple[str, ...]:
        """What signs at that time: the secret, and the one before it while both hold."""
        overlaps = self.old_secret_until is not None and now < self.old_secret_until
        return (self.secret, self.old_secret) if self.old_secret and overlaps else (self.secret,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to a video, and in which trace."""

    id: str
    type: str
    video_id: str
    created_at: float
    traceparent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event that one endpoint is to be told of, leased to whoever tells it.

    `attempt` is also the fencing number: it grows with every lease.
    """

    seq: int
    attempt: int
    event: Event
    endpoint: Endpoint
    failing_since: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt to tell an endpoint, as its log remembers it."""

    id: str
    endpoint_id: str
    event_id: str
    event_type: str
    video_id: str
    attempt: int
    outcome: str
    status_code: int | None
    problem: str | None
    at: float
    duration_ms: int
    next_at: float | None = None


def next_try(attempt: int, failing_since: float, now: float, jitter: float) -> float | None:
    """When to try again after the failure of an attempt; None when the time for it is over.

    `jitter` from 0 to 1 spreads the delay by a fifth each way. The last try is at the very end.
    """
    end = failing_since + WINDOW_S
    if now >= end:
        return None
    delay = _DELAYS_S[min(attempt, len(_DELAYS_S)) - 1]
    return min(end, now + delay * (0.8 + 0.4 * jitter))


def rest_s(failures: int) -> float:
    """How long an endpoint is left alone after so many failures in a row.

    The first few may be the fault of one event. After them one notice at a time probes it, so
    that a dead endpoint costs little and its return is noticed within minutes.
    """
    if failures < _PATIENCE:
        return 0.0
    return min(_LONGEST_REST_S, 5.0 * 2.0 ** (failures - _PATIENCE))


def is_probed(failures: int) -> bool:
    """Whether only one notice at a time goes to an endpoint that failed so often in a row."""
    return failures >= _PATIENCE


@dataclass(frozen=True, slots=True)
class DueEndpoint:
    """An endpoint that is to be told something now; a probed one of one notice at a time."""

    endpoint_id: str
    probed: bool
