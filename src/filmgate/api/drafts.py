"""Fields to a draft: both vocabularies, their conflicts, and the caller's own spellings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from starlette.datastructures import Headers

from filmgate.api import fields
from filmgate.api.body import Fields, Upload
from filmgate.api.dialects.choice import of_create
from filmgate.api.given import unknown_parameter
from filmgate.domain.card import Catalogue, Size, parse_size
from filmgate.domain.draft import MAX_PROMPT, Draft
from filmgate.errors import (
    BadRequest,
    ImageFetchFailed,
    InvalidImage,
    InvalidParameter,
)

Reader = Callable[[str, Any], Any]
Schema = dict[str, Any]

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


_WORD: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_LENGTH: Schema = {"type": ["number", "string"], "description": "length in seconds"}
_PICTURE: Schema = {
    "type": ["string", "object"],
    "description": "first frame: file part, URL, data URL, or base64",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a create request: what it means, how it is read, how it is described."""

    meaning: str
    reader: Reader
    schema: Schema


FIELDS: dict[str, Field] = {
    "model": Field("model", _text(128), _WORD | {"description": "a model of GET /v1/models"}),
    "prompt": Field(
        "prompt",
        _text(MAX_PROMPT),
        _WORD | {"maxLength": MAX_PROMPT, "description": "needed unless a picture is given"},
    ),
    "seconds": Field("seconds", fields.number, _LENGTH),
    "duration": Field("seconds", fields.number, _LENGTH | {"description": "the same as seconds"}),
    "size": Field(
        "size", _size, _WORD | {"description": '"WIDTHxHEIGHT"', "examples": ["1280x720"]}
    ),
    "width": Field(
        "width", fields.integer, _WHOLE | {"description": "with height; the same as size"}
    ),
    "height": Field("height", fields.integer, _WHOLE),
    "fps": Field("fps", fields.integer, _WHOLE | {"description": "frames a second"}),
    "image": Field("image", _picture, _PICTURE),
    "input_reference": Field("image", _picture, _PICTURE | {"description": "the same as image"}),
    "images": Field(
        "image", _picture, {"type": "array", "description": "one entry, the same as image"}
    ),
    "image_reference": Field("image", _picture, _PICTURE | {"description": "the same as image"}),
    "seed": Field("seed", fields.integer, _WHOLE | {"minimum": 0, "maximum": 2**32 - 1}),
    "n": Field(
        "n", fields.integer, _WHOLE | {"minimum": 1, "description": "outputs of this one video"}
    ),
    "response_format": Field(
        "response_format",
        lambda name, value: fields.choice(name, value, RESPONSE_FORMATS),
        _WORD | {"enum": list(RESPONSE_FORMATS)},
    ),
    "user": Field("user", _text(MAX_USER), _WORD | {"maxLength": MAX_USER}),
    "metadata": Field(
        "metadata",
        _metadata,
        {
            "type": "object",
            "description": "labels, and negative_prompt, style, …; at most 16 KiB",
        },
    ),
    "negative_prompt": Field("negative_prompt", _text(MAX_PROMPT), _WORD),
    "guidance_scale": Field("guidance_scale", _scale, {"type": "number"}),
    "num_inference_steps": Field("num_inference_steps", _positive, _WHOLE),
    "num_frames": Field("num_frames", _positive, _WHOLE),
    "quality": Field("quality", _text(64), _WORD),
}
"""Each field of a create request, one row a field."""

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
            if name not in FIELDS and not self.ignore_unknown:
                raise unknown_parameter(name, FIELDS)


def reader_of(
    catalogue: Catalogue, default_models: Mapping[Any, str], *, ignore_unknown: bool = False
) -> DraftReader:
    """What reads create requests by these cards and defaults."""
    return DraftReader(
        catalogue=catalogue,
        default_models={str(name): model for name, model in default_models.items()},
        ignore_unknown=ignore_unknown,
    )


def _values(given: Fields) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    spelling: dict[str, str] = {}
    for name in (name for name in given if name in FIELDS):
        meaning = FIELDS[name].meaning
        value = FIELDS[name].reader(name, given[name])
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


def _body_schema(change: Mapping[str, Schema]) -> Schema:
    described = {name: field.schema for name, field in FIELDS.items()}
    return {"type": "object", "title": "CreateVideo", "properties": described | dict(change)}


_FILE: Schema = {"type": "string", "format": "binary"}
_CAT = "An orange cat dozes in the sun"
_EXAMPLES = {
    "openai": {
        "summary": "In the official words",
        "value": {"model": "sora-2", "prompt": _CAT, "seconds": "4", "size": "1280x720"},
    },
    "sora": {
        "summary": "In the words of sora-1.0",
        "value": {
            "model": "sora-1.0",
            "prompt": "一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
            "duration": 10,
            "width": 1920,
            "height": 1080,
            "fps": 30,
            "n": 1,
        },
    },
}
CREATE_BODY: dict[str, Schema] = {
    "application/json": {"schema": _body_schema({}), "examples": _EXAMPLES},
    "multipart/form-data": {
        "schema": _body_schema({"image": _FILE, "input_reference": _FILE}),
        "examples": _EXAMPLES,
    },
    "application/x-www-form-urlencoded": {"schema": _body_schema({}), "examples": _EXAMPLES},
}
"""What the OpenAPI document says of a create request, by kind of body."""
