"""Waiting that hears the word to stop: a look may take half a minute, a stop must not."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from filmgate.engines.relay.upstream import Step

T = TypeVar("T")

STEP_S = 0.5


async def attend(work: Coroutine[Any, Any, T], step: Step) -> T:
    """What `work` returns; when `step` raises meanwhile, the work is given up."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=STEP_S)
            step()
    except BaseException:
        task.cancel()
        await asyncio.wait({task})
        raise
    return task.result()


async def rest(seconds: float, step: Step, bell: asyncio.Event | None = None) -> None:
    """Sleep, asking `step` now and then; the bell ends it."""
    while seconds > 0:
        if bell is None:
            await asyncio.sleep(min(STEP_S, seconds))
        elif await _hears(bell, min(STEP_S, seconds)):
            return
        seconds -= STEP_S
        step()


async def _hears(bell: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await bell.wait()
    return False
