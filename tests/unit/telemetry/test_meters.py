"""What is counted, and how processes count together."""

import subprocess
import sys
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
from tests.unit.telemetry.facts import CENSUS, DISKS, FACTS, everything

from filmgate.telemetry.gauges import Now, exposition
from filmgate.telemetry.meters import Meters

KIND = 'engine="animatic",model="sora-1.0"'


def test_every_fact_is_counted_once() -> None:
    lines = everything().decode().splitlines()
    for line in (
        'filmgate_videos_created_total{model="sora-1.0"} 1.0',
        f'filmgate_videos_ended_total{{{KIND},outcome="completed"}} 1.0',
        f'filmgate_videos_ended_total{{{KIND},outcome="worker_lost"}} 1.0',
        f"filmgate_video_wait_seconds_sum{{{KIND}}} 4.0",
        f"filmgate_video_wait_seconds_count{{{KIND}}} 1.0",
        f"filmgate_video_making_seconds_sum{{{KIND}}} 2.5",
        f"filmgate_frames_total{{{KIND}}} 5.0",
        "filmgate_film_bytes_total 3.0",
        'filmgate_moves_total{move="rescue"} 1.0',
        'filmgate_money_usd_total{kind="hold"} 0.05',
        'filmgate_money_usd_total{kind="capture"} 0.05',
        'filmgate_money_usd_total{kind="release"} 0.05',
        'filmgate_webhook_deliveries_total{outcome="delivered"} 1.0',
        'filmgate_http_requests_total{method="GET",route="/v1/videos/{video_id}",status="200"} 1.0',
    ):
        assert line in lines


def test_what_is_now_comes_from_the_census() -> None:
    lines = everything().decode().splitlines()
    for line in (
        f"filmgate_queue_depth{{{KIND}}} 3.0",
        f"filmgate_queue_oldest_seconds{{{KIND}}} 10.0",
        f"filmgate_running{{{KIND}}} 3.0",
        'filmgate_workers{engine="animatic",state="busy"} 2.0',
        'filmgate_workers{engine="animatic",state="idle"} 0.0',
        'filmgate_workers{engine="animatic",state="waiting"} 1.0',
        'filmgate_queue_wanted_workers{engine="animatic"} 4.0',
        "filmgate_money_held_usd 0.15",
        "filmgate_webhook_backlog 7.0",
        'filmgate_disk_free_bytes{disk="data"} 1000.0',
        "filmgate_database_up 1.0",
    ):
        assert line in lines


def test_without_a_database_the_rest_is_told() -> None:
    lines = exposition(Meters(), Now(None, DISKS), "")[0].decode().splitlines()
    assert "filmgate_database_up 0.0" in lines
    assert not [line for line in lines if line.startswith("filmgate_queue_depth{")]


def test_openmetrics_is_spoken_to_who_asks_for_it() -> None:
    text, kind = exposition(Meters(), Now(CENSUS, DISKS), "application/openmetrics-text")
    assert kind.startswith("application/openmetrics-text")
    assert text.endswith(b"# EOF\n")


CHILD = """
import sys
from pathlib import Path
from tests.unit.telemetry.facts import FACTS
from filmgate.telemetry.meters import Meters, Sharing
meters = Meters(Sharing(Path(sys.argv[1]), "group", sys.argv[2]))
for fact in FACTS:
    meters.take(fact)
"""


def counted(folder: Path) -> float | None:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder / "group"))  # type: ignore[no-untyped-call]
    return registry.get_sample_value("filmgate_videos_created_total", {"model": "sora-1.0"})


def test_processes_add_up_and_who_follows_a_dead_one_counts_on(tmp_path: Path) -> None:
    """In its predecessor's file: however often a worker dies, no file more."""
    for number, slot in enumerate(("http", "animatic-0", "animatic-0", "animatic-0"), start=1):
        subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), slot], check=True)
        assert counted(tmp_path) == number
    assert len(FACTS) == 8
    assert sorted(path.name for path in (tmp_path / "group").iterdir()) == [
        "counter_animatic-0.db",
        "counter_http.db",
        "histogram_animatic-0.db",
        "histogram_http.db",
    ]
