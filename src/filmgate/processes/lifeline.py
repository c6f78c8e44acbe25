"""A child's tie to its supervisor: a pipe whose other end closes when the supervisor dies."""

import asyncio
import os
import signal
import threading

VARIABLE = "FILMGATE_LIFELINE"


def listen_for_signals(stop: asyncio.Event, hurry: asyncio.Event) -> None:
    """Set `stop` at the first SIGTERM or SIGINT, and `hurry` at the second."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: (hurry if stop.is_set() else stop).set())


def hold(stop: asyncio.Event, hurry: asyncio.Event | None = None) -> None:
    """Heed signals, and end this process when its supervisor is gone.

    A killed supervisor can give no grace: the leases run out or are buried at the next start, so
    the child leaves at once and frees its port.
    """
    listen_for_signals(stop, hurry or asyncio.Event())
    descriptor = os.environ.pop(VARIABLE, None)
    if descriptor is not None:
        watcher = threading.Thread(target=_watch, args=(int(descriptor),), daemon=True)
        watcher.start()


def _watch(descriptor: int) -> None:
    """Wait in a thread: the loop itself may be the thing that hangs."""
    while os.read(descriptor, 1):
        continue
    os.kill(os.getpid(), signal.SIGKILL)
