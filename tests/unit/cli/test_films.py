"""Names of films, and how they get them."""

import asyncio
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from filmgate.cli import films, generate
from filmgate.cli.maker import FilmOrder, FilmState, Maker
from filmgate.cli.progress import Lines, meter
from filmgate.errors import GenerationFailed
from filmgate.media.probe import Probe

RUNNING = FilmState(id="video_1", status="running", progress=3, final=False, wait_s=0)


class Fake:
    """A maker that gives what it was given."""

    def __init__(self, *looks: FilmState, film: bytes = b"film") -> None:
        self.looks = list(looks)
        self.film = film
        self.withdrawn: list[str] = []

    async def create(self, order: FilmOrder) -> FilmState:
        return self.looks.pop(0)

    async def look(self, video_id: str) -> FilmState:
        if not self.looks:
            await asyncio.sleep(60)
        return self.looks.pop(0)

    async def download(self, video_id: str, index: int, file: BinaryIO) -> None:
        file.write(self.film)

    async def withdraw(self, video_id: str) -> None:
        self.withdrawn.append(video_id)


def fake_probe(path: Path) -> Probe:
    return cast("Probe", path.read_bytes())


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def as_maker(fake: Fake) -> Maker:
    return fake


@pytest.mark.parametrize(
    ("prompt", "stem"),
    [
        ("A cat, asleep in the sun!", "a-cat-asleep-in-the-sun"),
        ("一只可爱的橘猫", "一只可爱的橘猫"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎬 !", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_prompt_makes_a_name(prompt: str, stem: str) -> None:
    assert films.slug(prompt) == stem


def test_our_own_names_never_overwrite(folder: Path) -> None:
    assert films.targets(None, "cat", 1) == [Path("cat.mp4")]
    Path("cat.mp4").touch()
    assert films.targets(None, "cat", 1) == [Path("cat-2.mp4")]
    Path("cat-2-1.mp4").touch()
    assert films.targets(None, "cat", 2) == [Path("cat-0.mp4"), Path("cat-1.mp4")]
    assert films.targets(folder, "cat", 1) == [folder / "cat-2.mp4"]


def test_a_name_that_was_given_stands() -> None:
    Path("out.mp4").touch()
    assert films.targets(Path("out.mp4"), "cat", 1) == [Path("out.mp4")]
    assert films.targets(Path("out.mp4"), "cat", 2) == [Path("out-0.mp4"), Path("out-1.mp4")]


async def test_a_film_gets_its_name_only_when_it_is_whole(folder: Path) -> None:
    target = folder / "cat.mp4"
    target.write_bytes(b"old")

    def judge(path: Path) -> Probe:
        assert target.read_bytes() == b"old"
        return fake_probe(path)

    await films.save(as_maker(Fake()), "video_1", 0, target, judge)
    assert target.read_bytes() == b"film"
    assert names(folder) == [target.name]


async def test_a_film_that_is_wrong_leaves_nothing(folder: Path) -> None:
    def judge(path: Path) -> Probe:
        raise GenerationFailed("no film")

    with pytest.raises(GenerationFailed):
        await films.save(as_maker(Fake()), "video_1", 0, folder / "cat.mp4", judge)
    assert not names(folder)


async def test_a_disk_that_refuses_is_named(folder: Path) -> None:
    with pytest.raises(films.NotWritten, match=r"cannot be written: No such file"):
        await films.save(as_maker(Fake()), "video_1", 0, folder / "no/cat.mp4", fake_probe)


async def test_a_failed_video_is_an_error() -> None:
    failed = FilmState(id="video_1", status="failed", progress=9, final=True, failure="why")
    fake = Fake(RUNNING, RUNNING, failed)
    with pytest.raises(GenerationFailed, match="The video failed: why"):
        await generate.make(fake, lambda: fake.create(FilmOrder(fields={})), meter())


async def test_an_interruption_withdraws_the_video() -> None:
    fake = Fake(RUNNING)
    making = asyncio.create_task(
        generate.make(fake, lambda: fake.create(FilmOrder(fields={})), meter())
    )
    await asyncio.sleep(0.01)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert fake.withdrawn == ["video_1"]


def test_without_a_terminal_progress_is_a_line_a_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with meter() as shown:
        assert isinstance(shown, Lines)
        for status, progress in (("queued", 0), ("pending", 0), ("running", 11), ("running", 19)):
            shown.show(FilmState(id="v", status=status, progress=progress, final=False))
    assert capsys.readouterr().err == "waiting 0 %\nmaking 11 %\n"
