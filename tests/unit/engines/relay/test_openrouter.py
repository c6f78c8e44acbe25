"""OpenRouter's list of models becomes cards that a `filmgate.toml` can hold."""

import tomllib
from typing import Any

import pytest
from tests.unit.engines.relay.relays import upstream

from filmgate.domain.shelf import read_card as check_card
from filmgate.engines.relay.openrouter import ask_cards, read_card, read_price, write_cards
from filmgate.engines.relay.options import UpstreamOptions
from filmgate.engines.relay.upstream import Unreachable
from filmgate.testing.upstream.listener import Received, Sent, listening

VEO = {
    "id": "google/veo-3.1",
    "name": 'Google: "Veo" 3.1',
    "supported_durations": [8, 4, 6],
    "supported_resolutions": ["720p", "1080p"],
    "supported_aspect_ratios": ["16:9", "9:16"],
    "supported_sizes": None,
    "supported_frame_images": ["first_frame", "last_frame"],
    "pricing_skus": {
        "duration_seconds_without_audio_720p": "0.20",
        "duration_seconds_with_audio_720p": "0.40",
        "duration_seconds_with_audio_4K": "0.60",
    },
}
LIST = {"data": [VEO, {"id": "x/edits", "name": "Edits", "supported_durations": None}]}


async def asked(status: int, body: Any) -> tuple[dict[str, dict[str, Any]], list[Received]]:
    seen: list[Received] = []

    async def answer(received: Received) -> Sent:
        seen.append(received)
        return Sent(status=status, body=body)

    async with listening(answer) as url:
        table = upstream(f"{url}/v1", "openrouter")
        return await ask_cards(UpstreamOptions.model_validate(table)), seen


async def test_a_model_becomes_a_card() -> None:
    cards, (request,) = await asked(200, LIST)
    assert (request.method, request.path) == ("GET", "/v1/videos/models")
    assert list(cards) == ["google/veo-3.1"], "what tells no length makes no films from words"
    text = "\n".join(write_cards("relay", cards))
    card = check_card("google/veo-3.1", tomllib.loads(text)["cards"]["google/veo-3.1"])
    assert card.sizes.allowed == ("1280x720", "720x1280", "1920x1080", "1080x1920")
    assert card.seconds.default == 4
    assert card.picture == "optional"
    assert card.cost(card.shape(None, None, None), 1) == 4 * 400_000


async def test_a_refusal_is_said() -> None:
    with pytest.raises(Unreachable, match="it answered 401: no"):
        await asked(401, {"error": {"message": "no"}})


@pytest.mark.parametrize(
    ("skus", "price"),
    [
        ({"cents_per_second_output": "12"}, [{"usd_per_second": "0.12"}]),
        ({"duration_seconds": "0.1"}, [{"usd_per_second": "0.1"}]),
        ({"video_tokens": "0.000007"}, []),
        ({"duration_seconds": "much"}, []),
        (
            {"duration_seconds_1080p": "0.12", "duration_seconds_720p": "0.1"},
            [
                {"max_pixels": 921600, "usd_per_second": "0.1"},
                {"max_pixels": 2073600, "usd_per_second": "0.12"},
            ],
        ),
    ],
)
def test_prices_by_the_second(skus: dict[str, str], price: list[dict[str, Any]]) -> None:
    assert read_price(skus) == price


def test_a_price_in_other_units_is_left_to_the_operator() -> None:
    card = read_card(VEO | {"pricing_skus": {"video_tokens": "0.000007"}})
    assert card is not None
    assert "price" not in card
    assert "# its price is not told" in "\n".join(write_cards("relay", {"v": card}))
