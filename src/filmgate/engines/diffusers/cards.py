"""The card of a model's folder: what it natively makes becomes what a plain request gets."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from filmgate.domain.card import parse_size
from filmgate.engines.diffusers.families import Family, Preset
from filmgate.engines.diffusers.folder import Layout

RUNS = 4
"""How many runs a film may be continued over, where the model can go on from a picture."""

_FULL_HD = 1920 * 1080
_LEAST_SIDE = 64
_TIMEOUT_S = 4 * 3600
_MILLISECOND = Decimal("0.001")


def family_for(layout: Layout, preset: Preset | None) -> Family:
    """The folder's family with the preset's words laid over it, and its own size if it is fixed."""
    _, family = layout.family()
    family = preset.over(family) if preset else family
    sides = [layout.config("transformer").get(name) for name in ("sample_width", "sample_height")]
    if family.fixed and all(sides):
        ratio = 8
        width, height = (int(side) * ratio for side in sides if side)
        family = family.model_copy(update={"size": f"{width}x{height}"})
    return family


def takes(layout: Layout, family: Family) -> tuple[bool, bool]:
    """Whether it makes films from text alone, and from a picture."""
    is_text = layout.pipeline == family.text
    both = family.shared
    return is_text or both, layout.pipeline == family.picture or both


def abilities(layout: Layout, family: Family) -> set[str]:
    """What it can do with a film that is there: make it again, change it, go on from its end."""
    _, picture = takes(layout, family)
    edits = family.edit and layout.pipeline == family.text and "transformer_2" not in layout.parts
    return {"remix"} | ({"edit"} if edits else set()) | ({"extend"} if picture else set())


def longest_run(layout: Layout, family: Family) -> int:
    """The most frames of one run that the law allows and the weights were trained for."""
    return layout.law(family).at_most(family.longest or family.frames)


def card_table(layout: Layout, family: Family, preset: Preset | None) -> dict[str, Any]:
    """The table of the model's card, without its id and its engine."""
    text, picture = takes(layout, family)
    frames = layout.law(family).count(family.frames)
    longest = longest_run(layout, family)
    unique = longest + (RUNS - 1) * (longest - 1) if picture else longest
    return {
        "description": preset.description if preset else f"{layout.pipeline} of {layout.path.name}",
        "dialect": "openai",
        "owned_by": preset.repo.partition("/")[0] if preset else "local",
        "seconds": {
            "min": "0.1",
            "max": str(_seconds(max(unique, frames), family.fps)),
            "default": str(_seconds(frames, family.fps)),
        },
        "sizes": _sizes(family, layout.law(family).multiple),
        "fps": {"min": 1, "max": 60, "default": family.fps},
        "picture": "none" if not picture else "optional" if text else "required",
        "uses": sorted(_uses(family)),
        "can": sorted(abilities(layout, family)),
        "timeout_s": _TIMEOUT_S,
    }


def broken_table(why: str) -> dict[str, Any]:
    """The table of the card of a model that cannot be read: it stands there, and says why."""
    return {
        "description": "a model that cannot be read",
        "dialect": "openai",
        "owned_by": "local",
        "seconds": {"default": "5"},
        "sizes": {"default": "1280x720"},
        "trouble": why,
    }


def _sizes(family: Family, multiple: int) -> dict[str, Any]:
    if family.fixed:
        return {"allowed": [family.size], "default": family.size}
    width, height = parse_size(family.size)
    return {
        "min_side": max(_LEAST_SIDE, multiple),
        "max_side": max(1920, width, height),
        "max_pixels": max(_FULL_HD, width * height),
        "default": family.size,
    }


def _uses(family: Family) -> set[str]:
    """What has an effect: a distilled model's steps are given, and its guidance is off."""
    guided = family.guidance > 1
    wanted = {
        "num_inference_steps": not family.sigmas,
        "guidance_scale": guided,
        "negative_prompt": guided and family.negative,
    }
    return {name for name, has_effect in wanted.items() if has_effect}


def _seconds(frames: int, fps: int) -> Decimal:
    """The length of so many frames, to the millisecond that comes back as the same number."""
    length = Fraction(frames, fps)
    return (Decimal(length.numerator) / length.denominator).quantize(_MILLISECOND)
