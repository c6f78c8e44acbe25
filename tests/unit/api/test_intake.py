import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from filmgate.api.intake import LARGE, Hold, Intake
from filmgate.errors import InvalidParameter, RateLimitExceeded, RequestTooLarge, Unavailable

MIB = 1 << 20


def intake() -> Intake:
    return Intake(max_body=4 * MIB, total=8 * MIB, each=5 * MIB)


def says(*pieces: bytes, end: bool = True) -> Any:
    messages = list(told(pieces, end))

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    return receive


def told(pieces: Iterable[bytes], end: bool) -> Iterable[dict[str, Any]]:
    for piece in pieces:
        yield {"type": "http.request", "body": piece, "more_body": True}
    if end:
        yield {"type": "http.request", "body": b"", "more_body": False}


async def test_a_body_is_what_came() -> None:
    desk = intake()
    hold = Hold(desk, "ann")
    assert await desk.receive(says(b"ab", b"c"), 10, hold) == b"abc"
    assert hold.bytes == 3


async def test_a_body_whose_sender_goes_is_refused() -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    desk = intake()
    with pytest.raises(InvalidParameter, match="ended before"):
        await desk.receive(receive, 10, Hold(desk, "ann"))


async def test_a_body_over_the_limit_is_read_no_further() -> None:
    desk = intake()
    with pytest.raises(RequestTooLarge):
        await desk.receive(says(b"x" * 11, end=False), 10, Hold(desk, "ann"))


async def test_bytes_in_flight_are_capped_for_each_and_for_all() -> None:
    desk = intake()
    ann, bob, cy = Hold(desk, "ann"), Hold(desk, "bob"), Hold(desk, "cy")
    ann.grow(4 * MIB)
    with pytest.raises(RateLimitExceeded):
        Hold(desk, "ann").grow(2 * MIB)
    bob.grow(4 * MIB)
    with pytest.raises(Unavailable):
        cy.grow(1)
    ann.release()
    cy.grow(4 * MIB)


async def test_what_is_large_is_read_beside_the_loop() -> None:
    loop_thread, desk = asyncio.current_task(), intake()

    def where() -> Any:
        try:
            return asyncio.current_task()
        except RuntimeError:
            return "aside"

    assert await desk.aside(LARGE, "ann", where) is loop_thread
    assert await desk.aside(LARGE + 1, "ann", where) == "aside"
