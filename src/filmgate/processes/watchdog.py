"""Kills children whose event loop stands still: they hold everything and help nobody."""

import contextlib
import logging
import os
import signal
from dataclasses import dataclass

from filmgate.clock import Clock
from filmgate.processes.pulse import EVERY_S

log = logging.getLogger(__name__)

_ENOUGH = 65_536


@dataclass(slots=True, kw_only=True)
class _Patient:
    """A child in care. It is silent from its first beat on, not before: opening may take long."""

    name: str
    descriptor: int
    patience_s: float
    beats: bool = False
    silent_s: float = 0.0


class Watchdog:
    """Feels the pulse of the supervisor's own children. It asks no database and no network."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked = clock.monotonic()
        self._patients: dict[int, _Patient] = {}

    def watch(self, pid: int, name: str, descriptor: int, patience_s: float) -> None:
        """Take a child into care; `descriptor` is the reading end of its pulse."""
        os.set_blocking(descriptor, False)
        self._patients[pid] = _Patient(name=name, descriptor=descriptor, patience_s=patience_s)

    def leave(self, pid: int) -> None:
        """Let go of a child that has ended."""
        if patient := self._patients.pop(pid, None):
            os.close(patient.descriptor)

    async def run_once(self) -> list[int]:
        """Kill every child that was silent for too long; return their process ids.

        Silence counts by turns of this watchdog, so that a supervisor that slept itself, with its
        machine or under a debugger, blames nobody.
        """
        now = self._clock.monotonic()
        passed_s, self._looked = min(now - self._looked, 2 * EVERY_S), now
        hung = [pid for pid, patient in self._patients.items() if _hangs(patient, passed_s)]
        for pid in hung:
            log.error("%s shows no life; it is killed", self._patients[pid].name)
            self._patients[pid].beats = False
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return hung


def _hangs(patient: _Patient, passed_s: float) -> bool:
    try:
        beaten = os.read(patient.descriptor, _ENOUGH)
    except BlockingIOError:
        patient.silent_s += passed_s
        return patient.beats and patient.silent_s >= patient.patience_s
    patient.beats = bool(beaten)  # an empty read: it has said that it beats no more
    patient.silent_s = 0.0
    return False
