"""A signal is heard from a process's first moment on."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from filmgate.processes import lifeline


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    """What a test sets is set back after it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_that_comes_before_the_loop_stops_it(number: int) -> None:
    came = lifeline.note_signals()
    os.kill(os.getpid(), number)
    assert came == [number]

    async def life() -> tuple[bool, bool]:
        stop, hurry = asyncio.Event(), asyncio.Event()
        lifeline.listen_for_signals(stop, hurry, came)
        heard = stop.is_set()
        os.kill(os.getpid(), number)
        await asyncio.wait_for(hurry.wait(), 20)
        return heard, hurry.is_set()

    assert asyncio.run(life()) == (True, True)


def test_the_second_ends_a_process_that_has_no_loop_yet() -> None:
    script = """
import os, signal
from filmgate.processes import lifeline
lifeline.note_signals()
os.kill(os.getpid(), signal.SIGTERM)
print("goes on", flush=True)
os.kill(os.getpid(), signal.SIGTERM)
print("never said", flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (-signal.SIGTERM, "goes on\n")
