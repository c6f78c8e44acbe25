"""What is asked of a model so that the film asked for can be made of what comes back."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from filmgate.domain.card import parse_size
from filmgate.domain.shape import Shape
from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.law import Law
from filmgate.errors import GenerationFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Legal measures of the runs: their size in pixels, their rate, the frames of each.

    Every run after the first goes on from the last frame of the one before it.
    """

    width: int
    height: int
    fps: int
    runs: tuple[int, ...]

    @property
    def frames(self) -> int:
        """How many different frames the runs make."""
        return sum(self.runs) - (len(self.runs) - 1)


def plan(shape: Shape, family: Family, law: Law, *, longest: int, continues: bool) -> Plan:
    """The runs for a film of `shape`: never smaller, shorter or sparser where it can be helped.

    Raises:
        GenerationFailed: it is longer than one run, and the model cannot go on from a picture.
    """
    fps = native_rate(shape.fps, family)
    wanted = frames_for(shape, fps)
    if wanted > longest and not continues:
        raise GenerationFailed(
            f"The model makes at most {longest} frames, {longest / fps:.3g} s, in one run"
        )
    runs = [law.count(max(family.least, min(wanted, longest)))]
    while (missing := wanted - (sum(runs) - len(runs) + 1)) > 0:
        runs.append(law.count(max(family.least, min(missing + 1, longest))))
    width, height = native_size(shape, family, law)
    return Plan(width=width, height=height, fps=fps, runs=tuple(runs))


def native_rate(fps: int, family: Family) -> int:
    """The rate asked of the model: the client's own where it is within what was trained."""
    rate = family.rate
    return fps if rate and rate.min <= fps <= rate.max else family.fps


def frames_for(shape: Shape, fps: int) -> int:
    """How many frames at `fps` reach to the last frame of the film."""
    return ceil(Fraction((shape.frames - 1) * fps, shape.fps)) + 1


def native_size(shape: Shape, family: Family, law: Law) -> tuple[int, int]:
    """The size asked of the model."""
    if family.fixed:
        return parse_size(family.size)
    width, height = parse_size(family.size)
    return law.within((shape.width, shape.height), max(family.max_pixels or 0, width * height))


def rendering(made: Plan, shape: Shape, retime: str) -> dict[str, Any]:
    """What `metadata.render` says: what was native, and how it became what was asked."""
    conformed = []
    if made.fps != shape.fps:
        conformed.append(f"retimed by {retime}")
    if made.width < shape.width or made.height < shape.height:
        conformed.append("enlarged")
    if (made.width, made.height) != (shape.width, shape.height):
        conformed.append("cropped")
    if made.fps == shape.fps and made.frames > shape.frames:
        conformed.append("cut")
    if len(made.runs) > 1:
        conformed.append("continued")
    native = {
        "size": f"{made.width}x{made.height}",
        "fps": made.fps,
        "frames": made.frames,
        "runs": len(made.runs),
    }
    return {"native": native, "conformed": conformed}
