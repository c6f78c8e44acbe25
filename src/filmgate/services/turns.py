"""Turns at what is costly: few at once, fewer of one account, fair among those who wait."""

from asyncio import CancelledError, Future, get_running_loop
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """At most `total` at once and `each` of one account; who waits is let in account by account."""

    def __init__(self, total: int, each: int) -> None:
        self._free = total
        self._each = each
        self._inside: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def take_turn(self, account_id: str) -> AsyncIterator[None]:
        """A turn of this account, until the block ends."""
        await self._enter(account_id)
        try:
            yield
        finally:
            self._leave(account_id)

    async def _enter(self, account_id: str) -> None:
        if account_id not in self._waiting and self._may_enter(account_id):
            self._take(account_id)
            return
        turn: Future[None] = get_running_loop().create_future()
        self._waiting.setdefault(account_id, deque()).append(turn)
        try:
            await turn
        except CancelledError:
            self._give_up(account_id, turn)
            raise

    def _may_enter(self, account_id: str) -> bool:
        return self._free > 0 and self._inside[account_id] < self._each

    def _take(self, account_id: str) -> None:
        self._free -= 1
        self._inside[account_id] += 1

    def _give_up(self, account_id: str, turn: Future[None]) -> None:
        """A turn may have been given in the moment in which its taker was cancelled."""
        if not turn.cancelled():
            self._leave(account_id)

    def _leave(self, account_id: str) -> None:
        self._free += 1
        self._inside[account_id] -= 1
        if not self._inside[account_id]:
            del self._inside[account_id]
        self._let_in()

    def _let_in(self) -> None:
        """Give free turns to those who wait; an account that got one goes to the end."""
        for account_id, line in list(self._waiting.items()):
            while line and line[0].cancelled():
                line.popleft()
            if line and self._may_enter(account_id):
                self._take(account_id)
                line.popleft().set_result(None)
                self._waiting.move_to_end(account_id)
            if not line:
                del self._waiting[account_id]
