"""The door: a prompt → a scene → frames, sound. Nothing imports skia until frames are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from animatic.composition import compose, revise
from animatic.lexicon import Role
from animatic.reading import parse, with_absent
from animatic.scene import CARD, Scene
from animatic.sound import sound_of
from animatic.traits import WordsError

__all__ = [
    "Frames",
    "Role",
    "Scene",
    "WordsError",
    "frames_of",
    "frames_over",
    "imagine",
    "reimagine",
    "sound_of",
    "undrawable_letters",
]


class Frames(Protocol):
    """What draws the frames of a scene, in any order."""

    def prepare(self) -> Iterator[float]:
        """Get ready in small steps, and say how much of that is done, 0…1. Else a frame does."""
        ...

    def frame(self, out: NDArray[np.uint8], seconds: float) -> None:
        """Draw the frame at `seconds` of the film into `out`: height × width × BGRA."""
        ...


def imagine(
    prompt: str,
    *,
    aspect: float,
    seconds: float,
    seed: int = 0,
    negative: str = "",
    style: str = "",
    cast: Sequence[Role] = (),
) -> Scene:
    """The scene that a prompt asks for, in a frame `aspect` times as wide as high.

    `negative` takes away what it names; `style` counts as a style word of the prompt. The seed
    varies placement, palette and rhythm, not the meaning. The `cast` is there, whom the prompt may
    call by their names, and looks as in every scene.

    Raises:
        WordsError: at the first call, when words that an installed package brings are wrong.
    """
    reading = with_absent(parse(prompt, negative, style, cast), cast)
    return compose(reading, seed, aspect=aspect, span=seconds)


def reimagine(
    scene: Scene,
    prompt: str,
    *,
    aspect: float,
    seconds: float,
    negative: str = "",
    style: str = "",
    cast: Sequence[Role] = (),
    all_stay: bool = False,
) -> Scene:
    """A scene changed by other words: what they do not name stays as it was.

    Where they name others alone, these take the place of those who are there, unless `all_stay`.
    """
    reading = parse(prompt, negative, style, cast)
    changed = revise(scene, reading, aspect=aspect, all_stay=all_stay)
    return replace(changed, span=max(seconds, 1.0))


def frames_of(
    scene: Scene, width: int, height: int, picture: NDArray[np.uint8] | None = None
) -> Frames:
    """What draws a scene at a size; over a picture (height × width × RGB or RGBA), if given."""
    if picture is None:
        from animatic.film import Film

        return Film(scene, width, height)
    from animatic.picture import Living, cover

    kept = replace(scene, letters="") if scene.manner == CARD else scene
    return Living(kept, cover(picture, width, height))


def frames_over(scene: Scene, width: int, height: int) -> Frames:
    """What lays a scene's light, style and weather over the frames of a film.

    Each is changed where it lies: `frame` is given the film's own.
    """
    from animatic.picture import Veil

    return Veil(scene, width, height)


def undrawable_letters(scene: Scene) -> str:
    """The letters that a scene cannot show: no font of this machine has them."""
    from animatic.lettering import missing_letters

    return missing_letters(scene.letters)
