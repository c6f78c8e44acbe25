"""Keeps one command alive from within somebody else's process, with our growing pause.

The command is tied to that process: killed, it leaves nobody behind who holds a GPU.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

from filmgate.pauses import pauses
from filmgate.processes import lifeline

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_HEALTHY_S = 30.0


class Keeper:
    """A thread that starts a command again whenever it ends, until `stop`."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        self._argv = list(argv)
        self._reading, self._writing = os.pipe()
        self._environment = {**environment, lifeline.VARIABLE: str(self._reading)}
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self.starts = 0
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The process that runs now; None during a pause."""
        child = self._child
        return child.pid if child and child.poll() is None else None

    def stop(self, patience_s: float) -> int | None:
        """End it with SIGTERM, with SIGKILL after `patience_s`; return its exit code."""
        with self._lock:  # nothing is started from here on
            self._over.set()
            child = self._child
        if child is None:
            return None
        child.send_signal(signal.SIGTERM)
        try:
            return child.wait(patience_s)
        except subprocess.TimeoutExpired:
            log.error("process %d does not end; it is killed", child.pid)
            child.kill()
            return child.wait()

    def _keep(self) -> None:
        waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while (child := self._start()) is not None:
            born = time.monotonic()
            code = child.wait()
            if time.monotonic() - born > _HEALTHY_S:
                waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
            pause_s = next(waits)
            if not self._over.is_set():
                log.error("the worker ended with %s; it starts again in %.1f s", code, pause_s)
            self._over.wait(pause_s)

    def _start(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._over.is_set():
                return None
            self._child = subprocess.Popen(  # noqa: S603
                self._argv, env=self._environment, pass_fds=(self._reading,)
            )
            self.starts += 1
            return self._child
