"""What every engine, database and storage must do, as checks that their authors can run.

Each takes the real part and raises AssertionError with what it did wrong. The tests of Filmgate
run them over every part of its own.
"""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from filmgate.blobs import Blobs
from filmgate.domain import ids
from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.states import State
from filmgate.domain.video import Request, Video
from filmgate.engines.base import Engine, as_made
from filmgate.errors import Cancelled, NotFound
from filmgate.media.probe import prove
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.database import Database

__all__ = ["blobs", "database", "engine"]

SHAPES = (
    Shape(width=128, height=128, fps=1, duration_ms=1000),
    Shape(width=320, height=180, fps=24, duration_ms=1500),
    Shape(width=180, height=320, fps=30, duration_ms=1033, sound=Sound.TRACK),
)
"""A square of one frame, a wide one, an upright one that sounds, whose length is no whole frame."""


class Listening:
    """A report that remembers what it was told, and says stop after so many steps."""

    def __init__(self, steps: int | None = None) -> None:
        self.told: list[float] = []
        self._steps = steps

    def stop(self) -> None:
        """Say stop at the next word."""
        self._steps = 0

    def progress(self, fraction: float) -> None:
        """Remember a fraction; raise Cancelled when the steps are used up."""
        self.told.append(fraction)
        if self._steps is not None and len(self.told) >= self._steps:
            raise Cancelled("enough")

    async def resume(self, token: str) -> None:
        """Take a resume token."""

    async def drained_upstreams(self) -> frozenset[str]:
        """Nothing is."""
        return frozenset()

    async def callback_path(self, tag: str) -> str:
        """None is served."""
        return f"/{tag}"

    def listen(self, ring: Callable[[], None]) -> None:
        """Nobody rings."""


def video(shape: Shape, *, n: int = 1, model: str = "sora-1.0", prompt: str = "a cat") -> Video:
    """A claimed video of that shape."""
    return Video(
        id=ids.video_id(),
        account_id=FIRST_ACCOUNT,
        dialect="sora",
        engine="contract",
        request=Request(model=model, prompt=prompt, shape=shape, seed=7, n=n),
        state=State.RUNNING,
        progress=0,
        price=0,
        created_at=0.0,
        attempt=1,
        token=1,
        worker_id="worker_contract",
    )


async def engine(part: Engine, folder: Path) -> None:
    """An engine makes exactly what is asked, tells of it, repeats itself, and stops when told."""
    await part.open()
    try:
        for number, shape in enumerate(SHAPES):
            await _makes(part, folder / f"shape-{number}", shape)
        await _repeats(part, folder)
        await _stops(part, folder / "stopped")
    finally:
        await part.close()


async def _makes(part: Engine, scratch: Path, shape: Shape) -> None:
    scratch.mkdir()
    report = Listening()
    films = as_made(await part.generate(video(shape, n=2), scratch, report)).films
    assert len(films) == 2, f"asked for 2 films of {shape.size}, made {len(films)}"
    for film in films:
        prove(film, shape)
        assert scratch in film.parents, "a film lies outside of the scratch folder"
    assert report.told, "no progress was told"
    assert all(0 <= fraction <= 1 for fraction in report.told), "progress is a share, 0…1"
    pairs = itertools.pairwise(report.told)
    assert all(one <= other for one, other in pairs), "progress went back"


async def _repeats(part: Engine, folder: Path) -> None:
    made = []
    for name in ("once", "again"):
        (folder / name).mkdir()
        answer = await part.generate(video(SHAPES[1]), folder / name, Listening())
        (film,) = as_made(answer).films
        made.append(film.read_bytes())
    assert made[0] == made[1], "the same request and seed gave other bytes"


async def _stops(part: Engine, scratch: Path) -> None:
    scratch.mkdir()
    report = Listening(steps=2)
    try:
        await part.generate(video(SHAPES[1], n=2), scratch, report)
    except Cancelled:
        assert len(report.told) == 2, "it went on after it was told to stop"
        return
    raise AssertionError("it did not pass on that it was told to stop")


async def database(part: Database) -> None:
    """A database commits whole transactions, undoes what raises, and rings for moves."""

    def make(conn: WriteConnection) -> None:
        conn.sql.execute(text("CREATE TABLE contract (n INTEGER)"))

    await part.write(make)
    await _commits_or_undoes(part)
    bell = part.bell()
    await bell.wait(1)
    await part.write(_insert, 4)
    assert await bell.wait(5), "nobody was told of a commit"


def _insert(conn: WriteConnection, number: int, then: Callable[[], None] = lambda: None) -> int:
    conn.sql.execute(text("INSERT INTO contract VALUES (:n)"), {"n": number})
    conn.ring()
    then()
    return number


async def _commits_or_undoes(part: Database) -> None:
    def fail() -> None:
        raise KeyError("half-way")

    def numbers(conn: ReadConnection) -> list[int]:
        return sorted(conn.sql.execute(text("SELECT n FROM contract")).scalars())

    results = await asyncio.gather(
        part.write(_insert, 1),
        part.write(_insert, 2, fail),
        part.write(_insert, 3),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [int, KeyError, int], results
    assert await part.read(numbers) == [1, 3], "a transaction that raised left something"


async def blobs(part: Blobs, folder: Path) -> None:
    """A storage gives back what it was given, whole or in part, lists it, and forgets it."""
    file = folder / "film"
    file.write_bytes(bytes(range(256)) * 8192)
    stored = await part.put_file("videos/contract/1/0.mp4", file, "video/mp4")
    assert stored.size == file.stat().st_size
    assert await part.size(stored.key) == stored.size
    assert await part.get(stored.key) == file.read_bytes()
    pieces = [piece async for piece in part.stream(stored.key, 5, 1000)]
    assert b"".join(pieces) == file.read_bytes()[5:1000], "a range is not that of the file"
    await part.copy(stored.key, "videos/copy/source")
    await part.fetch("videos/copy/source", folder / "fetched")
    assert (folder / "fetched").read_bytes() == file.read_bytes(), "a copy is another"
    assert await part.delete_under("videos/copy") == 1
    assert await part.size(stored.key) == stored.size, "a copy took the original with it"
    await part.put("videos/contract/1/small", b"x")
    assert set(await part.under("videos/contract")) == {stored.key, "videos/contract/1/small"}
    assert await part.delete_under("videos/contract") == 2
    await part.delete([stored.key])
    assert await part.size(stored.key) is None
    try:
        await part.get(stored.key)
    except NotFound:
        return
    raise AssertionError("a key that is gone was no NotFound")
