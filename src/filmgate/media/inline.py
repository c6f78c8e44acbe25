"""Pictures that come as text: data URLs and bare base64, decoded a piece at a time.

A pass over many megabytes would stop all other threads, and each would make a copy of them.
"""

from base64 import b64decode

from filmgate.errors import InvalidImage
from filmgate.media.percent import is_whole, unquote

_FOLD = 16
"""No encoder breaks its lines shorter."""
_BLANKS = " \t\n\r\v\f"
_PIECE = 1 << 20


def decode_inline(text: str) -> bytes:
    """Decode a data URL or bare base64, padded or not, of either alphabet.

    Raises:
        InvalidImage: it is neither.
    """
    text = text.strip()
    data = _data_url(text) if text[:5].lower() == "data:" else _base64(text)
    if not data:
        raise InvalidImage("The image is empty")
    return data


def _data_url(text: str) -> bytes:
    comma = text.find(",")
    if comma < 0:
        raise InvalidImage("The image is a data URL without a comma")
    body = text[comma + 1 :]
    quoted = body.encode(errors="replace")
    if not body.isascii() or not is_whole(quoted):
        raise InvalidImage("The image is a data URL that is not percent-encoded")
    plain = unquote(quoted)
    is_base64 = text[:comma].rpartition(";")[2].strip().lower() == "base64"
    return _base64(plain.decode("latin-1").strip()) if is_base64 else plain


def _base64(text: str) -> bytes:
    """A space is a plus that a urlencoded form has changed, unless lines were folded with it."""
    space = "" if _is_folded(text) else "+"
    end = len(text.rstrip(_BLANKS + "="))
    out, rest = bytearray(), ""
    try:
        for start in range(0, end, _PIECE):
            signs = rest + _standard(text[start : min(end, start + _PIECE)], space)
            whole = len(signs) // 4 * 4
            out += _quartets(signs[:whole])
            rest = signs[whole:]
        out += _quartets(rest)
    except ValueError as error:
        raise InvalidImage("The image is neither a URL nor valid base64") from error
    return bytes(out)


def _quartets(signs: str) -> bytes:
    if "=" in signs:
        raise ValueError("padding within the text")
    return b64decode(signs + "=" * (-len(signs) % 4), validate=True)


def _standard(text: str, space: str) -> str:
    """The signs of the standard alphabet, blanks taken out."""
    for sign, meant in ((" ", space), ("-", "+"), ("_", "/")):
        text = text.replace(sign, meant)
    for blank in _BLANKS[1:]:
        text = text.replace(blank, "")
    return text


def _is_folded(text: str) -> bool:
    """Whether the spaces of a text are its lines, folded into one: equally long, whole quartets."""
    line = text.find(" ")
    if line < _FOLD or line % 4:
        return False
    spaces = text.count(" ")
    even = text[line :: line + 1].count(" ") == spaces == (len(text) - 1) // (line + 1)
    return even and (spaces >= 4 or len(text) % 4 != 0)
