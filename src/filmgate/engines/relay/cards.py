"""The cards that a relay brings along: those of hosted models that its upstreams name."""

from collections.abc import Mapping
from typing import Any

from filmgate.engines.relay.offers import find_offer
from filmgate.engines.relay.options import RelayOptions
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
