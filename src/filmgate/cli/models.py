"""`filmgate models`: the cards as a table."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from filmgate import settings
from filmgate.domain.worker import Readiness

_WIDE = 200


async def of_server(url: str, key: str | None) -> list[dict[str, Any]]:
    """The cards that a server lists; one that lists none of ours gives ids alone."""
    from filmgate.cli import client

    async with client.connect(url, key, lambda _: None) as server:
        return [{**(entry.get("card") or {}), **entry} for entry in await server.models()]


def of_settings() -> list[dict[str, Any]]:
    """The cards of this folder's settings; no server is asked how their models are.

    What cannot be read here says so itself.
    """
    return [
        card.model_dump(mode="json", exclude={"trouble"})
        | ({"status": Readiness.FAILED, "reason": card.trouble} if card.trouble else {})
        for card in settings.load().catalogue()
    ]


def show(cards: Iterable[Mapping[str, Any]], *, as_json: bool = False) -> None:
    """Print one row a card, folded to the terminal; unfolded where stdout is none."""
    if as_json:
        print(json.dumps(list(cards), indent=2, ensure_ascii=False))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for name in _CELLS:
        table.add_column(name, overflow="fold")
    for card in cards:
        table.add_row(*(cell(card) for cell in _CELLS.values()))
    console.print(table)


def _model(card: Mapping[str, Any]) -> str:
    aliases = "".join(f"\n  {name}" for name in card.get("aliases") or ())
    return f"[bold]{card['id']}[/bold]{aliases}"


def _seconds(card: Mapping[str, Any]) -> str:
    rule = card.get("seconds")
    if rule is None:
        return ""
    if rule["allowed"]:
        return ", ".join(_number(length) for length in rule["allowed"])
    return f"{_number(rule['min'])} to {_number(rule['max'])}"


def _sizes(card: Mapping[str, Any]) -> str:
    rule = card.get("sizes")
    if rule is None:
        return ""
    if rule["allowed"]:
        return ", ".join(rule["allowed"])
    return f"{rule['min_side']} to {rule['max_side']} a side, even, {_megapixels(rule)}"


def _price(card: Mapping[str, Any]) -> str:
    lines = []
    for tier in card.get("price") or ():
        bound = "" if tier["max_pixels"] is None else f" {_megapixels(tier)}"
        lines.append(_number(tier["usd_per_second"]) + bound)
    return "\n".join(lines)


def _megapixels(rule: Mapping[str, Any]) -> str:
    return f"≤ {rule['max_pixels'] / 1e6:.2f} MP"


def _number(text: object) -> str:
    return f"{float(str(text)):g}"


_CELLS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "model": _model,
    "seconds": _seconds,
    "sizes": _sizes,
    "fps": lambda card: "{min} to {max}".format(**card["fps"]) if card.get("fps") else "",
    "outputs": lambda card: f"1 to {card['max_n']}" if "max_n" in card else "",
    "$ a second": _price,
    "engine": lambda card: str(card.get("engine") or card.get("owned_by") or ""),
    "state": lambda card: ": ".join(str(card[key]) for key in ("status", "reason") if key in card),
}
