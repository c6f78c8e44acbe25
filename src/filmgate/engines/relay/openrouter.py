"""OpenRouter's list of video models → cards: what each takes, and what it costs there."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from filmgate.engines.relay.options import UpstreamOptions
from filmgate.engines.relay.wire import Wire

_LINES = re.compile(r"(\d+)p")
_NAMED = {"1K": 1080, "2K": 1440, "4K": 2160}
_PER_SECOND = re.compile(r"duration_seconds(_with_audio|_without_audio)?(?:_(\w+))?")
_CENTS = "cents_per_second_output"


async def ask_cards(upstream: UpstreamOptions) -> dict[str, dict[str, Any]]:
    """Tables of cards by OpenRouter's model ids; of those that say how long and large films are.

    Raises:
        Unreachable: it does not answer, or not to us.
    """
    wire = Wire(upstream.address())
    try:
        reply = await wire.ask("GET", "/videos/models")
        if not reply.good or not isinstance(reply.body, dict):
            raise wire.trouble(reply)
    finally:
        await wire.close()
    found = {str(entry["id"]): read_card(entry) for entry in reply.body.get("data") or []}
    return {model: card for model, card in found.items() if card is not None}


def read_card(entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """The table of a model's card; without a price where it is told in other units."""
    seconds = sorted(entry.get("supported_durations") or [])
    sizes = list(dict.fromkeys(entry.get("supported_sizes") or _sizes(entry)))
    if not seconds or not sizes:
        return None
    frames = entry.get("supported_frame_images") or []
    card = {
        "description": str(entry.get("name") or entry["id"]),
        "owned_by": str(entry["id"]).partition("/")[0],
        "seconds": {"allowed": seconds, "default": seconds[0]},
        "sizes": {"allowed": sizes, "default": "1280x720" if "1280x720" in sizes else sizes[0]},
        "picture": "optional" if "first_frame" in frames else "none",
    }
    price = read_price(entry.get("pricing_skus") or {})
    return card | ({"price": price} if price else {})


def read_price(skus: Mapping[str, str]) -> list[dict[str, Any]]:
    """Tiers of dollars a second, with sound where that is told apart, as sound comes unasked."""
    rates: dict[int | None, Decimal] = {}
    for name, text in skus.items():
        try:
            rate = Decimal(str(text))
        except InvalidOperation:
            continue
        if name == _CENTS:
            rates[None] = rate / 100
        elif (told := _PER_SECOND.fullmatch(name)) and (not told[2] or _lines_of(told[2])):
            pixels = _pixels(_lines_of(told[2])) if told[2] else None
            rates[pixels] = max(rate, rates.get(pixels, rate))
    bounded = sorted((pixels, rate) for pixels, rate in rates.items() if pixels is not None)
    tiers = [{"max_pixels": pixels, "usd_per_second": _text(rate)} for pixels, rate in bounded]
    return tiers + ([{"usd_per_second": _text(rates[None])}] if None in rates else [])


def write_cards(engine: str, cards: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Tables of cards as lines of a `filmgate.toml`."""
    for model, card in cards.items():
        yield f"[cards.{json.dumps(model)}]"
        for name, value in {"engine": engine, **card}.items():
            yield f"{name} = {_toml(value)}"
        if "price" not in card:
            yield "# its price is not told by the second: write one, or it costs nothing"
        yield ""


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _sizes(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every resolution in every ratio, to even sides."""
    for resolution in entry.get("supported_resolutions") or []:
        for ratio in entry.get("supported_aspect_ratios") or []:
            lines, (across, down) = _lines_of(resolution), map(int, ratio.split(":"))
            if lines:
                short, long = lines, 2 * round(lines * max(across, down) / min(across, down) / 2)
                yield f"{long}x{short}" if across >= down else f"{short}x{long}"


def _lines_of(resolution: str) -> int:
    """The shorter side of `720p` or `4K`; 0 of what is neither."""
    told = _LINES.fullmatch(resolution)
    return int(told[1]) if told else _NAMED.get(resolution.upper(), 0)


def _pixels(lines: int) -> int:
    """How many pixels a frame of so many lines has at most, in 16:9."""
    return 2 * round(lines * 16 / 9 / 2) * lines


def _text(rate: Decimal) -> str:
    return format(rate.quantize(Decimal("0.000001")).normalize(), "f")
