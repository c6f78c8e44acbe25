"""An order → the fields of a create, in the words and the encoding of a flavour."""

import json
import math
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from filmgate.domain.source import Verb
from filmgate.engines.relay.upstream import Following, Order
from filmgate.engines.relay.videos_api.flavours import Flavour, WayBack

TAG_SIGN = "#"
"""Between the model's name and our tag, where the tag travels in it."""


def write_create(order: Order, flavour: Flavour, native_fps: int | None = None) -> dict[str, Any]:
    """The keyword arguments of a POST: `json`, or `files`.

    Multipart even without a file: urlencoded forms are not read everywhere.
    """
    values = values_of(order, flavour, native_fps)
    fields = {"prompt": order.prompt, **measures_of(order, flavour)}
    fields |= {name: value for name, value in values.items() if name in flavour.fields}
    if flavour.extras == "top":
        fields |= order.extras
    elif flavour.extras == "metadata" and order.extras:
        fields["metadata"] = dict(order.extras)
    fields |= bell_of(order, flavour)
    picture = order.picture
    if flavour.encoding == "json":
        return {"json": fields | (picture_of(picture.data_url, flavour) if picture else {})}
    texts = {n: v if isinstance(v, str) else json.dumps(v) for n, v in fields.items()}
    parts: list[Any] = [(name, (None, text)) for name, text in texts.items()]
    if picture is not None:
        parts.append(("input_reference", (picture.name, picture.data, picture.media_type)))
    return {"files": parts}


def write_following(
    order: Order, follow: Following, flavour: Flavour
) -> tuple[str, dict[str, Any]]:
    """The path, and the fields as JSON, of an order that is made from another job."""
    fields: dict[str, Any] = {"prompt": order.prompt, **bell_of(order, flavour)}
    if flavour.retells:
        fields |= {"model": order.model, "seed": order.seed}
        fields |= {"metadata": dict(order.extras)} if order.extras else {}
    if follow.verb is Verb.REMIX:
        fields |= _remix_fields(order) if flavour.retells else {}
        return f"/videos/{quote(follow.job, safe='')}/remix", fields
    fields["video"] = {"id": follow.job}
    if follow.verb is Verb.EDIT:
        return "/videos/edits", fields
    return "/videos/extensions", fields | {"seconds": measures_of(order, flavour)["seconds"]}


def _remix_fields(order: Order) -> dict[str, Any]:
    """What of a remix may be another than it was: measures, and the first frame."""
    shape, picture = order.shape, order.picture
    fields = {"seconds": float(shape.seconds), "size": shape.size, "fps": shape.fps}
    return fields | ({"image": picture.data_url} if picture else {})


def spell_model(order: Order, flavour: Flavour) -> str:
    """The model as it is sent, which is how its list may show it."""
    tagged = flavour.finding is WayBack.MODEL
    return f"{order.model}{TAG_SIGN}{order.tag}" if tagged else order.model


def facts_of(order: Order, flavour: Flavour, native_fps: int | None = None) -> dict[str, Any]:
    """What a list may show of the order."""
    values = values_of(order, flavour, native_fps)
    numbers = {name: values[name] for name in ("fps", "num_frames")}
    return {"prompt": order.prompt, "size": order.shape.size} | numbers


def values_of(order: Order, flavour: Flavour, native_fps: int | None) -> dict[str, Any]:
    """What a flavour may read beside prompt, length and size."""
    fps = native_fps or order.shape.fps
    return {
        "model": spell_model(order, flavour),
        "fps": fps,
        "num_frames": round(order.shape.seconds * fps),
        "seed": order.seed,
    }


def measures_of(order: Order, flavour: Flavour) -> dict[str, Any]:
    """Length and size in the flavour's words. openai's length is text; llmgateway's a number."""
    shape = order.shape
    seconds = Decimal(shape.duration_ms) / 1000
    if flavour.whole_seconds:
        seconds = Decimal(math.ceil(seconds))
    match flavour.words:
        case "sora":
            return {"duration": float(seconds), "width": shape.width, "height": shape.height}
        case "openrouter":
            return {"duration": int(seconds), "size": shape.size}
        case "openai":
            number = flavour.encoding == "json" and flavour.whole_seconds
            text = int(seconds) if number else format(seconds.normalize(), "f")
            return {"seconds": text, "size": shape.size}


def bell_of(order: Order, flavour: Flavour) -> dict[str, str]:
    """Where to ring. llmgateway signs its ring by a secret; ours is in the address."""
    if order.callback is None or flavour.callback is None:
        return {}
    rings = {flavour.callback: order.callback}
    secret = order.callback.rpartition("/")[2]
    return rings | ({"callback_secret": secret} if flavour.signs_callbacks else {})


def picture_of(url: str, flavour: Flavour) -> dict[str, Any]:
    """The first frame in a JSON body."""
    if flavour.words != "openrouter":
        return {"image": url}
    first = {"type": "image_url", "image_url": {"url": url}, "frame_type": "first_frame"}
    return {"frame_images": [first]}
