"""The cards that a relay brings along, and what cards may promise of its upstreams."""

from collections.abc import Mapping
from typing import Any

from filmgate.domain.card import Card
from filmgate.domain.source import Verb
from filmgate.engines.relay.offers import find_offer
from filmgate.engines.relay.options import RelayOptions, UpstreamOptions
from filmgate.engines.relay.videos_api.flavours import FLAVOURS
from filmgate.validation import read_options


def cards(options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A card for each model of ours whose upstream's model is known; of several the first's.

    Raises:
        SettingsError: an option is wrong.
    """
    found: dict[str, dict[str, Any]] = {}
    for upstream in read_options(RelayOptions, options).upstreams.values():
        for ours, theirs in upstream.models.items():
            if offer := find_offer(upstream.kind, theirs):
                found.setdefault(ours, dict(offer.card))
    return found


def able(options: Mapping[str, Any], card: Card) -> frozenset[str]:
    """What every upstream of a card's model can do: whichever made a film must go on with it.

    A remix is ordered anew where there is none. An extension is composed where a film can begin
    with the last frame of another.
    """
    relay = read_options(RelayOptions, options)
    serving = [one for one in relay.upstreams.values() if card.id in one.models]
    ables = [_follows(one) for one in serving]
    shared = frozenset.intersection(*ables) if ables else frozenset[str]()
    return shared | {Verb.REMIX} | ({Verb.EXTEND} if serving and card.picture != "none" else set())


def _follows(upstream: UpstreamOptions) -> frozenset[str]:
    known = FLAVOURS.get(upstream.kind)
    return frozenset(upstream.settings.get("can", ())) | (known.follows if known else frozenset())
