"""Children in care: who beats, who does not yet, who no longer, and who stands still."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from filmgate.processes.pulse import EVERY_S, Pulse
from filmgate.processes.watchdog import Watchdog
from filmgate.testing.clock import ManualClock

PATIENCE_S = 15.0


class Child:
    """A process that sleeps, and its pulse, beaten by the test."""

    def __init__(self, watchdog: Watchdog) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        reading, writing = os.pipe()
        self.pulse = Pulse(writing)
        watchdog.watch(self.process.pid, "a child", reading, PATIENCE_S)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def watchdog(clock: ManualClock) -> Watchdog:
    return Watchdog(clock)


@pytest.fixture
def child(watchdog: Watchdog) -> Iterator[Child]:
    child = Child(watchdog)
    yield child
    child.process.kill()
    child.process.wait()
    watchdog.leave(child.process.pid)


async def turns(watchdog: Watchdog, clock: ManualClock, seconds: float) -> list[int]:
    killed: list[int] = []
    for _ in range(round(seconds / EVERY_S)):
        clock.advance(EVERY_S)
        killed += await watchdog.run_once()
    return killed


async def test_a_child_that_stands_still_is_killed_once(
    watchdog: Watchdog, clock: ManualClock, child: Child
) -> None:
    await child.pulse.run_once()
    assert await turns(watchdog, clock, 1 + PATIENCE_S - EVERY_S) == []
    assert await turns(watchdog, clock, 3 * PATIENCE_S) == [child.process.pid]
    assert child.process.wait(10) == -signal.SIGKILL


async def test_a_child_that_beats_lives(
    watchdog: Watchdog, clock: ManualClock, child: Child
) -> None:
    for _ in range(4):
        await child.pulse.run_once()
        assert await turns(watchdog, clock, PATIENCE_S - EVERY_S) == []


async def test_a_child_that_has_not_begun_or_has_ended_its_beats_is_left_alone(
    watchdog: Watchdog, clock: ManualClock, child: Child
) -> None:
    assert await turns(watchdog, clock, 4 * PATIENCE_S) == []
    await child.pulse.run_once()
    await child.pulse.end()
    await child.pulse.run_once()
    assert await turns(watchdog, clock, 4 * PATIENCE_S) == []


async def test_a_supervisor_that_slept_itself_blames_nobody(
    watchdog: Watchdog, clock: ManualClock, child: Child
) -> None:
    await child.pulse.run_once()
    await turns(watchdog, clock, 1)
    clock.advance(3600)
    assert await watchdog.run_once() == []


async def test_a_pulse_that_nobody_feels_stops_nobody(child: Child) -> None:
    for _ in range(100_000):
        await child.pulse.run_once()
