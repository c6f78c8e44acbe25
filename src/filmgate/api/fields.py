"""The fields of a create request, one row a field: its sense, its reader, its description."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from filmgate.api import values
from filmgate.api.dialects.choice import DIALECTS
from filmgate.api.forms import Upload, is_said
from filmgate.api.given import plain_name
from filmgate.api.sizes import ORIENTATIONS
from filmgate.domain.card import Size, parse_size
from filmgate.domain.character import MAX_CAST
from filmgate.domain.draft import MAX_PROMPT, FileRef
from filmgate.errors import InvalidParameter

Reader = Callable[[str, Any], Any]
"""Reads one value under the caller's name for it; None when it says nothing."""
Schema = dict[str, Any]

MAX_USER = 512
MAX_METADATA = 16 * 1024
MAX_SEED = 2**32 - 1
RESPONSE_FORMATS = ("url", "b64_json")


def _text(most: int) -> Reader:
    return lambda name, value: values.text(name, value, most=most)


def _word(most: int) -> Reader:
    return lambda name, value: values.text(name, value, most=most).strip()


def _metadata(name: str, value: Any) -> dict[str, Any]:
    found = values.mapping(name, value, most_bytes=MAX_METADATA)
    for key in ("negative_prompt", "style"):
        if found.get(key) is not None:
            values.text(f"{name}.{key}", found[key], most=MAX_PROMPT)
    return {key: value for key, value in found.items() if value is not None}


def _positive(name: str, value: Any) -> int:
    found = values.integer(name, value)
    if found < 1:
        raise InvalidParameter(name, "must be at least 1")
    return found


def _scale(name: str, value: Any) -> float:
    found = values.number(name, value)
    if not 0 <= found <= 1000:
        raise InvalidParameter(name, "must be between 0 and 1000")
    return float(found)


def _seed(name: str, value: Any) -> int | None:
    """-1 means any, as it does elsewhere in this field."""
    found = values.integer(name, value)
    return None if found == -1 else found


def _size(name: str, value: Any) -> Size:
    try:
        return parse_size(values.text(name, value, most=64))
    except InvalidParameter as error:
        raise error.with_spelling(name) from error


def _picture(name: str, value: Any) -> bytes | str | FileRef | None:
    if isinstance(value, str) and value[:64].lstrip()[:1] in ("{", "["):
        value = values.json_text(name, value)
    value = _one_picture(name, value)
    if not is_said(value):
        return None
    if isinstance(value, Upload):
        return value.data
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict) and value.get("file_id"):
        return FileRef(values.text(f"{name}.file_id", value["file_id"], most=64).strip())
    raise InvalidParameter(name, "must be one file, URL, data URL or base64 text")


def _one_picture(name: str, value: Any) -> Any:
    """What is given as a picture, out of a list of one, and out of the objects around it."""
    if isinstance(value, list):
        given = [entry for entry in value if is_said(entry)]
        if len(given) > 1:
            raise InvalidParameter(name, "must be one picture")
        value = given[0] if given else None
    for key in _AROUND_A_PICTURE:
        value = value[key] if isinstance(value, dict) and key in value else value
    said = isinstance(value, dict) and {key for key in value if is_said(value[key])}
    return None if said == set() else value


_AROUND_A_PICTURE = ("image_url", "url", "inline_data", "b64_json", "base64", "data")
"""Keys of the objects that other APIs put around a picture, from the outermost in."""


def read_source(name: str, value: Any) -> str | bytes | FileRef | None:
    """What is made a film from: the id of a video, a film that is sent, or one that is kept."""
    if isinstance(value, str) and value.lstrip()[:1] == "{":
        value = values.json_text(name, value)
    if isinstance(value, Upload):
        return value.data or None
    if isinstance(value, dict) and is_said(value.get("file_id")):
        return FileRef(values.text(f"{name}.file_id", value["file_id"], most=64).strip())
    if isinstance(value, dict):
        value = value.get("id") or value.get("video_id")
    if not is_said(value):
        return None
    return values.text(name, value, most=128).strip()


def _video_id(name: str, value: Any) -> str | None:
    found = read_source(name, value)
    if found is None or isinstance(found, str):
        return found
    raise InvalidParameter(name, "must be the id of one of your videos")


def _characters(name: str, value: Any) -> tuple[str, ...] | None:
    """Ids, each plain or within an object; one may stand without a list."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        value = values.json_text(name, value)
    entries = value if isinstance(value, list) else [value]
    found = [entry.get("id") if isinstance(entry, dict) else entry for entry in entries]
    told = [values.text(name, one, most=64).strip() for one in found if is_said(one)]
    if len(set(told)) > MAX_CAST:
        raise InvalidParameter(name, f"must be at most {MAX_CAST}")
    return tuple(dict.fromkeys(told)) or None


_WORD: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_PICTURE: Schema = {"type": ["string", "object"]}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what it means, how it is read, how it is described."""

    meaning: str
    reader: Reader
    schema: Schema


