"""A stop is seen, and is clean. Two hundred of them: `python bench/stops.py`."""

import signal
from pathlib import Path

import pytest
from bench import stops

from filmgate.testing.served import served

pytestmark = pytest.mark.process


def test_stops_leave_no_panic_and_no_traceback(tmp_path: Path) -> None:
    """Idle and busy; those that come while it starts are counted by the bench."""
    for number in (1, 2, 4, 5):
        code, bad, _ = stops.one(tmp_path, number)
        assert code in stops.IN_ORDER
        assert bad == []


def test_a_second_signal_gives_back_what_runs(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its attempt unspent; a server that starts again makes it."""
    data, told = tmp_path / "data", ""

    def finishing() -> bool:
        nonlocal told
        told += capfd.readouterr().out
        return "1 video finishing, up to 300 s; a second SIGTERM gives it back" in told

    with served(data, grace_s="300") as server:
        video = server.create("zoo:slow", duration=60)
        server.wait(video["id"], "processing")
        server.process.terminate()
        server.until(finishing)
        assert server.video(video["id"])["status"] == "processing"
        assert server.stop(signal.SIGTERM, seconds=60) == 0
    with served(data, grace_s="0") as again:
        assert again.video(video["id"])["status"] in ("pending", "processing")
