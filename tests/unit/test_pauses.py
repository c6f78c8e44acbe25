"""Waiting: growing pauses, and a sleep that a stop ends."""

import asyncio
from itertools import islice

from filmgate.pauses import pause, pauses


def test_pauses_double_up_to_the_longest_and_go_on() -> None:
    assert list(islice(pauses(0.1, 1.0), 6)) == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]


def test_a_first_pause_is_never_over_the_longest() -> None:
    assert list(islice(pauses(5, 2), 2)) == [2, 2]


async def test_a_stop_ends_a_pause_at_once() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)
    async with asyncio.timeout(10):
        await pause(stop, 3600)
