"""A fleet on paper: thousands of GPUs in simulated time, on the real moves of a real database.

    python bench/fleet.py [--gpus 10000] [--accounts 1000] [--minutes 30] [--load 0.9] \
        [--database postgresql+asyncpg://…]

Creates, claims, ends and deaths are drawn from one seed and come one after the other, each as the
real move in a transaction of its own; only the making of films is made up. A tenth of the accounts
ask for ten times as much as the others, and ten times that in a burst of five minutes. A node of
eight GPUs vanishes every minute, and a third of all nodes at half time, for five minutes; a few of
them were only cut off, and write late. Prints how long whom was waited for, what was lost or made
twice, what was made in vain, and what each move cost the database: from that follows how many GPUs
it serves, by one connection. Heartbeats are not simulated; one is measured, and counted in.
"""

import argparse
import asyncio
import heapq
import itertools
import logging
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text

from filmgate import settings, wiring
from filmgate.domain import ids
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Output, Request, StoredFile, Video, attempt_folder
from filmgate.domain.worker import Beat
from filmgate.services import moves
from filmgate.store import accounts
from filmgate.store.connections import ReadConnection
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House

T = TypeVar("T")

ENGINE = "animatic"
NODE_GPUS = 8
MEAN_S = 60.0
LEASE_S = 30.0
AWAY_S = 300.0
BEAT_S = 5.0
BURST = (600.0, 900.0)
SHAPE = Shape(width=1280, height=720, fps=30, duration_ms=8000)


def films(video: Video) -> tuple[Output, ...]:
    """What an attempt would have stored, under the names of that attempt."""
    file = StoredFile(key=f"{attempt_folder(video)}/0", size=1, etag="0" * 64)
    return (Output(index=0, clip=file, thumbnail=file, spritesheet=file),)


@dataclass(slots=True)
class Gpu:
    """A worker of one GPU. `life` tells its present life from those before."""

    name: str
    node: int
    life: int = 0
    alive: bool = True
    video: Video | None = None
    since: float = 0.0


