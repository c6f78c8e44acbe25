"""The one-range form of the Range header: RFC 9110, section 14."""

import re

from filmgate.errors import RangeOutside

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def parse(header: str | None, size: int) -> tuple[int, int] | None:
    """The bytes asked for, from the first up to and without the last; None is all of them.

    A header that is not one byte range is passed over, as the RFC allows.

    Raises:
        RangeOutside: the range lies outside the file.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise RangeOutside(size)
    return start, end
