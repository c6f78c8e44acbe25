"""Text in the charset that its sender declares."""

import codecs
import re

_KNOWN = re.compile(
    r"(utf[-_](8|16|32)([-_](sig|le|be))?|ascii|iso8859-\d+|cp\d+|gb2312|gbk|gb18030|big5(hkscs)?|"
    r"shift_jis|euc_jp|iso2022_jp|euc_kr|koi8-[ru]|mac-roman|tis-620)"
)
"""Python knows others, some of which are no charsets, and some slow."""


def codec_of(charset: str) -> str | None:
    """The codec of a declared charset; None when we know none."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return name if _KNOWN.fullmatch(name) else None
