"""Lays out in a scratch folder what a video brings along: its picture, and what it follows."""

import asyncio
from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.domain.shape import Shape
from filmgate.domain.source import Source
from filmgate.domain.states import Failure
from filmgate.engines.base import PICTURE, SOURCE, SOURCE_KEEPSAKE, character_file
from filmgate.errors import GenerationFailed, InvalidImage, InvalidVideo, NotFound
from filmgate.media.intake import rewrite
from filmgate.media.pictures import write_as_seen
from filmgate.workers.lease import Lease
from filmgate.workers.patience import patiently

_RAW = "source.raw"
"""A film as it was sent, in the scratch folder: nothing but its rewriting reads it."""
_LOOK_S = 0.25
"""How often it is asked whether the lease goes on."""


class Outfitter:
    """Brings files from the storage, as every engine sees them."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def lay_out(self, lease: Lease, folder: Path) -> None:
        """Put every file that the leased video brings into `folder`.

        Raises:
            GenerationFailed: one is gone, or cannot be read.
            Stopped: the lease ended while the storage was away.
        """
        request = lease.video.request
        if request.picture is not None:
            await self._lay_out_picture(lease, request.picture, folder / PICTURE)
        if request.source is not None:
            await self._lay_out_source(lease, request.source, folder)
        for number, role in enumerate(request.characters):
            await self._bring_film(lease, role.film, folder / character_file(number))

    async def _lay_out_picture(self, lease: Lease, key: str, target: Path) -> None:
        """Decode it once, for every engine."""
        try:
            data = await patiently(lease, lambda: self._blobs.get(key))
            await asyncio.to_thread(write_as_seen, data, target)
        except NotFound as error:
            why = "The picture of this video is gone"
            raise GenerationFailed(why, failure=Failure.INVALID_IMAGE) from error
        except InvalidImage as error:
            raise GenerationFailed(error.message, failure=Failure.INVALID_IMAGE) from error

    async def _lay_out_source(self, lease: Lease, source: Source, folder: Path) -> None:
        if source.raw:
            await self._bring_film(lease, source.film, folder / _RAW)
            await self._rewrite(lease, source, folder)
        else:
            await self._bring_film(lease, source.film, folder / SOURCE)
        if source.keepsake is None:
            return
        try:
            await self._bring(lease, source.keepsake, folder / SOURCE_KEEPSAKE)
        except NotFound:
            return  # its engine kept nothing

    async def _rewrite(self, lease: Lease, source: Source, folder: Path) -> None:
        """Make a film of ours of the one that was sent, unless the lease ends meanwhile."""
        shape = Shape(
            width=source.width,
            height=source.height,
            fps=source.fps,
            duration_ms=source.duration_ms,
            sound=lease.video.request.shape.sound,
        )
        with (folder / _RAW).open("rb") as film:
            work = asyncio.create_task(rewrite(film, folder / SOURCE, shape))
            try:
                while not (await asyncio.wait([work], timeout=_LOOK_S))[0]:
                    lease.check()
                await work
            except InvalidVideo as error:
                raise GenerationFailed(error.message, failure=Failure.INVALID_VIDEO) from error
            finally:
                work.cancel()
                await asyncio.wait([work])
        (folder / _RAW).unlink()

    async def _bring_film(self, lease: Lease, key: str, target: Path) -> None:
        try:
            await self._bring(lease, key, target)
        except NotFound as error:
            raise GenerationFailed("A film that this video is made from is gone") from error

    async def _bring(self, lease: Lease, key: str, target: Path) -> None:
        await patiently(lease, lambda: self._blobs.fetch(key, target))
