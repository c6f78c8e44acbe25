"""An order → the fields of a create, in the words and the encoding of a flavour."""

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from filmgate.domain.shape import Shape
from filmgate.engines.relay.upstream import Order
from filmgate.engines.relay.videos_api.flavours import Finding, Flavour

TAG_SIGN = "#"
"""Between the model's name and our tag, where the tag travels in it."""


def write_create(order: Order, flavour: Flavour, native_fps: int | None = None) -> dict[str, Any]:
    """The keyword arguments of a POST: `json`, or `data` and `files`."""
    fields = _WORDS[flavour.words](order, flavour) | _common(order, flavour, native_fps)
    return (
        _as_json(fields, order, flavour) if flavour.encoding == "json" else _as_parts(fields, order)
    )


def spell_model(order: Order, flavour: Flavour) -> str:
    """The model as it is sent, which is how its list may show it."""
    tagged = flavour.finding is Finding.MODEL
    return f"{order.model}{TAG_SIGN}{order.tag}" if tagged else order.model


def facts_of(order: Order, flavour: Flavour, native_fps: int | None = None) -> dict[str, Any]:
    """What a list may show of the order."""
    sent = _common_fields(order, flavour, native_fps)
    numbers = {name: sent[name] for name in ("fps", "num_frames")}
    return {"prompt": order.prompt, "size": order.shape.size} | numbers


def _common(order: Order, flavour: Flavour, native_fps: int | None) -> dict[str, Any]:
    known = _common_fields(order, flavour, native_fps)
    fields = {name: value for name, value in known.items() if name in flavour.fields}
    return fields | _extras(order.extras, flavour)


def _common_fields(order: Order, flavour: Flavour, native_fps: int | None) -> dict[str, Any]:
    fps = native_fps or order.shape.fps
    return {
        "model": spell_model(order, flavour),
        "fps": fps,
        "num_frames": round(order.shape.seconds * fps),
        "seed": order.seed,
    }


def _extras(extras: Mapping[str, Any], flavour: Flavour) -> dict[str, Any]:
    if flavour.extras == "metadata":
        return {"metadata": dict(extras)} if extras else {}
    return dict(extras) if flavour.extras == "top" else {}


def _openai(order: Order, flavour: Flavour) -> dict[str, Any]:
    """The length is text, but a number for llmgateway."""
    seconds = _seconds(order.shape, flavour)
    counts = flavour.encoding == "json" and flavour.whole_seconds
    return {
        "prompt": order.prompt,
        "seconds": int(seconds) if counts else format(seconds.normalize(), "f"),
        "size": order.shape.size,
    }


def _sora(order: Order, flavour: Flavour) -> dict[str, Any]:
    return {
        "prompt": order.prompt,
        "duration": float(_seconds(order.shape, flavour)),
        "width": order.shape.width,
        "height": order.shape.height,
    }


def _openrouter(order: Order, flavour: Flavour) -> dict[str, Any]:
    return {
        "prompt": order.prompt,
        "duration": int(_seconds(order.shape, flavour)),
        "size": order.shape.size,
    }


_WORDS = {"openai": _openai, "sora": _sora, "openrouter": _openrouter}


def _seconds(shape: Shape, flavour: Flavour) -> Decimal:
    seconds = Decimal(shape.duration_ms) / 1000
    return Decimal(math.ceil(seconds)) if flavour.whole_seconds else seconds


def _as_json(fields: dict[str, Any], order: Order, flavour: Flavour) -> dict[str, Any]:
    if order.picture is not None:
        fields |= _PICTURES.get(flavour.words, _in_image)(order.picture.data_url)
    return {"json": fields}


def _in_image(url: str) -> dict[str, Any]:
    return {"image": url}


def _in_frames(url: str) -> dict[str, Any]:
    first = {"type": "image_url", "image_url": {"url": url}, "frame_type": "first_frame"}
    return {"frame_images": [first]}


_PICTURES = {"openrouter": _in_frames}


def _as_parts(fields: dict[str, Any], order: Order) -> dict[str, Any]:
    """Multipart even without a file: urlencoded forms are not read everywhere."""
    parts: list[tuple[str, Any]] = [(name, (None, _text(fields[name]))) for name in fields]
    if order.picture is not None:
        picture = order.picture
        parts.append(("input_reference", (picture.name, picture.data, picture.media_type)))
    return {"files": parts}


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
