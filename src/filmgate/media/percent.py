"""Percent-encoding, decoded at a cost that does not grow with the escapes."""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

MAX_BROKEN = 10_000
"""Escapes of a piece in which one is broken: that piece is decoded at a cost an escape."""
_PIECE = 1 << 20
"""Bytes decoded at once: a pass over many megabytes would stop all other threads."""
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def unquote(text: bytes) -> bytes:
    """The bytes of a percent-encoded text; what is no escape stays as it is.

    Raises:
        ValueError: broken escapes stand among very many.
    """
    return b"".join(map(_unquote_piece, _pieces(text, 0, len(text)))) if b"%" in text else text


def unquote_form(text: bytes, start: int, end: int) -> bytes:
    """The same of a part of a form, in which a plus is a space."""
    return b"".join(
        _unquote_piece(piece.replace(b"+", b" ")) for piece in _pieces(text, start, end)
    )


def is_whole(text: bytes) -> bool:
    """Whether every percent sign begins an escape."""
    return not any(_BROKEN.search(piece) for piece in _pieces(text, 0, len(text)))


def _unquote_piece(piece: bytes) -> bytes:
    """The standard library makes an object an escape, which is eighty times the text.

    Quoted-printable is the same code with another sign, and is decoded in C.
    """
    if not _BROKEN.search(piece):
        return binascii.a2b_qp(piece.replace(b"=", b"=3D").replace(b"%", b"="))
    if piece.count(b"%") > MAX_BROKEN:
        raise ValueError("broken percent-encoding")
    return unquote_to_bytes(piece)


def _pieces(text: bytes, start: int, end: int) -> Iterator[bytes]:
    """A part of a text in pieces that no escape stands astride of."""
    while start < end:
        stop = min(end, start + _PIECE)
        if stop < end and b"%" in text[stop - 2 : stop]:
            stop = text.rindex(b"%", stop - 2, stop)
        yield text[start:stop]
        start = stop
