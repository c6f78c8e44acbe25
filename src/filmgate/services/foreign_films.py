"""A film that a caller sent, or keeps here: measured before it is a row."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from filmgate.domain.draft import FileRef
from filmgate.domain.footage import Footage, Glimpse
from filmgate.domain.shape import Shape, Sound
from filmgate.errors import InvalidVideo, NotFound
from filmgate.media import intake
from filmgate.media.palette import colours_of
from filmgate.services.turns import Turns

PORTRAIT_SIDE = 960
"""How long the longer side of a character's film is at most."""
PORTRAIT_FPS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFilm:
    """A film as it came, and what is to be seen of it."""

    data: bytes
    look: Glimpse


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A film of ours that shows a character, and its colours."""

    film: bytes
    colours: tuple[str, ...]


class ForeignFilms:
    """Takes in films of others, each in a process of its own, in the turn of its account."""

    def __init__(self, read_file: Callable[[str, str], Awaitable[bytes]]) -> None:
        self._read_file = read_file
        self._turns = Turns(total=2, each=1)

    async def look_at(self, source: bytes | FileRef, account_id: str, most_ms: int) -> ForeignFilm:
        """A film of at most so many milliseconds; it is as it came, and only to be rewritten.

        Raises:
            InvalidVideo: it is none that we take, or names a file that is not there.
        """
        data = await self._read(source, account_id)
        async with self._turns.take_turn(account_id):
            with tempfile.TemporaryFile() as file:
                file.write(data)
                return ForeignFilm(data=data, look=await intake.look_at(file, most_ms))

    async def portray(self, film: ForeignFilm, account_id: str) -> Portrait:
        """The film of a character, made anew, and what colours are its own.

        Raises:
            InvalidVideo: it cannot be decoded.
        """
        async with self._turns.take_turn(account_id):
            with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as folder:
                file.write(film.data)
                target = Path(folder) / "portrait.mp4"
                await intake.rewrite(file, target, portrait_shape(film.look.footage))
                colours = await asyncio.to_thread(colours_of, target)
                return Portrait(film=await asyncio.to_thread(target.read_bytes), colours=colours)

    async def _read(self, source: bytes | FileRef, account_id: str) -> bytes:
        if isinstance(source, bytes):
            return source
        try:
            return await self._read_file(account_id, source.file_id)
        except NotFound as error:
            raise InvalidVideo(error.message) from error


def portrait_shape(footage: Footage) -> Shape:
    """The shape of a character's film: as it is, but no larger and no faster than is of use."""
    share = min(1.0, PORTRAIT_SIDE / max(footage.width, footage.height))
    return Shape(
        width=max(2, round(footage.width * share / 2) * 2),
        height=max(2, round(footage.height * share / 2) * 2),
        fps=min(footage.fps, PORTRAIT_FPS),
        duration_ms=footage.duration_ms,
        sound=Sound.NATIVE,
    )
