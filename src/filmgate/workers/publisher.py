"""Proves films, makes their stills, and stores all of it under a key of this attempt."""

import asyncio
import json
import logging
from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.domain.video import (
    MANIFEST,
    Output,
    StoredFile,
    Video,
    attempt_folder,
    folder,
    named,
    outputs_from_json,
    outputs_to_json,
)
from filmgate.errors import FilmMismatch, NotFound
from filmgate.media.probe import prove
from filmgate.media.stills import spritesheet, thumbnail

log = logging.getLogger(__name__)


class Publisher:
    """Stores the films of a video. The manifest is written last: it says that all is there."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def publish(self, video: Video, films: list[Path]) -> tuple[Output, ...]:
        """Prove and store every film of `video`.

        Raises:
            FilmMismatch: a film is not what was asked for.
            Unavailable: the storage is away or full.
        """
        if len(films) != video.request.n:
            raise FilmMismatch(f"The engine made {len(films)} films of {video.request.n}")
        for film in films:
            await asyncio.to_thread(prove, film, video.request.shape)
        outputs = tuple([await self._store(video, *entry) for entry in enumerate(films)])
        manifest = json.dumps(outputs_to_json(outputs)).encode()
        await self._blobs.put(f"{attempt_folder(video)}/{MANIFEST}", manifest)
        return outputs

    async def adopt(self, video: Video) -> tuple[Output, ...] | None:
        """The films that an earlier attempt stored in full before its worker died."""
        if video.token < 2:
            return None
        for key in sorted(await self._blobs.under(folder(video.id)), reverse=True):
            if key.endswith(MANIFEST) and (outputs := await self._whole(key)):
                return outputs
        return None

    async def tidy(self, video: Video) -> None:
        """Remove what attempts that died have left beside the films of a completed video."""
        kept = named(video)
        keys = await self._blobs.under(folder(video.id))
        await self._blobs.delete([key for key in keys if key not in kept])

    async def withdraw(self, video: Video) -> None:
        """Remove what this attempt stored: somebody else ended the video."""
        await self._blobs.delete_under(attempt_folder(video))

    async def _whole(self, manifest: str) -> tuple[Output, ...] | None:
        try:
            entries = json.loads(await self._blobs.get(manifest))
        except (NotFound, ValueError):
            return None
        outputs = outputs_from_json(entries)
        files = [file for output in outputs for file in _files(output)]
        whole = [await self._blobs.size(file.key) == file.size for file in files]
        return outputs if all(whole) else None

    async def _store(self, video: Video, index: int, film: Path) -> Output:
        stem = f"{attempt_folder(video)}/{index}"
        small, sheet = film.with_suffix(".webp"), film.with_suffix(".jpg")
        await asyncio.to_thread(thumbnail, film, small)
        await asyncio.to_thread(spritesheet, film, sheet)
        return Output(
            index=index,
            clip=await self._blobs.put_file(f"{stem}.mp4", film, "video/mp4"),
            thumbnail=await self._blobs.put_file(f"{stem}.webp", small, "image/webp"),
            spritesheet=await self._blobs.put_file(f"{stem}.jpg", sheet, "image/jpeg"),
        )


def _files(output: Output) -> tuple[StoredFile, ...]:
    return output.clip, output.thumbnail, output.spritesheet
