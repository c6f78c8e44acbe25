"""When a process ends: at a signal, heard from its first moment on, or with its supervisor.

A child is tied to its supervisor by a pipe, whose other end closes when the supervisor dies.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Sequence

VARIABLE = "FILMGATE_LIFELINE"


_NUMBERS = (signal.SIGTERM, signal.SIGINT)


def note_signals() -> list[int]:
    """The signals that came, from now on until a loop listens; the second ends the process.

    What is under way when the first comes, a migration for one, is finished: an exception that a
    handler throws into the middle of it may be swallowed there, and the signal lost.
    """
    came: list[int] = []

    def note(number: int, _: object) -> None:
        came.append(number)
        for one in _NUMBERS:
            signal.signal(one, signal.SIG_DFL)

    for one in _NUMBERS:
        signal.signal(one, note)
    return came


def listen_for_signals(stop: asyncio.Event, hurry: asyncio.Event, came: Sequence[int] = ()) -> None:
    """Set `stop` at the first SIGTERM or SIGINT, and `hurry` at the second.

    `came` are those that came before there was a loop.
    """
    loop = asyncio.get_running_loop()
    for number in _NUMBERS:
        loop.add_signal_handler(number, lambda: (hurry if stop.is_set() else stop).set())
    if came:
        stop.set()


def hold(stop: asyncio.Event, hurry: asyncio.Event | None = None) -> None:
    """Heed signals, and end this process when its supervisor is gone.

    A killed supervisor can give no grace: the leases run out or are buried at the next start, so
    the child leaves at once and frees its port.
    """
    listen_for_signals(stop, hurry or asyncio.Event())
    tie()


def tie() -> None:
    """End this process when whoever started it with a lifeline is gone; without one, do nothing."""
    descriptor = os.environ.pop(VARIABLE, None)
    if descriptor is not None:
        watcher = threading.Thread(target=_watch, args=(int(descriptor),), daemon=True)
        watcher.start()


def _watch(descriptor: int) -> None:
    """Wait in a thread: the loop itself may be the thing that hangs."""
    while os.read(descriptor, 1):
        continue
    os.kill(os.getpid(), signal.SIGKILL)
