"""How to wait before trying again, and how to wait for a stop: one way for every floor."""

import asyncio
from collections.abc import Iterator


def pauses(first_s: float, longest_s: float, *, factor: float = 2.0) -> Iterator[float]:
    """Seconds to wait before each further try: growing from the first, never over the longest."""
    pause_s = first_s
    while True:
        yield min(pause_s, longest_s)
        pause_s = min(longest_s, pause_s * factor)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but wake at once when `stop` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
