"""How people of a trade are dressed: `outfits.toml`, cut to a person."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib import resources
from typing import Any

from animatic.colour import Colour
from animatic.rig import hats, held, wear
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress, Part
from animatic.rig.tools import sword
from animatic.rig.wardrobe import spectacles

Tones = Mapping[str, Colour]
"""What colours are called: the prompt's own, the wearer's skin and hair."""

TURNS = frozenset({"behind", "over", "hat", "held", "other"})

PARTS: dict[str, Callable[..., None]] = {
    "spectacles": spectacles,
    "sword": sword,
    **{name: part for room in (hats, held, wear) for name, part in vars(room).items()},
}


@cache
def outfits() -> Mapping[str, Mapping[str, Any]]:
    """What each trade wears, as its table has it."""
    file = resources.files(__package__ or "") / "outfits.toml"
    return tomllib.loads(file.read_text("utf-8"))


def clothe(trade: str, act: Act, d: Dress) -> Dress:
    """A person in the clothes of a trade."""
    outfit = dict(outfits()[trade])
    tones = {"own": act.own(outfit.pop("own", 0)), "skin": d.skin, "hair": d.hair}
    if suit := outfit.pop("suit", None):
        outfit = {"shirt": suit, "sleeves": suit, "trousers": suit, "skirt": False, **outfit}
    return replace(d, **{turn: _make(turn, said, tones) for turn, said in outfit.items()})


def _make(turn: str, said: Any, tones: Tones) -> Any:
    if turn in TURNS:
        return _part(said, tones)
    return tones[said] if isinstance(said, str) else said


def _part(said: Any, tones: Tones) -> Part:
    """A part as the table has it: its name, its name with options, or several at one turn."""
    if isinstance(said, str):
        return PARTS[said]
    if isinstance(said, Mapping):
        options = {key: tones.get(value, value) for key, value in said.items() if key != "part"}
        return partial(PARTS[said["part"]], **options)
    return partial(_all, [_part(one, tones) for one in said])


def _all(parts: list[Part], pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    for part in parts:
        part(pen, act, b, d)
