"""Fields to a draft: both vocabularies, their conflicts, and the caller's own spellings."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from starlette.datastructures import Headers

from filmgate.api import fields
from filmgate.api.body import Fields, Upload
from filmgate.api.dialects.choice import of_create
from filmgate.domain.card import Catalogue, Size, parse_size
from filmgate.domain.draft import MAX_PROMPT, Draft
from filmgate.errors import (
    BadRequest,
    ImageFetchFailed,
    InvalidImage,
    InvalidParameter,
    UnknownParameter,
)

Reader = Callable[[str, Any], Any]

MAX_USER = 512
MAX_METADATA = 16 * 1024
RESPONSE_FORMATS = ("url", "b64_json")


def _text(most: int) -> Reader:
    return lambda name, value: fields.text(name, value, most=most)


def _metadata(name: str, value: Any) -> dict[str, Any]:
    found = fields.mapping(name, value, most_bytes=MAX_METADATA)
    for key in ("negative_prompt", "style"):
        if found.get(key) is not None:
            fields.text(f"{name}.{key}", found[key], most=MAX_PROMPT)
    return {key: value for key, value in found.items() if value is not None}


def _positive(name: str, value: Any) -> int:
    found = fields.integer(name, value)
    if found < 1:
        raise InvalidParameter(name, "must be at least 1")
    return found


def _scale(name: str, value: Any) -> float:
    found = fields.number(name, value)
    if not 0 <= found <= 1000:
        raise InvalidParameter(name, "must be between 0 and 1000")
    return float(found)


def _size(name: str, value: Any) -> Size:
    try:
        return parse_size(fields.text(name, value, most=64))
    except InvalidParameter as error:
        raise error.spelled(name) from error


def _picture(name: str, value: Any) -> bytes | str:
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        value = fields.json_text(name, value)
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    for key in ("image_url", "url"):
        value = value[key] if isinstance(value, dict) and key in value else value
    if isinstance(value, Upload):
        return value.data
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "file_id" in value:
        raise InvalidParameter(name, "names a file_id, and this server keeps no files")
    raise InvalidParameter(name, "must be one file, URL, data URL or base64 text")


READERS: dict[str, tuple[str, Reader]] = {
    "model": ("model", _text(128)),
    "prompt": ("prompt", _text(MAX_PROMPT)),
    "seconds": ("seconds", fields.number),
    "duration": ("seconds", fields.number),
    "size": ("size", _size),
    "width": ("width", fields.integer),
    "height": ("height", fields.integer),
    "fps": ("fps", fields.integer),
    "image": ("image", _picture),
    "input_reference": ("image", _picture),
    "images": ("image", _picture),
    "image_reference": ("image", _picture),
    "seed": ("seed", fields.integer),
    "n": ("n", fields.integer),
    "response_format": (
        "response_format",
        lambda name, value: fields.choice(name, value, RESPONSE_FORMATS),
    ),
    "user": ("user", _text(MAX_USER)),
    "metadata": ("metadata", _metadata),
    "negative_prompt": ("negative_prompt", _text(MAX_PROMPT)),
    "guidance_scale": ("guidance_scale", _scale),
    "num_inference_steps": ("num_inference_steps", _positive),
    "num_frames": ("num_frames", _positive),
    "quality": ("quality", _text(64)),
}
"""Each field of a create request: what it means, and how it is read."""

EXTRAS = frozenset(
    {"negative_prompt", "guidance_scale", "num_inference_steps", "num_frames", "quality"}
)
"""Engine parameters that may stand at the top level."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, and how the caller spelled its fields."""

    draft: Draft
    spelling: Mapping[str, str]

    def spelled(self, error: BadRequest) -> BadRequest:
        """The same error in the caller's own spelling of the field."""
        about_picture = isinstance(error, InvalidImage | ImageFetchFailed)
        param = "image" if about_picture else error.param
        name = self.spelling.get(param or "", param)
        if name == error.param:
            return error
        if isinstance(error, InvalidParameter):
            return error.spelled(name or "")
        return type(error)(error.message, param=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReader:
    """Reads create requests for one server."""

    catalogue: Catalogue
    default_models: Mapping[str, str]
    ignore_unknown: bool

    def read(self, given: Fields, headers: Headers) -> Reading:
        """The draft that the fields of a body ask for.

        Raises:
            BadRequest: a field is unknown, of the wrong kind, or contradicts another.
        """
        given = {name: value for name, value in given.items() if value not in (None, "")}
        self._check_known(given)
        values, spelling = _values(given)
        named = values.get("model")
        card = self.catalogue.get(named) if named else None
        dialect = of_create(headers, given, card.dialect if card else None)
        values["model"] = named or self.default_models[dialect.name]
        return Reading(_draft(values, dialect.name), spelling)

    def _check_known(self, given: Fields) -> None:
        for name in given:
            if name not in READERS and not self.ignore_unknown:
                raise _unknown(name[:80].encode(errors="replace").decode())


def reader_of(
    catalogue: Catalogue, default_models: Mapping[Any, str], *, ignore_unknown: bool = False
) -> DraftReader:
    """What reads create requests by these cards and defaults."""
    return DraftReader(
        catalogue=catalogue,
        default_models={str(name): model for name, model in default_models.items()},
        ignore_unknown=ignore_unknown,
    )


def _unknown(name: str) -> UnknownParameter:
    near = difflib.get_close_matches(name, READERS, n=1, cutoff=0.6)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return UnknownParameter(f"Unknown parameter: '{name}'{hint}", param=name)


def _values(given: Fields) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    spelling: dict[str, str] = {}
    for name in (name for name in given if name in READERS):
        meaning, reader = READERS[name]
        value = reader(name, given[name])
        if meaning in values and values[meaning] != value:
            other = spelling[meaning]
            raise InvalidParameter(name, f"contradicts {other}: give one of them")
        values[meaning], spelling[meaning] = value, name
    _settle_size(values, spelling)
    return values, spelling


def _settle_size(values: dict[str, Any], spelling: dict[str, str]) -> None:
    """Lay `size` over `width` and `height`, which must agree with it where they are given."""
    size = values.pop("size", None)
    if size is None:
        spelling["size"] = "width"
        return
    for name, side in zip(("width", "height"), size, strict=True):
        if values.get(name, side) != side:
            raise InvalidParameter("size", f"contradicts {name}: give one of them")
        values[name] = side
        spelling.setdefault(name, "size")


def _draft(values: dict[str, Any], dialect: str) -> Draft:
    seconds: Decimal | None = values.get("seconds")
    return Draft(
        dialect=dialect,
        model=values["model"],
        prompt=values.get("prompt"),
        seconds=seconds,
        width=values.get("width"),
        height=values.get("height"),
        fps=values.get("fps"),
        seed=values.get("seed"),
        n=values.get("n"),
        picture=values.get("image"),
        response_format=values.get("response_format"),
        user=values.get("user"),
        extras={name: values[name] for name in sorted(EXTRAS & values.keys())},
        metadata=values.get("metadata", {}),
    )
