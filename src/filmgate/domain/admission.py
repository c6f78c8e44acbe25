"""Whether an account may ask for one more video."""

import math
from dataclasses import dataclass, replace

from filmgate.domain import money
from filmgate.domain.account import Account, AccountLimits, half_of, month_of
from filmgate.errors import (
    AccountDisabled,
    BudgetSpent,
    InsufficientBalance,
    ModelNotAllowed,
    QueueFull,
    RateLimitExceeded,
)

MINUTE_S = 60.0
_QUEUE_S = 10


def foresee(account: Account, price: int, now: float, attempts: int) -> Account:
    """The account as `admit` would look at it, had it made this create and these attempts."""
    open_minute = abs(now - account.minute_at) < MINUTE_S
    creates = account.minute_creates if open_minute else 0
    return replace(
        account.with_held(price),
        queued=account.queued + 1,
        minute_at=account.minute_at if open_minute else now,
        minute_creates=creates + attempts + 1,
        month=month_of(now),
        month_spent=price + (account.month_spent if account.month == month_of(now) else 0),
    )


def admit(
    account: Account, defaults: AccountLimits, price: int, now: float, *, in_batch: bool = False
) -> None:
    """Let a create in. `account` counts it already, and its balance is without `price`.

    A line of a batch may fill half of what is counted by time or place: it can wait.

    Raises:
        AccountDisabled, InsufficientBalance, BudgetSpent, QueueFull, RateLimitExceeded: it is one
            too many.
    """
    if account.disabled_at is not None:
        raise AccountDisabled("The account is disabled; ask the operator of this server")
    _check_floor(account, price)
    _check_budget(account, price)
    limits = account.limits.over(defaults)
    limits = limits.for_batches() if in_batch else limits
    if limits.max_queued and account.queued > limits.max_queued:
        raise QueueFull(
            f"The queue of this account is full: max_queued is {limits.max_queued} videos waiting "
            "at once; try again when one has started",
            retry_after=_QUEUE_S,
        )
    check_rate(account, limits, now)


def check_rate(account: Account, limits: AccountLimits, now: float) -> None:
    """Raise RateLimitExceeded where the account has made more creates in a minute than it may."""
    most = limits.max_per_minute
    if most and account.minute_creates > most:
        raise RateLimitExceeded(
            f"Too many requests: max_per_minute is {most} creates a minute",
            retry_after=seconds_left(account.minute_at, now),
        )


def _check_floor(account: Account, price: int) -> None:
    floor = account.floor
    if floor is None or account.balance >= floor or price == 0:
        return
    available, missing = account.balance + price - floor, floor - account.balance
    raise InsufficientBalance(
        f"Insufficient balance: this video costs {money.usd(price)} USD, "
        f"{money.usd(available)} USD is available, {money.usd(missing)} USD is missing"
    )


def _check_budget(account: Account, price: int) -> None:
    budget = account.monthly_budget
    if budget is None or account.month_spent <= budget or price == 0:
        return
    left = max(0, budget - account.month_spent + price)
    raise BudgetSpent(
        f"The monthly budget is spent: this video costs {money.usd(price)} USD, and of "
        f"{money.usd(budget)} USD {money.usd(left)} are left until the month ends (UTC)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """What a key with limits of its own may, this create counted already."""

    models: tuple[str, ...]
    max_per_minute: int | None
    minute_at: float
    minute_creates: int


def admit_key(use: KeyUse, model: str, now: float, *, in_batch: bool = False) -> None:
    """Let a create in that a key asks for; of its minute, too, a batch may fill half.

    Raises:
        ModelNotAllowed: the key is not for that model.
        RateLimitExceeded: it is one too many in this minute.
    """
    if use.models and model not in use.models:
        raise ModelNotAllowed(f"This key is for {', '.join(use.models)} alone, not for {model}")
    most = half_of(use.max_per_minute) if in_batch else use.max_per_minute
    if most and use.minute_creates > most:
        raise RateLimitExceeded(
            f"Too many requests: this key may make {use.max_per_minute} creates a minute",
            retry_after=seconds_left(use.minute_at, now),
        )


def seconds_left(minute_at: float, now: float) -> int:
    """When the minute that began then is over: from 1 to 60."""
    return max(1, min(60, math.ceil(minute_at + MINUTE_S - now)))
