"""An operator's tables laid over those of cards that come along."""

from typing import Any

import pytest

from filmgate.domain.shelf import lay_over

BROUGHT: dict[str, Any] = {
    "wan": {
        "seconds": {"allowed": [5], "default": 5},
        "sizes": {"allowed": ["1280x720"], "default": "1280x720"},
    }
}


@pytest.mark.parametrize(
    ("own", "laid"),
    [
        ({"seconds": {"min": 1, "max": 8}}, {"seconds": {"default": 5, "min": 1, "max": 8}}),
        ({"seconds": {"default": 4}}, {"seconds": {"allowed": [5], "default": 4}}),
        (
            {"seconds": {"min": 1, "allowed": [4, 8], "default": 4}},
            {"seconds": {"min": 1, "allowed": [4, 8], "default": 4}},
        ),
        ({"sizes": {"max_side": 640}}, {"sizes": {"default": "1280x720", "max_side": 640}}),
        ({"max_n": 1}, {"max_n": 1}),
    ],
)
def test_bounds_put_aside_the_set_that_came_along(own: dict[str, Any], laid: Any) -> None:
    assert lay_over(BROUGHT, {"wan": own}) == {"wan": BROUGHT["wan"] | laid}
    assert BROUGHT["wan"]["seconds"]["allowed"] == [5], "what is shipped stays as it is"


def test_a_card_of_the_operators_own_stands_as_it_is() -> None:
    own = {"mine": {"seconds": {"min": 1, "max": 2, "default": 1}}}
    assert lay_over(BROUGHT, own) == BROUGHT | own
