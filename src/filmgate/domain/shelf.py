"""The cards that come with the package, and how a card is read from a table."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from pydantic import ValidationError

from filmgate.domain.card import Card, merge_tables
from filmgate.errors import SettingsError
from filmgate.validation import complaints


def shipped_cards() -> dict[str, Any]:
    """The tables of the cards that come with the package."""
    text = resources.files("filmgate.domain").joinpath("cards.toml").read_text("utf-8")
    cards: dict[str, Any] = tomllib.loads(text)["cards"]
    return cards


def lay_over(brought: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Tables of cards with the operator's laid over them.

    Who writes bounds means these: a set that came along for the same measure is put aside.
    """
    base = dict(brought)
    for name in base.keys() & own.keys():
        for part, bounds in _BOUNDS.items():
            asked = own[name].get(part)
            if isinstance(asked, Mapping) and bounds & asked.keys() and part in base[name]:
                kept = {key: base[name][part][key] for key in base[name][part] if key != "allowed"}
                base[name] = {**base[name], part: kept}
    return merge_tables(base, own)


_BOUNDS = {
    "seconds": {"min", "max"},
    "sizes": {"min_side", "max_side", "max_pixels"},
}
"""What of a measure takes the place of a set, where no set is given beside."""


def read_card(name: str, table: Mapping[str, Any]) -> Card:
    """The card of a table.

    Raises:
        SettingsError: it is wrong.
    """
    try:
        return Card.model_validate({"id": name, **table})
    except ValidationError as error:
        raise SettingsError("\n".join(complaints(error, f"cards.{name}."))) from error
