"""Whether an account may ask for one more video."""

import math
from dataclasses import replace

from filmgate.domain import money
from filmgate.domain.account import Account, AccountLimits
from filmgate.errors import AccountDisabled, InsufficientBalance, QueueFull, RateLimitExceeded

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
    )


def admit(account: Account, defaults: AccountLimits, price: int, now: float) -> None:
    """Let a create in. `account` counts it already, and its balance is without `price`.

    Raises:
        AccountDisabled, InsufficientBalance, QueueFull, RateLimitExceeded: it is one too many.
    """
    if account.disabled_at is not None:
        raise AccountDisabled("The account is disabled; ask the operator of this server")
    _check_floor(account, price)
    limits = account.limits.over(defaults)
    if limits.max_queued and account.queued > limits.max_queued:
        raise QueueFull(
            f"The queue of this account is full: max_queued is {limits.max_queued} videos waiting "
            "at once; try again when one has started",
            retry_after=_QUEUE_S,
        )
    check_rate(account, defaults, now)


def check_rate(account: Account, defaults: AccountLimits, now: float) -> None:
    """Raise RateLimitExceeded where the account has made more creates in a minute than it may."""
    most = account.limits.over(defaults).max_per_minute
    if most and account.minute_creates > most:
        raise RateLimitExceeded(
            f"Too many requests: max_per_minute is {most} creates a minute",
            retry_after=max(1, min(60, math.ceil(account.minute_at + MINUTE_S - now))),
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
