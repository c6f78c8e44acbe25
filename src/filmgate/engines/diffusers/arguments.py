"""The words that a pipeline is called with, besides its source of noise."""

from collections.abc import Mapping
from typing import Any

from PIL.Image import Image

from filmgate.domain.video import Request
from filmgate.engines.diffusers.families import Family
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.plan import Plan
from filmgate.engines.diffusers.starts import Start
from filmgate.errors import GenerationFailed
from filmgate.media.cover import cover_image


def arguments(
    request: Request, made: Plan, frames: int, family: Family, layout: Layout, *, start: Start
) -> dict[str, Any]:
    """The keyword arguments of a run of so many frames, with what it starts from."""
    words: dict[str, Any] = {
        **family.arguments,
        **_from_configs(family, layout),
        "prompt": request.prompt + family.prompt_end,
        "num_inference_steps": steps_of(request, family),
        family.frames_by: frames,
        "output_type": "pt",
    }
    if isinstance(start, list):
        del words[family.frames_by]
    if family.picture_takes_size or not isinstance(start, Image):
        words |= {"width": made.width, "height": made.height}
    if family.rate:
        words[family.rate.argument] = made.fps
    if family.window and frames > family.window.beyond:
        words[family.window.argument] = family.window.value
    if family.sigmas:
        words["sigmas"] = list(family.sigmas)
    if family.guidance_by == "guidance_scale":
        words["guidance_scale"] = guidance_of(request, family)
    if request.extras.get("negative_prompt"):
        words["negative_prompt"] = str(request.extras["negative_prompt"])
    return words | _start_of(start, made, family)


def steps_of(request: Request, family: Family) -> int:
    """How many steps a run takes.

    Raises:
        GenerationFailed: the number asked for is none.
    """
    return int(_number(request.extras, "num_inference_steps", family.steps, least=1, most=10_000))


def guidance_of(request: Request, family: Family) -> float:
    """How strongly the prompt is followed.

    Raises:
        GenerationFailed: the number asked for is none.
    """
    return _number(request.extras, "guidance_scale", family.guidance, least=0, most=1000)


def _number(
    extras: Mapping[str, Any], name: str, default: float, *, least: float, most: float
) -> float:
    given = extras.get(name)
    if given is None:
        return default
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = -1
    if not least <= number <= most:
        raise GenerationFailed(f"{name} must be a number from {least:g} to {most:g}")
    return number


def _start_of(start: Start, made: Plan, family: Family) -> dict[str, Any]:
    """A picture, or the frames of a film and how much of them is made anew."""
    if start is None:
        return {}
    if isinstance(start, Image):
        return {"image": cover_image(start, made.width, made.height)}
    clip = [cover_image(picture, made.width, made.height) for picture in start]
    return {"video": clip, "strength": family.edit.strength if family.edit else 1.0}


def _from_configs(family: Family, layout: Layout) -> dict[str, Any]:
    words: dict[str, Any] = {
        argument: layout.config(part)[key]
        for argument, (part, key) in family.config_arguments.items()
        if layout.config(part).get(key) is not None
    }
    if family.block:
        layers = int(layout.config("transformer").get("num_layers") or family.block.index + 1)
        words[family.block.argument] = [min(family.block.index, layers - 1)]
    return words
