"""A child's sign of life: a byte down a pipe, written by its event loop."""

import contextlib
import os

from filmgate.workers.looper import Looper

VARIABLE = "FILMGATE_PULSE"
EVERY_S = 1.0


class Pulse:
    """Shows the supervisor that this loop turns. A role: `run_once` is one beat."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        if descriptor is not None:
            os.set_blocking(descriptor, False)

    async def run_once(self) -> None:
        """Beat once; a full pipe says it already, and a supervisor that is gone needs no sign."""
        if self._descriptor is not None:
            with contextlib.suppress(BlockingIOError, BrokenPipeError):
                os.write(self._descriptor, b".")

    async def end(self) -> None:
        """Beat no more: from here on silence means nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def looper() -> Looper:
    """What beats until a stop, for the supervisor that started this process, if one did."""
    descriptor = os.environ.pop(VARIABLE, None)
    pulse = Pulse(None if descriptor is None else int(descriptor))
    return Looper(pulse, every_s=EVERY_S, at_end=pulse.end)
