"""What the tests of the workers do over and over."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from filmgate.disk import Room
from filmgate.domain.account import Caller
from filmgate.domain.draft import Draft
from filmgate.domain.video import Making, Video
from filmgate.engines.base import Engine, Made, Report
from filmgate.testing.engines import Plain
from filmgate.wiring import House
from filmgate.workers.breaker import Breaker
from filmgate.workers.claimer import Claimer
from filmgate.workers.gate import ClaimGate
from filmgate.workers.lease import Lease
from filmgate.workers.line import Line
from filmgate.workers.outfitter import Outfitter
from filmgate.workers.publisher import Publisher
from filmgate.workers.recorder import Recorder
from filmgate.workers.renderer import Renderer
from filmgate.workers.room import RoomWatch
from filmgate.workers.tender import Tender

Films = list[Path]


class Misbehaving(Plain):
    """Does `act` instead of, or before, making a film."""

    def __init__(self, act: Callable[[Video, Path, Report], Films | None]) -> None:
        self._act = act
        self.calls = 0

    def _films(self, video: Video, scratch: Path, report: Report) -> Films:
        self.calls += 1
        done = self._act(video, scratch, report)
        return super()._films(video, scratch, report) if done is None else done


class Telling:
    """Makes what `Plain` makes, and tells of it."""

    def __init__(self, making: Making) -> None:
        self._making = making

    async def open(self) -> None:
        """Nothing to load."""

    async def generate(self, video: Video, scratch: Path, report: Report) -> Made:
        """One film an output."""
        films = await Plain().generate(video, scratch, report)
        return Made(films=films, making=self._making)

    async def close(self) -> None:
        """Nothing to let go of."""


async def submit(house: House, caller: Caller, **changes: Any) -> Video:
    """A small video in line."""
    values: dict[str, Any] = {
        "dialect": "sora",
        "model": "sora-1.0",
        "prompt": "a cat",
        "seconds": Decimal(1),
        "width": 128,
        "height": 128,
        "fps": 5,
    }
    video, _ = await house.submissions.submit(caller, Draft(**(values | changes)))
    return video


async def claim(house: House, worker_id: str = "w1") -> Line:
    """The line of an engine that works at the next video."""
    video = await house.queue.claim("animatic", worker_id)
    assert video is not None
    return Line(Lease(video, clock=house.clock), house.queue)


def tender(house: House) -> Tender:
    """What tends the leases of `w1`."""
    return Tender(queue=house.queue, clock=house.clock, worker_id="w1", beat_s=5)


async def make(house: House, engine: Engine, line: Line | None = None) -> None:
    """Render a claimed video, or else the next, and record what came of it."""
    line = line or await claim(house)
    outcome = await renderer(house, engine).render(line)
    await recorder(house).record(line.lease, outcome)


def renderer(house: House, engine: Engine) -> Renderer:
    """A renderer of one engine."""
    return Renderer(
        engine=engine,
        outfitter=Outfitter(house.blobs),
        publisher=Publisher(house.blobs),
        scratch=house.settings.data / "scratch" / "w1",
    )


def recorder(house: House) -> Recorder:
    """What writes outcomes."""
    return Recorder(queue=house.queue, publisher=Publisher(house.blobs))


def open_gate(house: House, rooms: list[Room] | None = None) -> ClaimGate:
    """A gate of a worker whose disks have these rooms."""
    watch = RoomWatch(lambda: list(rooms or ()), house.clock)
    return ClaimGate(room=watch, breaker=Breaker(house.clock))


def claimer(
    house: House,
    engine: Engine,
    worker_id: str = "w1",
    gate: ClaimGate | None = None,
    slots: int = 1,
) -> Claimer:
    """A claimer of one engine."""
    return Claimer(
        queue=house.queue,
        renderer=renderer(house, engine),
        recorder=recorder(house),
        gate=gate or open_gate(house),
        clock=house.clock,
        engine="animatic",
        worker_id=worker_id,
        slots=slots,
        beat_s=5,
    )


def files(house: House) -> list[str]:
    """Every file that the storage and the scratch folder hold."""
    roots = (house.settings.data / "files", house.settings.data / "scratch")
    found = [path for root in roots if root.exists() for path in root.rglob("*")]
    return sorted(path.name for path in found if path.is_file())
