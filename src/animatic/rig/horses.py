"""A horse: also a unicorn, a winged one, a mount."""

from animatic.colour import Colour, darker, lighter, mix
from animatic.rig.act import Act
from animatic.rig.beasts import (
    beast,
    leaf_ear,
    long_head,
    mid,
    pose,
)
from animatic.rig.bodies import Coat, fur
from animatic.rig.pen import Pen


def contrast(main: Colour) -> Colour:
    """The colour of mane and tail on a coat."""
    return lighter(main, 0.5) if main in (0x8A5A3A,) else darker(main, 0.45)


def mount(pen: Pen, act: Act, main: Colour, hair: Colour) -> None:
    """A horse's body in two colours, without what sits on its brow."""
    coat = Coat(main=main, belly=lighter(main, 0.1), deep=hair)

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        leaf_ear(pen, act, (0.0, -0.07), 0.1, -2, darker(main, 0.2), darker(main, 0.4))
        long_head(pen, act, coat, 0.097, long=1.0, lips=mix(main, 0x5A4A4A, 0.4))
        leaf_ear(pen, act, (-0.035, -0.07), 0.11, -16, main, mix(main, 0xF2B0A0, 0.5))
        fur(pen, act, [(0.02, -0.09), (0.05, -0.08)], 0.1, hair, down=True)

    if act.gait != "swim":
        _mane_behind(pen, act, hair)
    beast(pen, act, "horse", coat, head)
    if act.gait != "swim":
        _mane(pen, act, hair)


def _mane_behind(pen: Pen, act: Act, hair: Colour) -> None:
    _locks(pen, act, darker(hair, 0.2), 0.17, -0.02)


def _mane(pen: Pen, act: Act, hair: Colour) -> None:
    _locks(pen, act, hair, 0.13, 0.0)


def _locks(pen: Pen, act: Act, hair: Colour, size: float, off: float) -> None:
    bones = pose(act, "horse")
    (sx, sy), (hx, hy) = bones.shoulder, bones.head
    roots = [mid((hx - 0.06, hy - 0.06), (sx - 0.11, sy - 0.13), k / 5) for k in range(6)]
    fur(pen, act, [(x + off, y) for x, y in roots], size, hair, down=True)
