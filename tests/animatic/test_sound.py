"""The sound of scenes: as long as asked, the same each time, joined without a step, levelled."""

from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.animatic.shots import changed, scene

from animatic.frames import sound_of
from animatic.lexicon import lexicon
from animatic.sound import voices_of
from animatic.traits import Voice
from animatic.voices import RATE, VOICES, Stretch

Samples = NDArray[np.float32]


def sounded(prompt: str, seconds: float = 2.0, start: float = 0.0) -> Samples:
    return np.concatenate(list(sound_of(changed(scene(prompt), start=start), seconds)))


def level(sound: Samples) -> float:
    """Decibels of full scale."""
    return float(20 * np.log10(np.sqrt(np.mean(sound**2))))


@pytest.mark.parametrize("seconds", [0.5, 1.001, 4.0])
def test_it_is_exactly_as_long_as_asked(seconds: float) -> None:
    sound = sounded("waves on a beach", seconds)
    assert sound.shape == (round(seconds * RATE), 2)
    assert sound.dtype == np.float32


def test_the_same_each_time_and_another_with_another_seed() -> None:
    prompt = "rain in the city at night"
    assert sounded(prompt).tobytes() == sounded(prompt).tobytes()
    other = np.concatenate(list(sound_of(scene(prompt, seed=6), 2.0)))
    assert not np.array_equal(other, sounded(prompt))


@pytest.mark.parametrize("prompt", ["a storm at sea", "birds in a forest", "a car on the road"])
def test_what_continues_a_film_follows_its_sound(prompt: str) -> None:
    whole = sounded(prompt, 3.0)
    later = sounded(prompt, 1.75, start=1.25)
    np.testing.assert_allclose(whole[round(1.25 * RATE) :], later, atol=1e-6)


@pytest.mark.parametrize(
    ("prompt", "heard"),
    [
        ("a fox in the forest", {"birds", "wind"}),
        ("a fox in the forest at night", {"crickets", "wind"}),
        ("a fox in the forest in the rain", {"rain", "wind"}),
        ("a campfire on the beach at night", {"fire", "waves"}),
        ("a red car driving through the city", {"city", "engine"}),
        ("a parked car stands in a studio", set()),
        ("a cat asleep in a room", set()),
        ("a rocket flying through space", {"jet"}),
        ("an astronaut floats in space", set()),
        ("fireworks over the city at night", {"bangs", "city"}),
        ("the taste of forgotten mathematics", set()),
    ],
)
def test_what_is_heard(prompt: str, heard: set[str]) -> None:
    assert set(voices_of(scene(prompt))) == heard


def test_nothing_sounds_of_nothing() -> None:
    assert not list(sound_of(scene("a cat asleep in a room"), 1.0))


def test_what_is_outside_is_fainter_inside() -> None:
    inside, outside = (voices_of(scene(f"rain in the {p}")) for p in ("room", "park"))
    assert inside["rain"] < 0.5 * outside["rain"]


@pytest.mark.parametrize("setting", sorted(n for n in lexicon().names("setting")))
def test_every_place_is_levelled(setting: str) -> None:
    pieces = list(sound_of(changed(scene("a meadow"), setting=setting), 3.0))
    if pieces:
        samples = np.concatenate(pieces)
        assert -45 < level(samples) < -19
        assert np.abs(samples).max() < 0.9
        assert np.abs(samples.mean(axis=0)).max() < 1e-3


@pytest.mark.parametrize("name", sorted(VOICES))
def test_every_voice_is_near_level_one_and_no_loop(name: str) -> None:
    """No second of it comes again."""
    sound = VOICES[name](Stretch(5, 0, 6 * RATE))
    assert sound.shape == (6 * RATE, 2)
    assert 0.02 < np.sqrt(np.mean(sound**2)) < 1.6
    seconds = sound.sum(axis=1).reshape(6, RATE)
    norms = np.linalg.norm(seconds, axis=1)
    alike = seconds @ seconds.T / np.maximum(np.outer(norms, norms), 1e-9)
    assert (alike - np.diag(np.diag(alike))).max() < 0.99


def test_words_name_the_voices_that_there_are() -> None:
    assert set(get_args(Voice)) == set(VOICES)
