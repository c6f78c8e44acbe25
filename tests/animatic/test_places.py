"""Places, weather and light: there are enough, each has its words, each obeys the hour."""

from functools import cache

import pytest
from tests.animatic.shots import Pixels, changed, difference, frame, scene

from animatic.film import places, weathers
from animatic.lexicon import lexicon
from animatic.light import HOURS
from animatic.scene import ABSTRACT

BEYOND = {"space", "moon", "stage"}
"""Where the hour changes nothing: no air, or spotlights."""

UNREAL = {name for name in places() if name.startswith(ABSTRACT)}
"""Where words lead that name nothing: no hour, and no words of their own."""


@cache
def place(
    setting: str, *, hour: str = "day", seconds: float = 1.0, seed: int = 5, weather: str = ""
) -> Pixels:
    """A frame of a place, seen by a camera that stands still."""
    there = changed(
        scene("", seed=seed),
        setting=setting,
        hour=hour,
        camera="static",
        weather={weather: 1.0} if weather else {},
    )
    return frame(there, seconds)


def test_there_are_enough() -> None:
    lex = lexicon()
    assert len(lex.names("setting")) >= 25
    assert len(lex.names("weather")) >= 12
    assert len(lex.names("hour")) >= 12
    assert set(lex.names("setting")) == set(places()) - UNREAL
    assert set(lex.names("hour")) | {"sunny"} == set(HOURS)
    assert set(lex.names("weather")) == set(weathers())


@pytest.mark.parametrize("kind", ["setting", "weather", "hour"])
def test_each_has_words_in_both_languages(kind: str) -> None:
    lex = lexicon()
    for table in (lex.english, lex.chinese):
        named = {s.entry.name for s in table.values() if s.entry.kind == kind}
        assert named == set(lex.names(kind))


@pytest.mark.parametrize("name", sorted(set(places()) - BEYOND - UNREAL))
def test_the_hour_is_seen(name: str) -> None:
    assert difference(place(name), place(name, hour="night")) > 4


@pytest.mark.parametrize("name", sorted(places()))
def test_the_seed_varies_the_place(name: str) -> None:
    assert difference(place(name), place(name, seed=6)) > 0.5


@pytest.mark.parametrize("hour", sorted(HOURS))
def test_every_hour_has_its_light(hour: str) -> None:
    others = [difference(place("meadow", hour=hour), place("meadow", hour=h)) for h in HOURS]
    assert sorted(others)[1] > 1


@pytest.mark.parametrize("name", sorted(n for n, p in places().items() if p.sheltered and p.ground))
def test_rain_stays_outside(name: str) -> None:
    dry = [place(name, seconds=t)[165:] for t in (1.0, 1.1)]
    wet = [place(name, seconds=t, weather="rain")[165:] for t in (1.0, 1.1)]
    assert difference(*wet) <= difference(*dry) + 0.3


@pytest.mark.parametrize(
    ("prompt", "setting", "hour"),
    [
        ("a vase on a white background", "studio", None),
        ("a rose, black background", "studio_dark", None),
        ("a sky over the meadow", "meadow", None),
        ("an astronaut walking on the moon", "moon", None),
        ("aurora", "polar", "night"),
        ("fireworks over the city", "city", "night"),
        ("a starry night at the lake", "lake", "night"),
        ("珊瑚礁里的鱼", "underwater", None),
        ("月光下的竹林", "bamboo", "moonlight"),
        ("a cat by the window, candlelight", "room", "candle"),
    ],
)
def test_words_lead_to_places(prompt: str, setting: str, hour: str | None) -> None:
    there = scene(prompt)
    assert there.setting == setting
    assert hour is None or there.hour == hour
