"""What an order is in the words of hosted providers: ratios, lines, whole seconds."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import Field

from filmgate.domain.shape import Shape
from filmgate.domain.states import Failure
from filmgate.engines.relay.offers import find_offer
from filmgate.engines.relay.options import OptionTable
from filmgate.engines.relay.pictures import FirstFrame, fit_picture
from filmgate.engines.relay.upstream import Order
from filmgate.errors import GenerationFailed, InvalidImage
from filmgate.media.inline import decode_inline
from filmgate.media.pictures import as_seen

_RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21")
_LINES = (360, 480, 540, 720, 1080, 1440, 2160)


class HostedSettings(OptionTable):
    """`settings` of a hosted upstream.

    `send` are further fields of its models. A value may be `{seconds}`, `{width}`, `{height}`,
    `{fps}`, `{frames}`, `{ratio}` (16:9), `{resolution}` (720p), or a text with some of them in
    it, as `{seconds}s`.
    """

    send: dict[str, Any] = Field(default={})


def terms_of(shape: Shape) -> dict[str, Any]:
    """A shape in their words."""
    return {
        "seconds": math.ceil(shape.seconds),
        "width": shape.width,
        "height": shape.height,
        "fps": shape.fps,
        "frames": shape.frames,
        "ratio": nearest_ratio(shape),
        "resolution": f"{nearest_lines(shape)}p",
    }


def fill(send: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """The further fields of an order; a field that is one term alone keeps the term's type."""
    terms = terms_of(order.shape)
    whole = {"{" + name + "}": value for name, value in terms.items()}
    return {
        name: whole.get(value, value.format_map(terms)) if isinstance(value, str) else value
        for name, value in send.items()
    }


def fields_of(kind: str, send: Mapping[str, Any], order: Order) -> dict[str, Any]:
    """The further fields that the shipped offer and the operator name, those of the latter last."""
    offer = find_offer(kind, order.model)
    return fill({**(offer.send if offer else {}), **send}, order)


def last_frame_of(order: Order) -> FirstFrame | None:
    """The picture that the film is to end with, if `last_image` has one: a data URL or base64.

    Raises:
        GenerationFailed: it is none.
    """
    given = order.extras.get("last_image")
    if given is None:
        return None
    try:
        return fit_picture(as_seen(decode_inline(str(given))), order.shape)
    except InvalidImage as error:
        message = f"last_image: {error.message}"
        raise GenerationFailed(message, failure=Failure.INVALID_IMAGE) from error


def last_address_of(order: Order) -> str | None:
    """The address of the picture to end with: one that the provider fetches itself, or a data URL.

    Raises:
        GenerationFailed: it is neither.
    """
    given = str(order.extras.get("last_image") or "")
    if given.startswith("https://"):
        return given
    last = last_frame_of(order)
    return last.data_url if last else None


def refuses(kind: str, model: str, name: str) -> bool:
    """Whether a provider's model is known to refuse a field."""
    offer = find_offer(kind, model)
    return offer is not None and name in offer.without


def nearest_ratio(shape: Shape) -> str:
    """The common ratio that is nearest to the shape's."""

    def distance(ratio: str) -> float:
        width, height = map(int, ratio.split(":"))
        return abs(math.log(Fraction(shape.width * height, shape.height * width)))

    return min(_RATIOS, key=distance)


def nearest_lines(shape: Shape) -> int:
    """The fewest common lines that do not lose any of the shape's."""
    short = min(shape.width, shape.height)
    return next((lines for lines in _LINES if lines >= short), _LINES[-1])
