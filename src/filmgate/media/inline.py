"""Pictures that come as text: data URLs and bare base64."""

from base64 import b64decode

from filmgate.errors import InvalidImage
from filmgate.media.percent import is_whole, unquote

_FOLD = 16
"""No encoder breaks its lines shorter."""
_STANDARD = dict.fromkeys(" \t\n\r\v\f", "") | {"-": "+", "_": "/"}
"""What each sign means; one pass a sign, for `translate` is slow where it takes signs out."""


def decode_inline(text: str) -> bytes:
    """Decode a data URL or bare base64, padded or not, of either alphabet.

    Raises:
        InvalidImage: it is neither.
    """
    text = text.strip()
    data = _data_url(text[5:]) if text[:5].lower() == "data:" else _base64(text)
    if not data:
        raise InvalidImage("The image is empty")
    return data


def _data_url(text: str) -> bytes:
    head, comma, body = text.partition(",")
    if not comma:
        raise InvalidImage("The image is a data URL without a comma")
    quoted = body.encode(errors="replace")
    if not body.isascii() or not is_whole(quoted):
        raise InvalidImage("The image is a data URL that is not percent-encoded")
    plain = unquote(quoted)
    is_base64 = head.rpartition(";")[2].strip().lower() == "base64"
    return _base64(plain.decode("latin-1").strip()) if is_base64 else plain


def _base64(text: str) -> bytes:
    compact = _with_pluses(text)
    for sign, meant in _STANDARD.items():
        compact = compact.replace(sign, meant)
    compact = compact.rstrip("=")
    try:
        return b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except ValueError as error:
        raise InvalidImage("The image is neither a URL nor valid base64") from error


def _with_pluses(text: str) -> str:
    """The text with its pluses, which a urlencoded form turns into spaces."""
    return text if " " not in text or _is_folded(text) else text.replace(" ", "+")


def _is_folded(text: str) -> bool:
    """Whether the spaces of a text are its lines, folded into one: equally long, whole quartets."""
    spaces, line = text.count(" "), text.find(" ")
    even = text[line :: line + 1].count(" ") == spaces == (len(text) - 1) // (line + 1)
    whole = line >= _FOLD and line % 4 == 0
    return even and whole and (spaces >= 4 or len(text) % 4 != 0)
