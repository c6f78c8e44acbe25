"""The entries of the ledger: what moves money, by how much, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from filmgate.domain.states import State
from filmgate.domain.video import Video

_DAY_S = 86400


class EntryKind(StrEnum):
    """What an entry does."""

    HOLD = "hold"
    """Sets the price of a fresh video aside."""
    CAPTURE = "capture"
    """Takes the price of what was produced; the rest of the hold comes back."""
    RELEASE = "release"
    """Gives the whole hold back: the video ended without films."""
    CREDIT = "credit"
    """Adds what was paid in."""
    ADJUST = "adjust"
    """Corrects, up or down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line of the ledger: by how much it moves `balance` and `held`, in micro-dollars.

    What it charges is what leaves both. `user`, `outputs` and `produced_ms` say whom and what a
    capture is for; they outlive a deleted video, because somebody was billed for it. `cost` is what
    the films cost us elsewhere, None where nobody said.
    """

    account_id: str
    kind: EntryKind
    balance: int
    held: int
    cause: str
    created_at: float
    key_id: str | None = None
    video_id: str | None = None
    model: str | None = None
    user: str | None = None
    outputs: int = 0
    produced_ms: int = 0
    cost: int | None = None

    @property
    def charged(self) -> int:
        """What this entry takes from the account for good."""
        return -(self.balance + self.held) if self.kind is EntryKind.CAPTURE else 0

    @property
    def day(self) -> int:
        """Whole days since 1970, UTC."""
        return int(self.created_at // _DAY_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageLine:
    """What an account used of one day, model or user (`key`).

    `charged` and `cost`, what it cost us elsewhere, in micro-dollars.
    """

    key: Any
    videos: int
    outputs: int
    produced_ms: int
    charged: int
    cost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """An account whose kept sums are not those of its entries, which is a bug."""

    account_id: str
    kept: tuple[int, int]
    summed: tuple[int, int]


def hold(video: Video, key_id: str | None) -> LedgerEntry:
    """What a create writes."""
    return LedgerEntry(
        account_id=video.account_id,
        kind=EntryKind.HOLD,
        balance=-video.price,
        held=video.price,
        cause="create",
        created_at=video.created_at,
        key_id=key_id,
        video_id=video.id,
        model=video.request.model,
    )


def settlement(video: Video) -> LedgerEntry:
    """What the end of a video writes: a capture of what it delivers, or a release of it all."""
    done = video.state is State.COMPLETED
    cause = "finish" if done else video.problem.code if video.problem else "fail"
    outputs = len(video.outputs)
    return LedgerEntry(
        account_id=video.account_id,
        kind=EntryKind.CAPTURE if done else EntryKind.RELEASE,
        balance=video.price - video.charge,
        held=-video.price,
        cause=cause,
        created_at=video.completed_at or video.created_at,
        video_id=video.id,
        model=video.request.model,
        user=video.request.user if done else None,
        outputs=outputs,
        produced_ms=outputs * video.request.fresh_ms,
        cost=video.making.cost if done else None,
    )


def payment(
    account_id: str, amount: int, cause: str, now: float, key_id: str | None
) -> LedgerEntry:
    """What an operator writes: a credit, or with less than nothing an adjustment."""
    return LedgerEntry(
        account_id=account_id,
        kind=EntryKind.CREDIT if amount >= 0 else EntryKind.ADJUST,
        balance=amount,
        held=0,
        cause=cause,
        created_at=now,
        key_id=key_id,
    )
