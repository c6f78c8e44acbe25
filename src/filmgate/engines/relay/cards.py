"""The cards that a relay brings along, and the first look at its options."""

from collections.abc import Mapping
from typing import Any

from filmgate.engines.relay.options import RelayOptions
from filmgate.validation import read_options


def cards(options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """No cards of its own yet: an operator writes those of his upstreams.

    Raises:
        SettingsError: an option is wrong.
    """
    read_options(RelayOptions, options)
    return {}
