"""A picture, however the caller gave it: bytes, URL, data URL or base64."""

import asyncio
from collections.abc import Awaitable, Callable

from filmgate.domain.card import Card
from filmgate.domain.draft import FileRef
from filmgate.domain.shape import Shape
from filmgate.errors import InvalidImage, NotFound
from filmgate.media import pictures
from filmgate.media.inline import decode_inline
from filmgate.services.turns import Turns

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets the bytes of an address that a caller chose."""
ReadFile = Callable[[str, str], Awaitable[bytes]]
"""Gets the bytes of a file that an account keeps here: its id, then the file's."""


class Pictures:
    """Loads and proves first-frame pictures."""

    def __init__(self, fetch: Fetch, read_file: ReadFile) -> None:
        self._fetch = fetch
        self._read_file = read_file
        self._fetching = Turns(total=32, each=2)
        self._decoding = Turns(total=2, each=1)  # each may take a quarter of a gigabyte

    async def load(self, source: bytes | str | FileRef, account_id: str) -> pictures.Picture:
        """The picture of a source, fully decoded once, in the turn of its account.

        Raises:
            InvalidImage: it is no picture that we take, or names a file that is not there.
            ImageFetchFailed: its address was refused or gave nothing.
        """
        if isinstance(source, FileRef):
            source = await self._read_stored(source, account_id)
        if isinstance(source, str) and source[:8].lower().startswith(("http://", "https://")):
            async with self._fetching.take_turn(account_id):
                source = await self._fetch(source)
        async with self._decoding.take_turn(account_id):
            return await asyncio.to_thread(_read, source)

    async def _read_stored(self, source: FileRef, account_id: str) -> bytes:
        try:
            return await self._read_file(account_id, source.file_id)
        except NotFound as error:
            raise InvalidImage(error.message, param="image") from error


def _read(source: bytes | str) -> pictures.Picture:
    return pictures.read(decode_inline(source) if isinstance(source, str) else source)


def check_fit(picture: pictures.Picture, shape: Shape, card: Card) -> None:
    """Raise InvalidImage when the card wants the exact size and the picture has another."""
    exact = (picture.width, picture.height) == (shape.width, shape.height)
    if card.reference_fit == "strict" and not exact:
        raise InvalidImage(
            "Input image must match the requested width and height: "
            f"got {picture.width}x{picture.height}, requested {shape.size}",
            param="image",
        )
