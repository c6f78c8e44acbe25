"""Kills every kind of process under load, then counts what became of every acknowledged video.

    python bench/chaos.py --videos 200 --kills 60 [--seed N]
    python bench/chaos.py --database postgresql+asyncpg://… --storage s3://… --storage-options '{…}'

The report's last four figures must be 0: completed twice, lost, orphaned files, and videos whose
charge is not the price of what was completed. With a database
of several machines two servers run, else one. Exits with 1 if a figure is not 0.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from filmgate import settings, wiring
from filmgate.domain.video import named
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.testing.served import Served

PROMPTS = ["a cat"] * 6 + ["zoo:slow"] * 3 + ["zoo:die_once", "zoo:late"]
FILM = {"model": "sora-1.0", "duration": 1, "width": 128, "height": 128, "fps": 5}
TIMES = {"beat_s": "0.2", "lease_s": "2", "grace_s": "5", "log_level": "error"}

WATCH_SQLITE = """
CREATE TABLE bench_completions (id TEXT);
CREATE TRIGGER bench_completed AFTER UPDATE OF state ON videos
WHEN NEW.state = 'completed' AND OLD.state <> 'completed'
BEGIN INSERT INTO bench_completions VALUES (NEW.id); END
"""
WATCH_POSTGRES = """
CREATE TABLE bench_completions (id TEXT);
CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO bench_completions VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER bench_completed AFTER UPDATE OF state ON videos FOR EACH ROW
WHEN (NEW.state = 'completed' AND OLD.state <> 'completed') EXECUTE FUNCTION bench_note()
"""


WRONGLY_CHARGED = """
SELECT count(*) FROM videos v
WHERE CASE WHEN v.state = 'completed' THEN v.price ELSE 0 END <>
(SELECT COALESCE(-SUM(l.balance + l.held), 0) FROM ledger l WHERE l.video_id = v.id)
"""


@dataclass
class Tally:
    """What was seen."""

    acknowledged: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)


class Chaos:
    """Servers under load and under attack."""

    def __init__(self, folder: Path, given: dict[str, str], seed: int) -> None:
        names = ["one", "two"] if "database_url" in given else ["one"]
        self.servers = [Served(folder / name, **TIMES, **given) for name in names]
        self.tally = Tally()
        self.random = random.Random(seed)
        self._lock = threading.Lock()

    def submit(self, count: int) -> None:
        """Ask for videos, again and again until each is acknowledged."""
        for number in range(count):
            body = FILM | {"prompt": PROMPTS[number % len(PROMPTS)]}
            while not self._asked(body):
                time.sleep(0.05)
            time.sleep(0.05)

    def _asked(self, body: dict[str, Any]) -> bool:
        server = self.random.choice(self.servers)
        try:
            answer = server.client.post("/v1/videos", json=body)
        except httpx2.TransportError:
            return False
        if answer.status_code != 200:
            return False
        self.tally.acknowledged.append(answer.json()["id"])
        return True

    def attack(self, kills: int) -> None:
        """Kill something at random, let it come back, and again."""
        for _ in range(kills):
            time.sleep(self.random.uniform(0.1, 1.0))
            self._kill(self.random.choice(self.servers))

    def _kill(self, server: Served) -> None:
        kind = self.random.choice(["worker", "worker", "http", "supervisor", "all"])
        children = server.children() if server.process.poll() is None else {}
        words = {"worker": "filmgate.processes.worker", "http": "filmgate.processes.http"}
        victims = [pid for pid, line in children.items() if words.get(kind, "filmgate") in line]
        if kind in words:
            shot(victims)
        else:
            shot([server.process.pid, *(victims if kind == "all" else [])])
            server.process.wait()
            server.start()
        self.tally.kills[kind] += 1

    def settle(self, seconds: float) -> dict[str, str]:
        """Wait until every acknowledged video has ended; return how each stands."""
        deadline = time.monotonic() + seconds
        states: dict[str, str] = {}
        while time.monotonic() < deadline:
            states = {video_id: self._state(video_id) for video_id in self.tally.acknowledged}
            if not {"pending", "processing"} & set(states.values()):
                break
            time.sleep(0.5)
        return states

    def _state(self, video_id: str) -> str:
        try:
            answer = self.servers[0].client.get(f"/v1/videos/{video_id}")
        except httpx2.TransportError:
            return "pending"
        return str(answer.json()["status"]) if answer.status_code == 200 else "lost"

    def stop(self) -> None:
        """End every server."""
        for server in self.servers:
            server.stop()


def shot(pids: list[int]) -> None:
    """Kill processes; one that is gone already is no error."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


