"""Lays out in a scratch folder what a video brings along: its picture, and what it follows."""

import asyncio
from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.domain.source import Source
from filmgate.domain.states import Failure
from filmgate.engines.base import PICTURE, SOURCE, SOURCE_KEEPSAKE
from filmgate.errors import GenerationFailed, InvalidImage, NotFound
from filmgate.media.pictures import write_as_seen
from filmgate.workers.lease import Lease
from filmgate.workers.patience import patiently


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
        try:
            await self._bring(lease, source.film, folder / SOURCE)
        except NotFound as error:
            raise GenerationFailed("The film that this video follows is gone") from error
        if source.keepsake is None:
            return
        try:
            await self._bring(lease, source.keepsake, folder / SOURCE_KEEPSAKE)
        except NotFound:
            return  # its engine kept nothing

    async def _bring(self, lease: Lease, key: str, target: Path) -> None:
        await patiently(lease, lambda: self._blobs.fetch(key, target))
