"""Fields to a draft: every vocabulary, their conflicts, and the caller's own spellings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import Headers

from filmgate.api import given, sizes
from filmgate.api.dialects.choice import DIALECTS, FIRST, of_create
from filmgate.api.fields import EXTRAS, FIELDS, field_of
from filmgate.api.forms import Fields, is_said
from filmgate.domain.card import Card, Catalogue
from filmgate.domain.draft import Draft, FileRef
from filmgate.domain.source import Verb
from filmgate.errors import (
    BadRequest,
    ImageFetchFailed,
    InvalidImage,
    InvalidParameter,
    InvalidVideo,
    MissingParameter,
    SettingsError,
)


@dataclass(frozen=True, slots=True)
class Follow:
    """What a route says of the video that is followed: how, and which, if its path names it."""

    verb: Verb
    video_id: str | None = None


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
        if isinstance(error, InvalidVideo):
            param = "source"
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

    def read(self, fields: Fields, headers: Headers, follow: Follow | None = None) -> Reading:
        """The draft that the fields of a body ask for.

        What follows a video and does not say so is of that video's model and vocabulary: its draft
        leaves them open.

        Raises:
            BadRequest: a field is unknown, of the wrong kind, or contradicts another.
        """
        said = {name: value for name, value in fields.items() if is_said(value)}
        used = {name: field for name in said if (field := field_of(name))}
        ignored = given.pass_over_unknown(said, FIELDS, self.unknown)
        values, spelling = _read_values(said, used)
        verb, source = _settle_source(values, spelling, follow)
        named = values.get("model")
        card = self.catalogue.get(named) if named else None
        said_in = of_create(headers, used.values(), card.dialect if card else None)
        dialect = said_in or FIRST
        card = card or self.catalogue.get(self.default_models[dialect.name])
        _settle_size(values, spelling, card)
        if isinstance(source, str):
            draft = _draft(values, said_in.name if said_in else "", named or "")
        else:
            draft = _draft(values, dialect.name, named or self.default_models[dialect.name])
        return Reading(replace(draft, verb=verb, source=source), spelling, ignored)


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


def _settle_source(
    values: dict[str, Any], spelling: dict[str, str], follow: Follow | None
) -> tuple[Verb | None, str | bytes | FileRef | None]:
    """What a draft follows, and how: as the route says, or as a remix that a create asks for."""
    source, remixed = values.pop("source", None), values.pop("remixed_from", None)
    if follow is None:
        if source is not None:
            raise InvalidParameter(spelling["source"], f"cannot be used here: {_FOLLOWS}")
        spelling["source"] = spelling.get("remixed_from", "")
        return (Verb.REMIX, remixed) if remixed else (None, None)
    spelling.setdefault("source", "video_id" if follow.video_id else "video")
    named = [one for one in (follow.video_id, source, remixed) if one is not None]
    if not named:
        raise MissingParameter("Missing required parameter: 'video'", param="video")
    if any(one != named[0] for one in named):
        raise InvalidParameter(spelling["source"], "contradicts another word of which is meant")
    if follow.verb is Verb.REMIX and not isinstance(named[0], str):
        raise InvalidParameter(
            spelling["source"], f"must name one of your videos; a film: {_FOLLOWS}"
        )
    return follow.verb, named[0]


_FOLLOWS = "send it to POST /v1/videos/edits or /v1/videos/extensions"


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


def _draft(values: dict[str, Any], dialect: str, model: str) -> Draft:
    return Draft(
        dialect=dialect,
        model=model,
        prompt=values.get("prompt"),
        seconds=values.get("seconds"),
        width=values.get("width"),
        height=values.get("height"),
        fps=values.get("fps"),
        seed=values.get("seed"),
        n=values.get("n"),
        picture=values.get("image"),
        characters=values.get("characters", ()),
        response_format=values.get("response_format"),
        user=values.get("user"),
        extras={name: values[name] for name in sorted(EXTRAS & values.keys())},
        metadata=values.get("metadata", {}),
    )
