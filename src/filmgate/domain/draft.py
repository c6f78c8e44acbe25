"""What a caller asked for, read but not yet checked against a card."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from filmgate.domain.source import Verb

MAX_PROMPT = 32_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A picture or a film given as the id of a file that the caller keeps here."""

    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A create request in canonical fields; None is unset, which is not the default.

    With a `verb` it follows its `source`: the id of a video, or a film that is sent or kept here.
    Of a video its `model` and `dialect` may be "", which is the source's own. `seconds` of an
    extension are those added. `characters` are ids.
    `picture` is the bytes of an uploaded file, or text: a URL, a data URL, or base64; or names a
    file that is kept here. `extras` are engine parameters given at the top level, which the card
    must use; those in `metadata` reach the engine if it uses them and are kept in any case.
    """

    dialect: str
    model: str
    prompt: str | None = None
    seconds: Decimal | None = None
    width: int | None = None
    height: int | None = None
    fps: int | None = None
    seed: int | None = None
    n: int | None = None
    picture: bytes | str | FileRef | None = None
    response_format: str | None = None
    user: str | None = None
    extras: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    verb: Verb | None = None
    source: str | bytes | FileRef | None = None
    characters: tuple[str, ...] = ()


_LATER = frozenset({"verb", "source", "characters"})
"""Fields that earlier releases had not: unset, they leave the fingerprint as it was."""


def fingerprint(draft: Draft) -> str:
    """What tells two drafts apart that ask for different things, whatever their bytes were.

    The vocabulary is left out: it is how something is asked, not what.
    """
    fields = {
        name: value
        for name, value in asdict(draft).items()
        if name != "dialect" and (value or name not in _LATER)
    }
    written = json.dumps(fields, sort_keys=True, default=_plain)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"a draft holds a {type(value).__name__}")
