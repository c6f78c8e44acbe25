"""The landing page: what runs here, and how to make a first request."""

import re
from decimal import Decimal
from html import escape
from string import Template

from filmgate import __version__
from filmgate.domain.card import Card, Catalogue, Rates, Seconds, Sizes
from filmgate.web.assets import template

# a Host header that can stand in a shell command; whatever else it may be is not shown
_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?", re.ASCII)
_UNKNOWN_HOST = "localhost"
_PROMPT = "An orange cat dozes in the sun"


class Landing:
    """Writes the page. Only the address differs from reader to reader."""

    def __init__(self, catalogue: Catalogue, public_url: str | None) -> None:
        self._public_url = public_url
        cards = list(catalogue)
        self._template = Template(template("landing.html"))
        self._fixed = {
            "version": escape(__version__),
            "models": "\n".join(_row(card) for card in cards),
            "model": escape(cards[0].id),
            "prompt": _PROMPT,
            "seconds": _number(cards[0].seconds.default),
            "size": cards[0].sizes.default,
        }

    def page(self, scheme: str, host: str) -> str:
        """The page for somebody who reaches us at `host`."""
        shown = host if _HOST.fullmatch(host) else _UNKNOWN_HOST
        url = self._public_url or f"{scheme}://{shown}"
        return self._template.substitute(self._fixed, url=escape(url.rstrip("/")))


def _row(card: Card) -> str:
    cells = (
        ("Length", lengths(card.seconds)),
        ("Size", sizes(card.sizes)),
        ("Frames a second", rates(card.fps)),
        ("Engine", f"<code>{escape(card.engine)}</code>"),
    )
    shown = "".join(f'<td data-label="{label}">{text}</td>' for label, text in cells)
    return f'<tr><th scope="row">{_name(card)}</th>{shown}</tr>'


def _name(card: Card) -> str:
    aliases = "".join(f"<li><code>{escape(name)}</code></li>" for name in card.aliases)
    also = f'<ul class="aliases" aria-label="Other names">{aliases}</ul>' if aliases else ""
    about = f"<p>{escape(card.description)}</p>" if card.description else ""
    return f"<code>{escape(card.id)}</code>{also}{about}"


def lengths(seconds: Seconds) -> str:
    """The lengths of a card, for a person."""
    if seconds.allowed:
        return ", ".join(_number(value) for value in seconds.allowed) + " s"
    return f"{_number(seconds.min)}–{_number(seconds.max)} s"


def sizes(bounds: Sizes) -> str:
    """The sizes of a card, for a person."""
    if bounds.allowed:
        return ", ".join(_size(text) for text in bounds.allowed)
    short, rest = divmod(bounds.max_pixels, bounds.max_side)
    largest = f"{bounds.max_pixels} pixels" if rest else _size(f"{bounds.max_side}x{short}")
    sides = f"{bounds.min_side}–{bounds.max_side} px a side, even"
    return f"{sides}, at most {largest} in either orientation"


def rates(bounds: Rates) -> str:
    """The frame rates of a card, for a person."""
    return f"{bounds.min}–{bounds.max}"


def _size(text: str) -> str:
    return f'<span class="size">{escape(text).replace("x", "×")}</span>'


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
