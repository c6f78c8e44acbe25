"""Proves films, makes their stills, and stores all of it under a key of this attempt."""

import asyncio
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filmgate.blobs import Blobs
from filmgate.domain.video import (
    KEEPSAKE,
    MANIFEST,
    UNTOLD,
    Making,
    Output,
    Video,
    attempt_folder,
    files_of,
    folder,
    making_from_json,
    making_to_json,
    outputs_from_json,
    outputs_to_json,
)
from filmgate.engines.base import Made
from filmgate.errors import FilmMismatch, GenerationFailed, NotFound
from filmgate.media.probe import prove
from filmgate.media.stills import spritesheet, thumbnail

log = logging.getLogger(__name__)


_MOST_TOLD = 16 << 10
_MOST_KEPT = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Films that are proved and stored, and what their engine told of them."""

    outputs: tuple[Output, ...]
    making: Making = UNTOLD

    @classmethod
    def from_json(cls, manifest: Any) -> "Stored":
        """From a manifest; those of releases before this one list the outputs alone."""
        if isinstance(manifest, list):
            return cls(outputs=outputs_from_json(manifest))
        outputs = outputs_from_json(manifest["outputs"])
        return cls(outputs=outputs, making=making_from_json(manifest["making"]))

    def to_json(self) -> dict[str, Any]:
        """As plain lists and dicts."""
        return {"outputs": outputs_to_json(self.outputs), "making": making_to_json(self.making)}


class Publisher:
    """Stores the films of a video. The manifest is written last: it says that all is there."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    async def publish(self, video: Video, made: Made) -> Stored:
        """Prove and store every film of `video`.

        Raises:
            FilmMismatch: a film is not what was asked for.
            GenerationFailed: what is told of the making is no JSON, or too much of it is told or
                kept.
            Unavailable: the storage is away or full.
        """
        if len(made.films) != video.request.n:
            raise FilmMismatch(f"The engine made {len(made.films)} films of {video.request.n}")
        refuse_unfit_making(made.making)
        if made.keepsake is not None and len(made.keepsake) > _MOST_KEPT:
            raise GenerationFailed(f"The engine kept more than {_MOST_KEPT} bytes of its work")
        for film in made.films:
            await asyncio.to_thread(prove, film, video.request.shape)
        outputs = tuple([await self._store(video, *entry) for entry in enumerate(made.films)])
        if made.keepsake is not None:
            await self._blobs.put(f"{attempt_folder(video)}/{KEEPSAKE}", made.keepsake)
        stored = Stored(outputs=outputs, making=made.making)
        manifest = json.dumps(stored.to_json()).encode()
        await self._blobs.put(f"{attempt_folder(video)}/{MANIFEST}", manifest)
        return stored

    async def adopt(self, video: Video) -> Stored | None:
        """The films that an earlier attempt stored in full before its worker died."""
        if video.token < 2:
            return None
        for key in sorted(await self._blobs.under(folder(video.id)), reverse=True):
            if key.endswith(MANIFEST) and (stored := await self._whole(key)):
                return stored
        return None

    async def tidy(self, video: Video) -> None:
        """Remove what attempts that died have left beside the films of a completed video."""
        kept = files_of(video)
        keys = await self._blobs.under(folder(video.id))
        await self._blobs.delete([key for key in keys if key not in kept])

    async def withdraw(self, video: Video) -> None:
        """Remove what this attempt stored: somebody else ended the video."""
        await self._blobs.delete_under(attempt_folder(video))

    async def _whole(self, manifest: str) -> Stored | None:
        try:
            stored = Stored.from_json(json.loads(await self._blobs.get(manifest)))
        except (NotFound, ValueError):
            return None
        files = [
            file
            for output in stored.outputs
            for file in (output.clip, output.thumbnail, output.spritesheet)
        ]
        whole = [await self._blobs.size(file.key) == file.size for file in files]
        return stored if all(whole) else None

    async def _store(self, video: Video, index: int, film: Path) -> Output:
        """Store the film while its stills are made, then those side by side."""
        stem, put = f"{attempt_folder(video)}/{index}", self._blobs.put_file
        small, sheet = film.with_suffix(".webp"), film.with_suffix(".jpg")
        clip, _ = await asyncio.gather(
            put(f"{stem}.mp4", film, "video/mp4"),
            asyncio.to_thread(make_stills, film, small, sheet),
        )
        thumb, tiles = await asyncio.gather(
            put(f"{stem}.webp", small, "image/webp"), put(f"{stem}.jpg", sheet, "image/jpeg")
        )
        return Output(index=index, clip=clip, thumbnail=thumb, spritesheet=tiles)


def make_stills(film: Path, small: Path, sheet: Path) -> None:
    """Write the thumbnail and the spritesheet of a film."""
    thumbnail(film, small)
    spritesheet(film, sheet)


def refuse_unfit_making(making: Making) -> None:
    """Raise GenerationFailed where it cannot be kept: it is no JSON, or more than 16 KiB of it."""
    try:
        size = len(json.dumps(making_to_json(making), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise GenerationFailed("What the engine told of its work is no JSON") from error
    if size > _MOST_TOLD:
        raise GenerationFailed(f"The engine told {size} characters of its work; 16384 are kept")
