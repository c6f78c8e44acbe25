"""The sound of a scene: the ambience of its place, its weather and of who is there."""

import math
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from animatic.lexicon import lexicon
from animatic.scene import Actor, Scene
from animatic.voices import RATE, VOICES, Stretch

LEVEL = 0.075
"""What a full scene's sound is on the average, of full scale: quiet enough to talk over."""

FAINTEST = 0.35
"""Nothing that sounds at all is fainter, of a full scene's level."""

ONSET = 0.05
"""Seconds in which a film's sound comes up, so that it does not start with a click."""

PIECE = RATE // 2
CROWD = 5
NIGHT = frozenset({"night", "moonlight", "dusk", "candle", "neon"})
SHY = {"birds": "crickets", "gulls": ""}
"""What falls silent at night, and what is heard in its stead."""

LOUD = frozenset({"rain", "thunder", "bangs", "fall"})
"""While one of these sounds, nothing sings."""

MUFFLED = 0.35
"""What is left of the weather behind walls."""

RESTING = frozenset({"stand", "sit", "sleep"})
"""The poses in which a motor is off."""


def sound_of(scene: Scene, seconds: float) -> Iterator[NDArray[np.float32]]:
    """So many seconds of a scene's sound, piece by piece: samples × 2, -1…1, at 48 kHz.

    There is no piece where nothing sounds.
    """
    heard = voices_of(scene)
    start, count = round(scene.start * RATE), round(seconds * RATE)
    for at in range(0, count if heard else 0, PIECE):
        yield _mix(heard, Stretch(scene.seed, start + at, min(PIECE, count - at)))


def _mix(heard: Mapping[str, float], now: Stretch) -> NDArray[np.float32]:
    power = math.sqrt(sum(share * share for share in heard.values()))
    gain = LEVEL * min(1.0, max(FAINTEST, power)) / power
    mixed = sum(gain * share * VOICES[name](now) for name, share in sorted(heard.items()))
    onset = np.minimum(1.0, now.times / ONSET)[:, None]
    return np.asarray(np.tanh(mixed * onset), np.float32)


def voices_of(scene: Scene) -> Mapping[str, float]:
    """What sounds in a scene, and how strong beside the rest."""
    heard: dict[str, float] = {}
    for name, share in _sounds_said_by(scene):
        heard[name] = max(share, heard.get(name, 0.0))
    if scene.hour in NIGHT:
        for name in SHY.keys() & heard.keys():
            share = heard.pop(name)
            if SHY[name]:
                heard.setdefault(SHY[name], share)
    if LOUD & heard.keys() or "snow" in scene.weather:
        heard = {name: share for name, share in heard.items() if name not in {*SHY, "crickets"}}
    return {name: share for name, share in heard.items() if share > 0}


def _sounds_said_by(scene: Scene) -> Iterator[tuple[str, float]]:
    lex = lexicon()
    place = lex.setting(scene.setting)
    yield from place.sounds.items()
    for name, strength in scene.weather.items():
        share = strength * (MUFFLED if place.indoors else 1.0)
        yield from ((voice, share * most) for voice, most in lex.weather(name).sounds.items())
    for actor in scene.actors:
        yield from _of_actor(actor)
    if sum(lex.subject(a.subject).human for a in scene.actors) >= CROWD:
        yield "crowd", 0.6


def _of_actor(actor: Actor) -> Iterator[tuple[str, float]]:
    action, subject = lexicon().action(actor.action), lexicon().subject(actor.subject)
    yield from action.sounds.items()
    if action.gait not in (RESTING if subject.goes else {"sleep"}):
        yield from subject.sounds.items()
