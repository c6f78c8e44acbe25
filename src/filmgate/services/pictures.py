"""A picture, however the caller gave it: bytes, URL, data URL or base64."""

import asyncio
from collections.abc import Awaitable, Callable

from filmgate.domain.card import Card
from filmgate.domain.shape import Shape
from filmgate.errors import InvalidImage
from filmgate.media import pictures
from filmgate.media.inline import decode_inline

_DECODING = asyncio.Semaphore(2)
"""A decoded picture may take a quarter of a gigabyte: few at a time."""

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets the bytes of an address that a caller chose."""


class Pictures:
    """Loads and proves first-frame pictures."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def load(self, source: bytes | str) -> pictures.Picture:
        """The picture of a source, fully decoded once.

        Raises:
            InvalidImage: it is no picture that we take.
            ImageFetchFailed: its address was refused or gave nothing.
        """
        data = await self._bytes(source)
        async with _DECODING:
            return await asyncio.to_thread(pictures.read, data)

    async def _bytes(self, source: bytes | str) -> bytes:
        if isinstance(source, bytes):
            return source
        if source[:8].lower().startswith(("http://", "https://")):
            return await self._fetch(source)
        return await asyncio.to_thread(decode_inline, source)


def check_fit(picture: pictures.Picture, shape: Shape, card: Card) -> None:
    """Raise InvalidImage when the card wants the exact size and the picture has another."""
    exact = (picture.width, picture.height) == (shape.width, shape.height)
    if card.reference_fit == "strict" and not exact:
        raise InvalidImage(
            "Input image must match the requested width and height: "
            f"got {picture.width}x{picture.height}, requested {shape.size}",
            param="image",
        )
