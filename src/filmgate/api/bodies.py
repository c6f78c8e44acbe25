"""What the OpenAPI document says of bodies that ask for videos, by kind of body."""

from collections.abc import Mapping
from typing import Any

from filmgate.api.examples import VIDEO_ID
from filmgate.api.fields import FIELDS, Schema

_FILE: Schema = {"type": "string", "format": "binary"}
_CAT = "An orange cat dozes in the sun"


def _schema(title: str, names: Mapping[str, Schema], *required: str) -> Schema:
    schema: Schema = {"type": "object", "title": title, "properties": dict(names)}
    return schema | ({"required": list(required)} if required else {})


def _bodies(
    schema: Schema, examples: Mapping[str, Any], files: tuple[str, ...] = ()
) -> dict[str, Schema]:
    """The same for each kind; files come in multipart bodies alone, as what names one does."""
    named = schema["properties"]
    either = {name: {"anyOf": [_FILE, named[name]]} for name in files}
    with_files = {**schema, "properties": named | either}
    return {
        "application/json": {"schema": schema, "examples": dict(examples)},
        "multipart/form-data": {"schema": with_files, "examples": dict(examples)},
        "application/x-www-form-urlencoded": {"schema": schema, "examples": dict(examples)},
    }


def _fields(*but: str) -> dict[str, Schema]:
    """Every field of a create, but those that mean one of these."""
    return {name: field.schema for name, field in FIELDS.items() if field.meaning not in but}


def _example(summary: str, **value: Any) -> dict[str, Any]:
    return {"summary": summary, "value": value}


CREATE_BODY = _bodies(
    _schema("CreateVideo", _fields("source")),
    {
        "openai": _example(
            "In the official words", model="sora-2", prompt=_CAT, seconds="4", size="1280x720"
        ),
        "sora": _example(
            "In the words of sora-1.0",
            model="sora-1.0",
            prompt="一只可爱的橘猫在阳光下打瞌睡,微风吹动它的毛发",
            duration=10,
            width=1920,
            height=1080,
            fps=30,
            n=1,
        ),
    },
    ("image", "input_reference"),
)
REMIX_BODY = _bodies(
    _schema("RemixVideo", _fields("source", "remixed_from"), "prompt"),
    {"remix": _example("Other words for the same scene", prompt=f"{_CAT}, at night, in snow")},
    ("image", "input_reference"),
)
REMIX_NAMED_BODY = _bodies(
    _schema("RemixNamedVideo", _fields("remixed_from"), "prompt"),
    {"remix": _example("By its id", video_id=VIDEO_ID, prompt=f"{_CAT}, at night, in snow")},
    ("image", "input_reference"),
)
_OF_A_FILM = ("remixed_from", "image", "size", "width", "height", "fps")
"""What an edit and an extension have from the film that they follow."""
EDIT_BODY = _bodies(
    _schema("EditVideo", _fields("seconds", *_OF_A_FILM), "prompt"),
    {"edit": _example("Change a film", video={"id": VIDEO_ID}, prompt="Make it dusk")},
    ("video",),
)
EXTEND_BODY = _bodies(
    _schema("ExtendVideo", _fields(*_OF_A_FILM), "prompt", "seconds"),
    {
        "extend": _example(
            "Go on for 8 s", video={"id": VIDEO_ID}, prompt="The cat walks away", seconds="8"
        )
    },
    ("video",),
)
