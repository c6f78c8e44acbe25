"""Takes bodies in: how many bytes may be in flight, of all and of each account."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from starlette.types import Receive

from filmgate.api import body
from filmgate.errors import InvalidParameter, RateLimitExceeded, Unavailable
from filmgate.services.turns import Turns

LARGE = 128 << 10
"""A body of more bytes is read aside: what takes long must not hold up everybody."""
T = TypeVar("T")


class Intake:
    """Bodies of at most `max_body` bytes; `total` bytes at once, and `each` of one account."""

    def __init__(self, *, max_body: int, total: int, each: int) -> None:
        self.max_body = max_body
        self._total = total
        self._each = each
        self._all = 0
        self._held: Counter[str] = Counter()
        self._turns = Turns(total=2, each=1)

    def take(self, account_id: str, count: int) -> None:
        """Count bytes to an account.

        Raises:
            RateLimitExceeded: it has too many in flight.
            Unavailable: all together have.
        """
        if self._held[account_id] + count > self._each:
            raise RateLimitExceeded("Too many bytes of your requests are in flight", retry_after=1)
        if self._all + count > self._total:
            raise Unavailable("Too many bytes of requests are in flight; try again")
        self._held[account_id] += count
        self._all += count

    def give_back(self, account_id: str, count: int) -> None:
        """Count no longer what `take` has counted."""
        self._all -= count
        self._held[account_id] -= count
        if not self._held[account_id]:
            del self._held[account_id]

    async def aside(self, size: int, account_id: str, work: Callable[[], T]) -> T:
        """Do what a body of `size` bytes asks for: at once, or in a thread and in turn."""
        if size <= LARGE:
            return work()
        async with self._turns.take_turn(account_id):
            return await asyncio.to_thread(work)

    async def receive(self, receive: Receive, max_bytes: int, hold: "Hold") -> bytes:
        """The bytes of a body as they come.

        Raises:
            RequestTooLarge: there are more; the rest is not read.
            InvalidParameter: it ends early.
        """
        data, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise InvalidParameter("body", "ended before it was whole")
            piece, more = message.get("body", b""), message.get("more_body", False)
            data += piece
            if len(data) > max_bytes:
                raise body.too_large(max_bytes)
            hold.grow(len(piece))
        return bytes(data)


class Hold:
    """The bytes that one request has in flight."""

    def __init__(self, intake: Intake, account_id: str) -> None:
        self._intake = intake
        self._account_id = account_id
        self.bytes = 0

    def grow(self, count: int) -> None:
        """Hold more bytes."""
        self._intake.take(self._account_id, count)
        self.bytes += count

    def release(self) -> None:
        """Let go of all."""
        self._intake.give_back(self._account_id, self.bytes)
        self.bytes = 0