_OWN: dict[str, Field] = {
    "model": Field("model", _word(128), _WORD | {"description": "a model of GET /v1/models"}),
    "prompt": Field(
        "prompt",
        _text(MAX_PROMPT),
        _WORD | {"maxLength": MAX_PROMPT, "description": "needed unless a picture is given"},
    ),
    "seconds": Field(
        "seconds",
        values.number,
        {"type": ["number", "string"], "description": "length in seconds"},
    ),
    "size": Field(
        "size", _size, _WORD | {"description": '"WIDTHxHEIGHT"', "examples": ["1280x720"]}
    ),
    "width": Field(
        "width", values.integer, _WHOLE | {"description": "with height; the same as size"}
    ),
    "height": Field("height", values.integer, _WHOLE),
    "fps": Field("fps", values.integer, _WHOLE | {"description": "frames a second"}),
    "image": Field(
        "image",
        _picture,
        _PICTURE | {"description": "first frame: file part, URL, data URL, base64, or {file_id}"},
    ),
    "images": Field(
        "image",
        _picture,
        {"type": "array", "items": _PICTURE, "description": "one entry, the same as image"},
    ),
    "seed": Field(
        "seed",
        _seed,
        _WHOLE | {"minimum": -1, "maximum": MAX_SEED, "description": "-1 and unset are any"},
    ),
    "n": Field(
        "n", values.integer, _WHOLE | {"minimum": 1, "description": "outputs of this one video"}
    ),
    "response_format": Field(
        "response_format",
        lambda name, value: values.choice(name, values.trim(value), RESPONSE_FORMATS),
        _WORD | {"enum": list(RESPONSE_FORMATS)},
    ),
    "user": Field("user", _word(MAX_USER), _WORD | {"maxLength": MAX_USER}),
    "metadata": Field(
        "metadata",
        _metadata,
        {
            "type": "object",
            "description": "labels, and negative_prompt, style, …; at most 16 KiB",
        },
    ),
    "remixed_from_video_id": Field(
        "remixed_from", _video_id, _WORD | {"description": "makes it a remix of that video"}
    ),
    "video": Field(
        "source",
        read_source,
        {
            "type": ["object", "string"],
            "description": "`{id}` of your video, an MP4 as a file part, or `{file_id}`",
        },
    ),
    "characters": Field(
        "characters",
        _characters,
        {
            "type": "array",
            "items": {"type": "object", "properties": {"id": {"type": "string"}}},
            "maxItems": MAX_CAST,
            "description": "`{id}` of characters that the prompt names",
        },
    ),
    "negative_prompt": Field("negative_prompt", _text(MAX_PROMPT), _WORD),
    "guidance_scale": Field("guidance_scale", _scale, {"type": "number"}),
    "num_inference_steps": Field("num_inference_steps", _positive, _WHOLE),
    "num_frames": Field("num_frames", _positive, _WHOLE),
    "quality": Field("quality", _word(64), _WORD),
    "aspect_ratio": Field(
        "aspect_ratio",
        _word(32),
        _WORD | {"description": "chooses a size that the model has", "examples": ["16:9"]},
    ),
    "orientation": Field(
        "orientation",
        _word(32),
        _WORD | {"description": "chooses a size", "examples": list(ORIENTATIONS)},
    ),
    "resolution": Field(
        "resolution",
        _word(32),
        _WORD | {"description": "the short side, chooses a size", "examples": ["720p"]},
    ),
}

_NEIGHBOURS = {
    "video_id": "video",
    "model_name": "model",
    "model_id": "model",
    "image_reference": "image",
    "reference_image": "image",
    "image_urls": "image",
    "image_list": "image",
    "input_images": "image",
    "image_url": "image",
    "input_image": "image",
    "first_frame": "image",
    "first_frame_image": "image",
    "start_image": "image",
    "frame_rate": "fps",
    "framerate": "fps",
    "frames_per_second": "fps",
    "n_seconds": "seconds",
    "video_length": "seconds",
    "duration_seconds": "seconds",
    "n_variants": "n",
    "ratio": "aspect_ratio",
    "steps": "num_inference_steps",
    "inference_steps": "num_inference_steps",
    "cfg_scale": "guidance_scale",
}
"""What other servers for video call the same."""

_ELSEWHERE = dict.fromkeys(
    ("webhook_url", "callback_url", "webhook", "callback", "notify_url", "notify_hook"),
    "this server tells of videos at webhook endpoints: make one with POST /v1/webhook_endpoints",
)
"""Names of what is asked for at another place, and where."""


_SPOKEN = {word: sense for d in DIALECTS.values() for word, sense in d.synonyms.items()}
FIELDS = _OWN | {
    word: replace(_OWN[sense], schema={**_OWN[sense].schema, "description": f"the same as {sense}"})
    for word, sense in (_SPOKEN | _NEIGHBOURS).items()
}
"""Every field by every name that it has."""
EXTRAS = frozenset(
    {"negative_prompt", "guidance_scale", "num_inference_steps", "num_frames", "quality"}
)
"""Engine parameters that may stand at the top level."""


_KNOWN = {plain_name(word): word for word in FIELDS}
_MISPLACED = {plain_name(word): why for word, why in _ELSEWHERE.items()}


def field_of(name: str) -> str | None:
    """The field that a name means, however it is written: `aspectRatio` is `aspect_ratio`.

    Raises:
        InvalidParameter: its place is another route.
    """
    plain = plain_name(name)
    if plain in _MISPLACED:
        raise InvalidParameter(name, f"cannot be used: {_MISPLACED[plain]}")
    return _KNOWN.get(plain)
