"""Fields to a draft: every vocabulary, their conflicts, and the caller's own spellings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers

from filmgate.api import given, sizes
from filmgate.api.dialects.choice import DIALECTS, of_create
from filmgate.api.fields import EXTRAS, FIELDS, Schema, field_of
from filmgate.api.forms import Fields, is_said
from filmgate.domain.card import Card, Catalogue
from filmgate.domain.draft import Draft
from filmgate.errors import (
    BadRequest,
    ImageFetchFailed,
    InvalidImage,
    InvalidParameter,
    SettingsError,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, how the caller spelled its fields, and which fields nothing here knows."""

    draft: Draft
    spelling: Mapping[str, str]
    ignored: Sequence[str] = ()

    def respell(self, error: BadRequest) -> BadRequest:
        """The same error in the caller's own spelling of the field."""
        about_picture = isinstance(error, InvalidImage | ImageFetchFailed)
        param = "image" if about_picture else error.param
        name = self.spelling.get(param or "", param)
        if name == error.param:
            return error
        if isinstance(error, InvalidParameter):
            return error.with_spelling(name or "")
        return type(error)(error.message, param=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReader:
    """Reads create requests for one server."""

    catalogue: Catalogue
    default_models: Mapping[str, str]
    unknown: given.Unknown

    def read(self, fields: Fields, headers: Headers) -> Reading:
        """The draft that the fields of a body ask for.

        Raises:
            BadRequest: a field is unknown, of the wrong kind, or contradicts another.
        """
        said = {name: value for name, value in fields.items() if is_said(value)}
        used = {name: field for name in said if (field := field_of(name))}
        ignored = given.pass_over_unknown(said, FIELDS, self.unknown)
        values, spelling = _read_values(said, used)
        named = values.get("model")
        card = self.catalogue.get(named) if named else None
        dialect = of_create(headers, used.values(), card.dialect if card else None)
        card = card or self.catalogue.get(self.default_models[dialect.name])
        values["model"] = named or self.default_models[dialect.name]
        _settle_size(values, spelling, card)
        return Reading(_draft(values, dialect.name), spelling, ignored)


def reader_of(
    catalogue: Catalogue, default_models: Mapping[str, str], *, unknown: given.Unknown = "near"
) -> DraftReader:
    """What reads create requests by these cards and defaults.

    Raises:
        SettingsError: a card or a default speaks a vocabulary that is not there.
    """
    for name in default_models:
        _check_dialect(f"default_model.{name}", name)
    for card in catalogue:
        _check_dialect(f"cards.{card.id}.dialect", card.dialect)
    first = next(iter(catalogue), None)
    own = {dialect.name: dialect.default_model for dialect in DIALECTS.values()}
    if first is not None:  # a vocabulary's own default may not be offered here
        own = {name: model if model in catalogue else first.id for name, model in own.items()}
    return DraftReader(
        catalogue=catalogue, default_models={**own, **default_models}, unknown=unknown
    )


def _check_dialect(setting: str, name: str | None) -> None:
    if name is not None and name not in DIALECTS:
        known = ", ".join(sorted(DIALECTS))
        raise SettingsError(f"{setting}: there is no vocabulary {name!r}; known: {known}")


def _read_values(said: Fields, used: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values by what they mean, and how each was spelled."""
    values: dict[str, Any] = {}
    spelling: dict[str, str] = {}
    for name, field in used.items():
        meaning = FIELDS[field].meaning
        value = FIELDS[field].reader(name, said[name])
        if value is None:
            continue
        if meaning in values and values[meaning] != value:
            other = spelling[meaning]
            raise InvalidParameter(name, f"contradicts {other}: give one of them")
        values[meaning], spelling[meaning] = value, name
    return values, spelling


def _settle_size(values: dict[str, Any], spelling: dict[str, str], card: Card) -> None:
    """Lay `size`, or words for one, over `width` and `height`; they must agree where both are."""
    size = values.pop("size", None)
    words = {word: values.pop(word) for word in sizes.WORDS if word in values}
    width, height = values.get("width"), values.get("height")
    in_pixels = size or (width and height and (width, height))
    if words and in_pixels:
        sizes.refuse_contradiction(words, in_pixels, spelling)
    elif words and width is None and height is None:
        size = sizes.size_of_words(words, card.sizes, spelling)
        spelling["size"] = next(spelling[word] for word in words)
    if size is None:
        spelling["size"] = "width"
        return
    for name, side in zip(("width", "height"), size, strict=True):
        if values.get(name, side) != side:
            raise InvalidParameter("size", f"contradicts {name}: give one of them")
        values[name] = side
        spelling.setdefault(name, spelling["size"])


def _draft(values: dict[str, Any], dialect: str) -> Draft:
    return Draft(
        dialect=dialect,
        model=values["model"],
        prompt=values.get("prompt"),
        seconds=values.get("seconds"),
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
