"""Hosted models as data: each is a card, with a price that has a source and a date."""

from datetime import date
from decimal import Decimal

import pytest
from tests.unit.engines.relay.relays import upstream

from filmgate.domain.shape import Shape
from filmgate.domain.shelf import read_card
from filmgate.engines.relay.cards import cards
from filmgate.engines.relay.kinds import KINDS
from filmgate.engines.relay.offers import all_offers, find_offer


@pytest.mark.parametrize(("kind", "model"), sorted(all_offers()))
def test_every_offer_is_a_card_with_a_price_that_was_seen_somewhere(kind: str, model: str) -> None:
    offer = all_offers()[kind, model]
    card = read_card("one", {"engine": "relay", **offer.card})
    assert kind in KINDS
    assert offer.source.startswith("https://")
    assert date(2026, 11, 1) <= offer.seen <= date(2100, 1, 1)
    sizes = [tuple(map(int, size.split("x"))) for size in card.sizes.allowed]
    for width, height in sizes:
        shape = card.shape(None, (width, height), None)
        assert card.cost(shape, 1) == offer.micros(shape) > 0


def test_a_relay_brings_the_cards_of_what_its_upstreams_name() -> None:
    table = upstream("https://example.com", "runway", models={"gen": "gen4.5", "own": "unknown"})
    brought = cards({"upstreams": {"r": table}})
    assert list(brought) == ["gen"]
    assert brought["gen"]["price"] == [{"usd_per_second": "0.12"}]


def test_a_larger_frame_costs_what_its_tier_says() -> None:
    offer = find_offer("ark", "doubao-seedance-2-0-260128")
    assert offer is not None
    small = Shape(width=1280, height=720, fps=24, duration_ms=5000)
    large = Shape(width=1920, height=1080, fps=24, duration_ms=5000)
    assert offer.micros(small) == 5 * int(Decimal("0.141943") * 10**6)
    assert offer.micros(large) == 5 * int(Decimal("0.354086") * 10**6)
