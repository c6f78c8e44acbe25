"""Engines for tests: they answer at the seam of the real ones, with real films."""

import asyncio
from pathlib import Path

import numpy as np

from filmgate.domain.video import Video
from filmgate.engines.base import Report
from filmgate.media.encode import FilmWriter

__all__ = ["Plain"]


class Plain:
    """Makes correct films of plain colours, as fast as they encode."""

    async def open(self) -> None:
        """Nothing to load."""

    async def generate(self, video: Video, scratch: Path, report: Report) -> list[Path]:
        """One film an output, each of its own grey."""
        return await asyncio.to_thread(self._films, video, scratch, report)

    async def close(self) -> None:
        """Nothing to let go of."""

    def _films(self, video: Video, scratch: Path, report: Report) -> list[Path]:
        shape, count = video.request.shape, video.request.n
        films = [scratch / f"{index}.mp4" for index in range(count)]
        for index, film in enumerate(films):
            grey = 60 + (video.request.seed + 37 * index) % 120
            frame = np.full((shape.height, shape.width, 4), grey, np.uint8)
            with FilmWriter(film, shape) as writer:
                for number in range(shape.frames):
                    report.progress((index + number / shape.frames) / count)
                    writer.write(frame)
        return films
