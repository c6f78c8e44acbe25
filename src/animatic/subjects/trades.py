"""People by trade, the witch, the mermaid."""

from dataclasses import replace
from functools import partial

from animatic.ease import Point, wave
from animatic.rig.act import Act, Subject
from animatic.rig.figure import figure
from animatic.rig.pen import Pen
from animatic.rig.tailors import clothe, outfits
from animatic.rig.wardrobe import dress


def trade(name: str, pen: Pen, act: Act) -> None:
    """A person in the clothes of a trade."""
    figure(pen, act, clothe(name, act, dress(act)))


def witch(pen: Pen, act: Act) -> None:
    """A witch; when she flies, it is on her broom."""
    trade("witch", pen, replace(act, gait="broom") if act.gait == "fly" else act)


def mermaid(pen: Pen, act: Act) -> None:
    """Half woman, half fish; her tail beats."""
    d = replace(dress(act), long_hair=True, hair=0xC8502E, skirt=False, shirt=act.own(0x9A6AC8))
    beat = 0.06 * wave(act.t * 0.6)
    with pen.at(0, 0.0, angle=22 if act.gait in {"swim", "dive"} else 0):
        tail: list[Point] = [(0.0, -0.5), (-0.06, -0.3), (-0.2, -0.12 + beat), (-0.38, -0.1 - beat)]
        for dy in (-0.14, 0.1):
            fin = [
                (-0.36, -0.1 - beat),
                (-0.5, -0.1 + dy - beat * 2),
                (-0.62, -0.1 + dy * 1.3 - beat * 2),
            ]
            pen.limb(fin, [0.05, 0.1, 0.02], 0x5FC8B4, shade=0.2)
        pen.limb(tail, [0.17, 0.18, 0.12, 0.06], 0x3FA89A, shade=0.25)
        body = replace(
            act, gait="wave" if act.gait in {"swim", "dive", "float", "sit"} else act.gait
        )
        with pen.inside([(-1, -1.6), (1, -1.6), (1, -0.44), (-1, -0.44)], smooth=False):
            figure(pen, body, d)


SUBJECTS: dict[str, Subject] = {
    **{name: partial(trade, name) for name in outfits()},
    "witch": witch,
    "mermaid": mermaid,
}