async def watch(config: settings.Settings) -> None:
    """Let the database itself note every completion."""

    def make(conn: WriteConnection) -> None:
        sqlite = conn.sql.dialect.name == "sqlite"
        script = WATCH_SQLITE if sqlite else WATCH_POSTGRES
        parts = script.split(";\nCREATE TRIGGER") if sqlite else script.split(";\nCREATE ")
        head = "CREATE TRIGGER" if sqlite else "CREATE "
        for number, part in enumerate(parts):
            conn.sql.exec_driver_sql(part if number == 0 else head + part)

    async with wiring.opened(config) as house:
        await house.videos._db.write(make)


async def counted(config: settings.Settings) -> tuple[dict[str, int], set[str], set[str], int]:
    """How often each video completed; files that rows name; files that are there; wrong charges."""

    def completions(conn: ReadConnection) -> dict[str, int]:
        rows = conn.sql.execute(text("SELECT id, count(*) FROM bench_completions GROUP BY id"))
        return {row[0]: row[1] for row in rows}

    def wrongly_charged(conn: ReadConnection) -> int:
        return int(conn.sql.execute(text(WRONGLY_CHARGED)).scalar_one())

    async with wiring.opened(config) as house:
        wrong = await house.videos._db.read(wrongly_charged)
        completed = await house.videos._db.read(completions)
        kept: set[str] = set()
        for video_id in completed:
            video = await house.videos.get_by_link(video_id)
            kept |= named(video)
        return completed, kept, set(await house.blobs.under("videos")), wrong


def run(given: argparse.Namespace, folder: Path) -> bool:
    """Load, attack, settle, report; say whether nothing is wrong."""
    shared = {
        "database_url": given.database,
        "storage": given.storage,
        "storage_options": given.storage_options,
    }
    chosen = {name: value for name, value in shared.items() if value}
    typed: dict[str, Any] = chosen | {"data": folder / "one"}
    if given.storage_options:
        typed["storage_options"] = json.loads(given.storage_options)
    config = settings.load(**typed)
    wiring.prepare_data(config)
    asyncio.run(watch(config))
    chaos = Chaos(folder, chosen, given.seed)
    began = time.monotonic()
    loading = threading.Thread(target=chaos.submit, args=(given.videos,), daemon=True)
    loading.start()
    chaos.attack(given.kills)
    loading.join()
    states = chaos.settle(given.patience)
    took = time.monotonic() - began
    chaos.stop()
    completed, kept, files, charged = asyncio.run(counted(config))
    return report(chaos.tally, states, completed, sorted(files - kept), charged, took)


def report(
    tally: Tally,
    states: dict[str, str],
    completed: dict[str, int],
    orphans: list[str],
    charged: int,
    took: float,
) -> bool:
    """Print the figures; say whether the last four are 0."""
    lost = [v for v in tally.acknowledged if states.get(v) not in ("completed", "failed")]
    twice = [video_id for video_id, count in completed.items() if count > 1]
    kills = ", ".join(f"{kind} {count}" for kind, count in sorted(tally.kills.items()))
    print(f"kills                  {sum(tally.kills.values())} ({kills})")
    print(f"acknowledged           {len(tally.acknowledged)}")
    print(f"completed once         {sum(count == 1 for count in completed.values())}")
    print(f"failed with a reason   {sum(state == 'failed' for state in states.values())}")
    print(f"seconds                {took:.0f}")
    print(f"completed twice        {len(twice)}")
    print(f"lost                   {len(lost)}")
    print(f"orphaned files         {len(orphans)}")
    print(f"charged != completed   {charged}")
    for name in (*twice, *lost, *orphans):
        print(f"  wrong: {name}")
    return not (twice or lost or orphans or charged)


def main() -> None:
    """Run and exit with 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--videos", type=int, default=200)
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--patience", type=float, default=240)
    options.add_argument("--database")
    options.add_argument("--storage")
    options.add_argument("--storage-options")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fine = run(given, Path(folder))
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
