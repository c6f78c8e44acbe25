"""How many creates an account has left in its minute."""

from dataclasses import dataclass

from filmgate.clock import Clock
from filmgate.domain.account import AccountLimits
from filmgate.domain.admission import MINUTE_S, seconds_left
from filmgate.store import accounts
from filmgate.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """So many creates a minute, so many of them left, until so many seconds are over."""

    limit: int
    remaining: int
    reset_s: int


class Allowances:
    """Looks at what the transactions of creates have counted."""

    def __init__(self, *, database: Database, clock: Clock, limits: AccountLimits) -> None:
        self._db = database
        self._clock = clock
        self._limits = limits

    async def of(self, account_id: str) -> Allowance | None:
        """What an account has left; None where it has no limit.

        Raises:
            Unavailable: the database is away.
        """
        account = await self._db.read(accounts.get, account_id)
        limit = account and account.limits.over(self._limits).max_per_minute
        if account is None or not limit:
            return None
        now = self._clock.now()
        is_open = abs(now - account.minute_at) < MINUTE_S
        made = account.minute_creates if is_open else 0
        left_s = seconds_left(account.minute_at, now) if is_open else int(MINUTE_S)
        return Allowance(limit=limit, remaining=max(0, limit - made), reset_s=left_s)