@dataclass(slots=True)
class Tally:
    """What came of it."""

    created: dict[str, float] = field(default_factory=dict)
    waits: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))
    completed: int = 0
    rescued: int = 0
    late: int = 0
    in_vain_s: float = 0.0
    worked_s: float = 0.0
    cost_s: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Fleet:
    """The simulation: a heap of events, and a clock that jumps from one to the next."""

    def __init__(self, house: House, clock: ManualClock, given: argparse.Namespace) -> None:
        self.house, self.clock, self.given = house, clock, given
        self.dice = random.Random(given.seed)
        self.began = clock.now()
        self.until = self.began + given.minutes * 60
        self.gpus = [Gpu(f"w{number}", number // NODE_GPUS) for number in range(given.gpus)]
        self.nodes = max(1, given.gpus // NODE_GPUS)
        self.idle = list(self.gpus)
        self.order = itertools.count()
        self.events: list[tuple[float, int, Callable[[], Awaitable[None]]]] = []
        self.tally = Tally()
        self.names = [f"acct_{number}" for number in range(given.accounts)]
        self.greedy = set(self.names[: max(1, given.accounts // 10)])
        shares = len(self.names) + 9 * len(self.greedy)
        self.rate = given.load * given.gpus / MEAN_S / shares

    @property
    def now(self) -> float:
        """Simulated seconds."""
        return self.clock.now()

    def after(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        """Let something happen later."""
        heapq.heappush(self.events, (self.now + seconds, next(self.order), act))

    async def cost(self, name: str, act: Awaitable[T]) -> T:
        """What a move gives; and how long the database took."""
        began = time.perf_counter()
        result = await act
        self.tally.cost_s[name].append(time.perf_counter() - began)
        return result

    async def run(self) -> None:
        """Let it all happen; after the end nothing is asked for, and what waits is made."""
        for name in self.names:
            self.after(self.pause(name), lambda name=name: self.create(name))  # type: ignore[misc]
        self.after(60, self.lose_node)
        self.after(self.given.minutes * 30, self.lose_zone)
        while self.events:
            at, _, act = heapq.heappop(self.events)
            self.clock.advance(max(0.0, at - self.now))
            await act()

    def pause(self, account: str) -> float:
        """Until an account asks again."""
        rate = self.rate * (10 if account in self.greedy else 1)
        bursts = account in self.greedy and BURST[0] <= self.now - self.began < BURST[1]
        return self.dice.expovariate(rate * (10 if bursts else 1))

    async def create(self, account: str) -> None:
        """A create, and the next one of that account."""
        if self.now >= self.until:
            return
        self.after(self.pause(account), lambda: self.create(account))
        video = self.fresh(account)
        await self.cost("create", self.write(moves.enter, video))
        self.tally.created[video.id] = self.now
        if self.idle:
            await self.claim(self.idle.pop())

    def fresh(self, account: str) -> Video:
        """A video that an account asks for now."""
        return Video(
            id=ids.video_id(),
            account_id=account,
            dialect="sora",
            engine=ENGINE,
            request=Request(model="sora-1.0", prompt="a cat", shape=SHAPE, seed=1),
            state=State.QUEUED,
            progress=0,
            price=1000,
            created_at=self.now,
            expires_at=self.now + 86_400,
        )

    async def claim(self, gpu: Gpu) -> None:
        """A free GPU takes the next in line, or rests."""
        video = await self.cost("claim", self.house.queue.claim(ENGINE, gpu.name))
        if video is None:
            self.idle.append(gpu)
            return
        if video.attempt == 1:
            waited = self.now - self.tally.created[video.id]
            self.tally.waits[video.account_id in self.greedy].append(waited)
        gpu.video, gpu.since, life = video, self.now, gpu.life
        took_s = MEAN_S * self.dice.lognormvariate(-0.125, 0.5)
        self.after(took_s, lambda: self.finish(gpu, video, life))

    async def finish(self, gpu: Gpu, video: Video, life: int) -> None:
        """The end of a making, unless its GPU has died; a late one must change nothing."""
        if gpu.life != life:
            return
        self.tally.worked_s += self.now - gpu.since
        if await self.cost("finish", self.house.queue.finish(video, films(video))):
            self.tally.completed += 1
        gpu.video = None
        await self.claim(gpu)

    async def lose_node(self) -> None:
        """One node vanishes; the next in a minute."""
        if self.now < self.until:
            self.after(60, self.lose_node)
            await self.die(self.dice.randrange(self.nodes))

    async def lose_zone(self) -> None:
        """Every third node vanishes at once."""
        for node in range(0, self.nodes, 3):
            await self.die(node)

    async def die(self, node: int) -> None:
        """A node is gone: what it had is rescued, and it comes back later."""
        cut_off = self.dice.random() < 0.1
        for gpu in self.gpus[node * NODE_GPUS : (node + 1) * NODE_GPUS]:
            if not gpu.alive:
                continue
            gpu.alive, gpu.life = False, gpu.life + 1
            if gpu in self.idle:
                self.idle.remove(gpu)
            if (video := gpu.video) is not None:
                gpu.video = None
                self.tally.in_vain_s += self.now - gpu.since
                self.after(LEASE_S, lambda video=video: self.rescue(video))  # type: ignore[misc]
                if cut_off:
                    self.after(LEASE_S + 1, lambda video=video: self.write_late(video))  # type: ignore[misc]
            self.after(AWAY_S, lambda gpu=gpu: self.come_back(gpu))  # type: ignore[misc]

    async def rescue(self, video: Video) -> None:
        """What a rescuer does once a lease has stood still; a free GPU takes it at once."""
        beat = Beat(video.id, video.token, 0)
        if await self.cost("rescue", self.house.queue.rescue(beat)) is not None:
            self.tally.rescued += 1
            if self.idle:
                await self.claim(self.idle.pop())

    async def write_late(self, video: Video) -> None:
        """A worker that was cut off comes with its films: the fence must hold."""
        if await self.house.queue.finish(video, films(video)):
            raise SystemExit(f"{video.id} was finished by two")
        self.tally.late += 1

    async def come_back(self, gpu: Gpu) -> None:
        """A GPU is there again."""
        gpu.alive = True
        await self.claim(gpu)

    async def write(self, function: Callable[..., T], *args: Any) -> T:
        """One transaction."""
        return await self.house.videos._db.write(function, *args)


def count(conn: ReadConnection) -> tuple[int, int, int]:
    """Videos that were charged, charges, and videos that have not ended."""
    charged = "SELECT count(DISTINCT video_id), count(*) FROM ledger WHERE kind = 'capture'"
    open_ = "SELECT count(*) FROM videos WHERE state IN ('queued', 'running')"
    videos, charges = conn.sql.execute(text(charged)).one()
    return videos, charges, conn.sql.execute(text(open_)).scalar_one()


async def beat_cost(fleet: Fleet, turns: int = 200) -> None:
    """What one heartbeat of one worker costs, on a video that runs."""
    await fleet.write(moves.enter, fleet.fresh(fleet.names[0]))
    video = await fleet.house.queue.claim(ENGINE, "beating")
    assert video is not None
    for turn in range(turns):
        await fleet.cost("beat", fleet.house.queue.beat_all([(video, turn % 90)]))
    assert await fleet.house.queue.finish(video, films(video))


def show(fleet: Fleet, videos: int, charges: int, left: int) -> None:
    """The table."""
    tally, given = fleet.tally, fleet.given
    print(f"{given.gpus} GPUs, {given.accounts} accounts, {given.minutes} min, load {given.load}")
    for greedy, name in ((False, "the modest"), (True, "the greedy")):
        waits = sorted(tally.waits[greedy])
        cuts = statistics.quantiles(waits, n=20) if len(waits) > 1 else [0.0] * 19
        print(f"wait of {name:<12} p50 {cuts[9]:8.1f} s   p95 {cuts[18]:8.1f} s   of {len(waits)}")
    asked = len(tally.created)
    print(f"asked for {asked}, made {tally.completed}, lost {asked - tally.completed - left}")
    print(f"charged {videos}, twice {charges - videos}, rescued {tally.rescued}, late {tally.late}")
    share = tally.in_vain_s / max(1e-9, tally.worked_s + tally.in_vain_s)
    print(f"made in vain {share:.2%} of the GPU time")
    means = {name: statistics.fmean(found) for name, found in sorted(tally.cost_s.items())}
    print("a move:", ", ".join(f"{name} {mean * 1000:.2f} ms" for name, mean in means.items()))
    each_s = sum(means.get(name, 0.0) for name in ("create", "claim", "finish"))
    gpu_s = each_s / MEAN_S + means["beat"] / BEAT_S
    print(f"a GPU costs the database {gpu_s * 1000:.3f} ms a second: one connection serves")
    print(f"{1 / gpu_s:.0f} GPUs at {MEAN_S:.0f} s a video, {1 / each_s:.0f} videos a second")


async def simulate(config: settings.Settings, given: argparse.Namespace) -> None:
    """Run it, and check its own books."""
    clock = ManualClock()
    async with wiring.open_house(config, clock) as house:
        fleet = Fleet(house, clock, given)
        for name in fleet.names:
            await fleet.write(accounts.ensure, name, name, clock.now())
        await beat_cost(fleet)
        before = await house.videos._db.read(count)
        await fleet.run()
        videos, charges, left = await house.videos._db.read(count)
        show(fleet, videos - before[0], charges - before[1], left)


def main() -> None:
    """Run on SQLite, or on a database given."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--gpus", type=int, default=10_000)
    options.add_argument("--accounts", type=int, default=1000)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--load", type=float, default=0.9)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--database")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = settings.load(data=Path(folder), database_url=given.database, max_running=0)
        wiring.prepare_data(config)
        logging.disable()
        asyncio.run(simulate(config, given))


if __name__ == "__main__":
    main()
