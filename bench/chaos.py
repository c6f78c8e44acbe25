"""Kills every kind of process under load, then counts what became of every acknowledged video.

    python bench/chaos.py --videos 200 --kills 60 [--poison 3] [--seed N]
    python bench/chaos.py --database postgresql+asyncpg://… --storage s3://… --storage-options '{…}'

With a database of several machines two servers run, else one. `--poison` adds videos that kill
their worker at every attempt. The figures below the line must be 0: innocent videos that failed,
that completed twice or that were lost; poison that did not end as `worker_lost`; orphaned files;
videos whose charge is not the price of what was completed; accounts whose balance is not the sum
of their ledger. Exits with 1 if one is not.
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
from filmgate.domain.video import files_of
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.testing.served import Served

PROMPTS = ["a cat"] * 6 + ["zoo:slow"] * 3 + ["zoo:die_once"]
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


POISON = "zoo:die"
FINAL = ("completed", "failed", "lost")

WRONG_CHARGES = """
SELECT count(*) FROM videos v
WHERE CASE WHEN v.state = 'completed' THEN v.price ELSE 0 END <>
(SELECT COALESCE(-SUM(l.balance + l.held), 0) FROM ledger l WHERE l.video_id = v.id)
"""
WRONG_BALANCES = """
SELECT count(*) FROM accounts a
WHERE a.balance <> (SELECT COALESCE(SUM(l.balance), 0) FROM ledger l WHERE l.account_id = a.id)
OR a.held <> (SELECT COALESCE(SUM(l.held), 0) FROM ledger l WHERE l.account_id = a.id)
"""


@dataclass
class Tally:
    """What was seen."""

    acknowledged: list[str] = field(default_factory=list)
    poison: set[str] = field(default_factory=set)
    kills: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Stored:
    """What database and storage hold at the end."""

    completions: dict[str, int]
    orphans: list[str]
    wrong_charges: int
    wrong_balances: int


class Chaos:
    """Servers under load and under attack."""

    def __init__(self, folder: Path, given: dict[str, str], seed: int) -> None:
        names = ["one", "two"] if "database_url" in given else ["one"]
        self.servers = [Served(folder / name, **TIMES, **given) for name in names]
        self.tally = Tally()
        self.random = random.Random(seed)

    def submit(self, videos: int, poison: int, seconds: float) -> None:
        """Ask for videos over that time, again and again until each is acknowledged."""
        innocent = [PROMPTS[number % len(PROMPTS)] for number in range(videos)]
        step = max(1, videos // (poison + 1))
        for number in range(poison):
            innocent.insert((number + 1) * step + number, POISON)
        for prompt in innocent:
            while not self._ask(prompt):
                time.sleep(0.05)
            time.sleep(max(seconds / videos, 0.05))

    def _ask(self, prompt: str) -> bool:
        server = self.random.choice(self.servers)
        try:
            answer = server.client.post("/v1/videos", json=FILM | {"prompt": prompt})
        except httpx2.TransportError:
            return False
        if answer.status_code != 200:
            return False
        video_id = answer.json()["id"]
        self.tally.acknowledged.append(video_id)
        if prompt == POISON:
            self.tally.poison.add(video_id)
        return True

    def attack(self, kills: int, pause: float) -> None:
        """Kill something at random, let it come back, and again after at most that pause."""
        for _ in range(kills):
            time.sleep(self.random.uniform(0.1, 1.0) * pause)
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

    def settle(self, seconds: float) -> dict[str, dict[str, Any]]:
        """Wait until every acknowledged video has ended; return how each stands."""
        deadline = time.monotonic() + seconds
        ended: dict[str, dict[str, Any]] = {}
        while time.monotonic() < deadline and len(ended) < len(self.tally.acknowledged):
            for video_id in self.tally.acknowledged:
                if video_id not in ended and (video := self._look_at(video_id)) is not None:
                    ended[video_id] = video
            time.sleep(0.5)
        return ended

    def _look_at(self, video_id: str) -> dict[str, Any] | None:
        """The video if it has ended; one that is not known has been lost."""
        try:
            answer = self.servers[0].client.get(f"/v1/videos/{video_id}")
        except httpx2.TransportError:
            return None
        if answer.status_code == 404:
            return {"status": "lost"}
        video: dict[str, Any] = answer.json() if answer.status_code == 200 else {}
        return video if video.get("status") in FINAL else None

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

    async with wiring.open_house(config) as house:
        await house.videos._db.write(make)


async def count(config: settings.Settings) -> Stored:
    """Ask the database and the storage, once nothing moves any more."""

    def ask(conn: ReadConnection) -> tuple[dict[str, int], int, int]:
        rows = conn.sql.execute(text("SELECT id, count(*) FROM bench_completions GROUP BY id"))
        completions = {row[0]: row[1] for row in rows}
        charges = conn.sql.execute(text(WRONG_CHARGES)).scalar_one()
        return completions, int(charges), int(conn.sql.execute(text(WRONG_BALANCES)).scalar_one())

    async with wiring.open_house(config) as house:
        completions, charges, balances = await house.videos._db.read(ask)
        kept: set[str] = set()
        for video_id in completions:
            kept |= files_of(await house.videos.get_by_link(video_id))
        files = set(await house.blobs.under("videos"))
        return Stored(completions, sorted(files - kept), charges, balances)


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
    load = (given.videos, given.poison, given.kills * given.pause * 0.55)
    loading = threading.Thread(target=chaos.submit, args=load, daemon=True)
    loading.start()
    chaos.attack(given.kills, given.pause)
    loading.join()
    ended = chaos.settle(given.patience)
    took = time.monotonic() - began
    chaos.stop()
    return report(chaos.tally, ended, asyncio.run(count(config)), took)


def report(tally: Tally, ended: dict[str, dict[str, Any]], stored: Stored, took: float) -> bool:
    """Print the figures; say whether those below the line are 0."""
    kills = ", ".join(f"{kind} {count}" for kind, count in sorted(tally.kills.items()))
    print(f"kills                  {tally.kills.total()} ({kills})")
    print(f"acknowledged           {len(tally.acknowledged)} ({len(tally.poison)} poison)")
    print(f"completed              {len(stored.completions)}")
    print(f"seconds                {took:.0f}")
    print("----------------------")
    wrong = find_wrong(tally, ended, stored)
    for name, found in wrong.items():
        print(f"{name:<22} {found if isinstance(found, int) else len(found)}")
    for name, found in wrong.items():
        for one in found if isinstance(found, list) else []:
            print(f"  {name}: {one} {ended.get(one, {}).get('error') or ''}")
    return not any(wrong.values())


def find_wrong(
    tally: Tally, ended: dict[str, dict[str, Any]], stored: Stored
) -> dict[str, list[str] | int]:
    """What must not be there, by name."""
    innocent = [video for video in tally.acknowledged if video not in tally.poison]
    state = {video: end["status"] for video, end in ended.items()}
    reason = {video: (end.get("error") or {}).get("code") for video, end in ended.items()}
    return {
        "innocent failed": [video for video in innocent if state.get(video) == "failed"],
        "completed twice": [video for video, times in stored.completions.items() if times > 1],
        "lost": [video for video in tally.acknowledged if state.get(video, "lost") == "lost"],
        "poison not ended": [v for v in sorted(tally.poison) if reason.get(v) != "worker_lost"],
        "orphaned files": stored.orphans,
        "charged != completed": stored.wrong_charges,
        "balances != entries": stored.wrong_balances,
    }


def main() -> None:
    """Run and exit with 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--videos", type=int, default=200)
    options.add_argument("--poison", type=int, default=0)
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--pause", type=float, default=1.0, help="seconds between kills, at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--patience", type=float, default=900, help="seconds for the rest to end")
    options.add_argument("--database")
    options.add_argument("--storage")
    options.add_argument("--storage-options")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fine = run(given, Path(folder))
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
