"""The cards that come with the package, and how a card is read from a table."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from pydantic import ValidationError

from filmgate.domain.card import Card
from filmgate.errors import SettingsError
from filmgate.validation import complaints


def shipped_cards() -> dict[str, Any]:
    """The tables of the cards that come with the package."""
    text = resources.files("filmgate.domain").joinpath("cards.toml").read_text("utf-8")
    cards: dict[str, Any] = tomllib.loads(text)["cards"]
    return cards


def read_card(name: str, table: Mapping[str, Any]) -> Card:
    """The card of a table.

    Raises:
        SettingsError: it is wrong.
    """
    try:
        return Card.model_validate({"id": name, **table})
    except ValidationError as error:
        raise SettingsError("\n".join(complaints(error, f"cards.{name}."))) from error
