"""Work that an interruption ends in order."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import typer

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`; SIGINT, SIGTERM and SIGHUP cancel it, and it may clear up.

    Raises:
        KeyboardInterrupt: it was interrupted from the keyboard.
        typer.Exit: it was told to end; carries the shell's code for that signal.
    """
    told: list[int] = []
    try:
        return asyncio.run(_heeding(work, told))
    except asyncio.CancelledError as error:
        raise typer.Exit(128 + (told[0] if told else signal.SIGTERM)) from error


async def _heeding(work: Coroutine[Any, Any, T], told: list[int]) -> T:
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def end(number: int) -> None:
        told.append(number)
        if task is not None:
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)
    return await work
