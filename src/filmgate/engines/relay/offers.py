"""What hosted models make and cost, as data: `offers.toml`, by upstream kind and model."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from filmgate.domain import money
from filmgate.domain.shape import Shape

_BESIDE = ("send", "without", "source", "seen")
"""What a table says beside its card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One model at one provider.

    `card` is the table of a card, its price the provider's own, as it stood at `source` on `seen`.
    `send` are further fields of its orders, `without` fields that it refuses.
    """

    card: Mapping[str, Any]
    source: str
    seen: date
    send: Mapping[str, Any]
    without: frozenset[str]

    def micros(self, shape: Shape) -> int:
        """What the provider charges for one film, in micro-dollars."""
        for tier in self.card["price"]:
            if shape.pixels <= tier.get("max_pixels", shape.pixels):
                rate = money.micros(Decimal(tier["usd_per_second"]))
                return money.for_duration(rate, shape.duration_ms)
        return 0


def find_offer(kind: str, model: str) -> Offer | None:
    """What is known of a provider's model; None where nothing is."""
    return all_offers().get((kind, model))


@cache
def all_offers() -> dict[tuple[str, str], Offer]:
    """Every offer, by upstream kind and the provider's name of the model."""
    text = resources.files("filmgate.engines.relay").joinpath("offers.toml").read_text("utf-8")
    return {
        (kind, model): _read(table)
        for kind, models in tomllib.loads(text).items()
        for model, table in models.items()
    }


def _read(table: Mapping[str, Any]) -> Offer:
    return Offer(
        card={name: value for name, value in table.items() if name not in _BESIDE},
        source=table["source"],
        seen=table["seen"],
        send=table.get("send", {}),
        without=frozenset(table.get("without", ())),
    )
