"""Films on the user's disk: their names, how they get there, and what is said of them."""

import asyncio
import os
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from itertools import count
from pathlib import Path
from secrets import token_hex

from filmgate.cli.maker import Maker
from filmgate.errors import FilmgateError
from filmgate.media.probe import Probe

Judge = Callable[[Path], Probe]

_LONGEST_SLUG = 40


class NotWritten(FilmgateError):
    """A film cannot be written where it was wanted."""


def slug(prompt: str) -> str:
    """The first words of a prompt as a file's stem; "" when it has none."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", prompt).lower())
    text = "-".join(words)
    if len(text) <= _LONGEST_SLUG:
        return text
    head, dash, _ = text[: _LONGEST_SLUG + 1].rpartition("-")
    return head if dash else text[:_LONGEST_SLUG]


def check_folder(output: Path | None) -> None:
    """Raise NotWritten unless films could be written at `output`, before any is made."""
    folder = Path() if output is None else output if output.is_dir() else output.parent
    if not folder.is_dir():
        raise NotWritten(f"{output} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NotWritten(f"{folder.resolve()} cannot be written: it belongs to somebody else")


def targets(output: Path | None, stem: str, outputs: int) -> list[Path]:
    """Where each film goes. A name that was given is overwritten, one of ours is a fresh one."""
    if output is not None and not output.is_dir():
        return _number_paths(output, outputs)
    folder = output or Path()
    for again in count(1):
        name = f"{stem}.mp4" if again == 1 else f"{stem}-{again}.mp4"
        paths = _number_paths(folder / name, outputs)
        if not any(path.exists() for path in paths):
            return paths
    raise AssertionError("count never ends")


def _number_paths(path: Path, outputs: int) -> list[Path]:
    if outputs == 1:
        return [path]
    return [path.with_name(f"{path.stem}-{index}{path.suffix}") for index in range(outputs)]


async def save(maker: Maker, video_id: str, index: int, target: Path, judge: Judge) -> Probe:
    """Fetch a film, judge it, and only then give it its name.

    Raises:
        NotWritten: the disk does not take it.
        GenerationFailed: the judge does not.
    """
    draft = target.with_name(f".filmgate-{token_hex(6)}.part")
    try:
        with draft.open("xb") as file:
            await maker.download(video_id, index, file)
        found = await asyncio.to_thread(judge, draft)
        draft.replace(target)
    except OSError as error:
        raise NotWritten(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return found


def facts_of(path: Path, film: Probe) -> dict[str, object]:
    """The same for programs."""
    return {
        "file": str(path),
        "width": film.width,
        "height": film.height,
        "fps": round(float(film.fps), 3),
        "frames": film.frames,
        "seconds": round(float(film.duration), 3),
        "bytes": film.size,
    }


def describe(path: Path, film: Probe) -> str:
    """One line of facts, as the file's own packets say them."""
    facts = (
        f"{film.width}x{film.height}",
        f"{_plain(film.fps)} fps",
        f"{film.frames} frames",
        f"{_plain(film.duration)} s",
        f"{film.size:,} bytes",
    )
    return f"{path}: {', '.join(facts)}"


def _plain(number: Fraction) -> str:
    return f"{float(number):.3f}".rstrip("0").rstrip(".")
