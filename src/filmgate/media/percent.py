"""Percent-encoding, decoded in one pass whose memory does not grow with the escapes."""

import binascii
import re
from urllib.parse import unquote_to_bytes

MAX_BROKEN = 10_000
"""Escapes of a text in which one is broken: that text is decoded at a cost an escape."""
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def unquote(text: bytes) -> bytes:
    """The bytes of a percent-encoded text; what is no escape stays as it is.

    Quoted-printable is the same code with another sign, and is decoded in C. The standard library's
    own decoder makes an object an escape, which is eighty times the text.

    Raises:
        ValueError: the text has broken escapes among very many.
    """
    if b"%" not in text:
        return text
    if not _BROKEN.search(text):
        return binascii.a2b_qp(text.replace(b"=", b"=3D").replace(b"%", b"="))
    if text.count(b"%") > MAX_BROKEN:
        raise ValueError("broken percent-encoding")
    return unquote_to_bytes(text)
