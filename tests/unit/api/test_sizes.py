from typing import Any

import pytest

from filmgate.api.sizes import refuse_contradiction, size_of_words
from filmgate.domain.card import Sizes
from filmgate.errors import InvalidParameter

OPEN = Sizes(default="1280x720")
SET = Sizes(allowed=("720x1280", "1280x720", "1024x1792", "1792x1024"), default="720x1280")
SPELLING = {"aspect_ratio": "ratio", "orientation": "orientation", "resolution": "resolution"}


@pytest.mark.parametrize(
    ("words", "sizes", "size"),
    [
        ({"aspect_ratio": "16:9"}, OPEN, (1280, 720)),
        ({"aspect_ratio": "9:16"}, OPEN, (720, 1280)),
        ({"aspect_ratio": "1:1"}, OPEN, (720, 720)),
        ({"aspect_ratio": "4/3"}, OPEN, (960, 720)),
        ({"aspect_ratio": "auto"}, OPEN, (1280, 720)),
        ({"orientation": "portrait"}, OPEN, (720, 1280)),
        ({"orientation": "square"}, OPEN, (720, 720)),
        ({"resolution": "1080p"}, OPEN, (1920, 1080)),
        ({"resolution": "480p"}, OPEN, (854, 480)),
        ({"resolution": "480"}, OPEN, (854, 480)),
        ({"resolution": "640x360"}, OPEN, (640, 360)),
        ({"resolution": "1080p", "aspect_ratio": "9:16"}, OPEN, (1080, 1920)),
        ({"aspect_ratio": "16:9"}, SET, (1280, 720)),
        ({"aspect_ratio": "portrait"}, OPEN, (720, 1280)),
        ({"aspect_ratio": "Square"}, OPEN, (720, 720)),
        ({"orientation": "9:16"}, SET, (720, 1280)),
        ({"resolution": "1280x720"}, SET, (1280, 720)),
        ({"resolution": "720 * 1280"}, OPEN, (720, 1280)),
        ({"aspect_ratio": "9:16"}, SET, (720, 1280)),
        ({"orientation": "landscape"}, SET, (1280, 720)),
        ({"resolution": "720p"}, SET, (720, 1280)),
        ({"resolution": "1024p", "orientation": "landscape"}, SET, (1792, 1024)),
    ],
)
def test_words_choose_a_size_that_the_card_has(
    words: dict[str, str], sizes: Sizes, size: Any
) -> None:
    assert size_of_words(words, sizes, SPELLING) == size


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ({"aspect_ratio": "1:1"}, SET),
        ({"resolution": "1080p"}, SET),
        ({"resolution": "4k"}, OPEN),
        ({"aspect_ratio": "16:9", "orientation": "portrait"}, OPEN),
        ({"aspect_ratio": "0:9"}, OPEN),
        ({"aspect_ratio": "wide"}, OPEN),
        ({"resolution": "640x360"}, SET),
        ({"resolution": "1280x720", "orientation": "portrait"}, OPEN),
        ({"resolution": "fine"}, OPEN),
    ],
)
def test_words_that_fit_no_size_lead_to_size(words: dict[str, str], sizes: Sizes) -> None:
    with pytest.raises(InvalidParameter, match="size") as caught:
        size_of_words(words, sizes, SPELLING)
    assert caught.value.param in SPELLING.values()


@pytest.mark.parametrize(
    ("words", "agrees"),
    [
        ({"aspect_ratio": "16:9"}, True),
        ({"aspect_ratio": "9:16"}, False),
        ({"resolution": "360p"}, True),
        ({"resolution": "720p"}, False),
        ({"resolution": "640x360"}, True),
        ({"resolution": "360x640"}, False),
        ({"orientation": "landscape"}, True),
        ({"orientation": "square"}, False),
    ],
)
def test_words_beside_a_size_must_agree_with_it(words: dict[str, str], agrees: bool) -> None:
    if agrees:
        refuse_contradiction(words, (640, 360), SPELLING)
        return
    with pytest.raises(InvalidParameter, match="contradicts size"):
        refuse_contradiction(words, (640, 360), SPELLING)
