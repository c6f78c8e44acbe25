"""Stills that are made when they are asked for: a frame at a width, at a moment, the last one."""

import asyncio
import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from filmgate.blobs import Blobs
from filmgate.domain.shape import Shape
from filmgate.domain.video import StoredFile
from filmgate.errors import InvalidParameter, NotFound, VideoExpired
from filmgate.media.stills import last_frame, still
from filmgate.services.turns import Turns

MIN_WIDTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """Which frame of a film, how wide, in which format.

    `at` is in seconds, None for the frame that the film is known by; `width` in pixels, None for
    the usual one. A PNG is the film's last frame as it is.
    """

    kind: Literal["webp", "png"] = "webp"
    width: int | None = None
    at: Fraction | None = None

    def check(self, shape: Shape) -> None:
        """Raise InvalidParameter where a film of that shape has no such still."""
        if self.width is not None and not MIN_WIDTH <= self.width <= shape.width:
            raise InvalidParameter("width", f"must be between {MIN_WIDTH} and {shape.width}")
        if self.at is not None and not 0 <= self.at <= shape.seconds:
            raise InvalidParameter("at", f"must be between 0 and {float(shape.seconds):g} seconds")

    def etag(self, film: StoredFile) -> str:
        """What tells it from others: the same film and the same wish give the same bytes."""
        wish = f"{film.etag}:{self.kind}:{self.width}:{self.at}"
        return hashlib.sha256(wish.encode()).hexdigest()


class Stills:
    """Makes them: two at once, one of an account, in threads."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._turns = Turns(total=2, each=1)

    async def make(self, account_id: str, film: StoredFile, wanted: Still) -> bytes:
        """The bytes of a still of a stored film.

        Raises:
            VideoExpired: the film is gone.
            Unavailable: the storage is away.
        """
        async with self._turns.take_turn(account_id):
            path = self._blobs.local_path(film.key)
            if path is not None:
                return await asyncio.to_thread(_draw, path, wanted)
            with TemporaryDirectory(prefix="filmgate-still-") as folder:
                copy = Path(folder) / "film.mp4"
                try:
                    await self._blobs.fetch(film.key, copy)
                except NotFound as error:
                    raise VideoExpired("The video's files were removed") from error
                return await asyncio.to_thread(_draw, copy, wanted)


def _draw(film: Path, wanted: Still) -> bytes:
    if not film.exists():
        raise VideoExpired("The video's files were removed")
    return last_frame(film) if wanted.kind == "png" else still(film, wanted.width, wanted.at)
