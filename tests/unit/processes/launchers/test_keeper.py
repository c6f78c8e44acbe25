"""A command is started again when it ends, and ended in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from filmgate.processes.launchers.keeper import Keeper

SLEEPER = (sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)")


def pid_of(keeper: Keeper, *, but: int | None = None) -> int:
    deadline = time.monotonic() + 60
    while (pid := keeper.pid) in (None, but):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert pid is not None
    return pid


def test_what_dies_is_started_again_and_a_stop_is_for_good() -> None:
    keeper = Keeper(SLEEPER, os.environ)
    first = pid_of(keeper)
    os.kill(first, signal.SIGKILL)
    second = pid_of(keeper, but=first)
    assert keeper.starts == 2
    assert keeper.stop(60) == -signal.SIGTERM
    assert keeper.pid is None
    assert keeper.starts == 2
    assert second != first


def test_what_does_not_end_is_killed() -> None:
    deaf = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    keeper = Keeper((sys.executable, "-c", f"{deaf}time.sleep(600)"), os.environ)
    pid_of(keeper)
    _wait_until_deaf(keeper)
    assert keeper.stop(0.1) == -signal.SIGKILL


TIED = """
import time
from filmgate.processes import lifeline

lifeline.tie()
print("tied", flush=True)
time.sleep(600)
"""
KEEPER = """
import os, sys, time
from filmgate.processes.launchers.keeper import Keeper

keeper = Keeper((sys.executable, "-c", sys.argv[1]), os.environ)
time.sleep(600)
"""


def test_what_it_kept_ends_with_it() -> None:
    """Whoever holds a keeper may be killed, as an actor is with its node: nobody is left behind."""
    argv = (sys.executable, "-c", KEEPER, TIED)
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "tied\n"
        holder.kill()
        assert holder.stdout.read() == "", "the last who could write is gone"


def _wait_until_deaf(keeper: Keeper) -> None:
    """The kernel says which signals a process ignores."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        status = Path(f"/proc/{keeper.pid}/status").read_text().splitlines()
        (line,) = [line for line in status if line.startswith("SigIgn")]
        if int(line.split()[1], 16) & (1 << (signal.SIGTERM - 1)):
            return
        time.sleep(0.01)
    raise AssertionError("it never ignored SIGTERM")
