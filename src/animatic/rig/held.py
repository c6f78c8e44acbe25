"""What people of a trade hold: each is a `Part` of a `Dress`."""

import math

from animatic.colour import Colour, darker
from animatic.ease import TAU, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress
from animatic.rig.tools import football
from animatic.rig.wear import GOLD, STEEL, WOOD

# In the hand


def staff(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A wizard's staff; its stone glows."""
    x, y = b.hands[0]
    top = (x + 0.07, y - 0.42)
    pen.limb([(x - 0.03, 0.0), (x, y), top], [0.018, 0.024, 0.03], WOOD)
    pen.glow(top[0] + 0.005, top[1] - 0.03, 0.17 + 0.02 * act.swing(), 0x8FE3FF, 0.75)
    pen.oval(top[0] + 0.005, top[1] - 0.03, 0.038, 0.042, 0xA9F0FF, shade=0.2)


def wand(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A wand with a star that sheds sparks."""
    x, y = b.hands[0]
    tip = (x + 0.13, y - 0.15)
    pen.line([(x, y), tip], 0.014, 0xF6F0E0)
    pen.glow(*tip, 0.13, 0xFFE88A, 0.7)
    pen.oval(*tip, 0.024, 0.024, 0xFFF6C8, shade=0)


def broom(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A witch's broom, upright in her hand."""
    x, y = b.hands[0]
    pen.limb([(x + 0.02, 0.0 - 0.18), (x, y - 0.36)], [0.02, 0.018], WOOD)
    head = [(x - 0.01, -0.2), (x + 0.05, -0.2), (x + 0.09, 0.0), (x - 0.05, 0.0)]
    pen.poly(head, 0xD9A85A, shade=0.25)


def fork(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A hay fork, upright."""
    x, y = b.hands[0]
    pen.limb([(x, 0.0), (x + 0.01, y - 0.34)], [0.018, 0.018], WOOD)
    for dx in (-0.045, 0.0, 0.045):
        pen.line([(x + 0.01 + dx, y - 0.36), (x + 0.01 + dx, y - 0.47)], 0.012, STEEL)
    pen.line([(x - 0.035, y - 0.36), (x + 0.055, y - 0.36)], 0.012, STEEL)


def clipboard(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Notes under a clip."""
    x, y = b.hands[0]
    with pen.at(x + 0.02, y - 0.03, angle=8):
        pen.box(-0.055, -0.08, 0.12, 0.16, 0xB07A4A, corner=0.01)
        pen.box(-0.045, -0.065, 0.1, 0.135, 0xFFFFFF, shade=0)
        for k in range(3):
            pen.line([(-0.03, -0.035 + 0.03 * k), (0.035, -0.035 + 0.03 * k)], 0.007, 0x8A94A4)


def pointer(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A book under the arm, and a pointer."""
    x, y = b.hands[0]
    pen.box(x - 0.04, y - 0.07, 0.09, 0.12, 0x3F7FB8, corner=0.01)
    pen.box(x - 0.03, y - 0.055, 0.07, 0.012, 0xFFFFFF, shade=0)


def hose(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A fire hose: water in a high arc."""
    x, y = b.hands[0]
    pen.limb(
        [(-0.45, -0.01), (-0.2, -0.04), (x - 0.1, y + 0.06), (x + 0.06, y)], [0.04] * 4, 0xC8A03A
    )
    pen.limb([(x + 0.04, y), (x + 0.13, y - 0.04)], [0.05, 0.034], 0xB0B8C4)
    for k in range(16):
        u = (act.t * 0.9 + k / 16) % 1
        at = (x + 0.14 + 0.62 * u, y - 0.05 - 0.5 * u + 0.62 * u * u + 0.015 * wave(k * 0.37))
        pen.oval(*at, 0.02 + 0.025 * u, 0.018 + 0.02 * u, 0xBFEAFF, shade=0, alpha=0.85 - 0.4 * u)


def cutlass(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A pirate's curved blade."""
    x, y = b.hands[0]
    with pen.at(x, y, angle=35 + (20 * act.swing() if act.gait == "fight" else 0)):
        pen.blob([(-0.02, -0.02), (0.03, -0.22), (0.0, -0.42), (0.05, -0.2), (0.025, -0.02)], STEEL)
        pen.line([(-0.045, -0.02), (0.05, -0.02)], 0.022, GOLD)


def katana(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A long slender blade."""
    x, y = b.hands[0]
    with pen.at(x, y, angle=48 + (30 * act.swing() if act.gait == "fight" else 0)):
        pen.limb([(0, 0), (0.01, -0.25), (0.045, -0.5)], [0.022, 0.02, 0.008], 0xE3EAF2)
        pen.limb([(0, 0.08), (0, -0.02)], [0.026, 0.026], 0x2E2A36)
        pen.line([(-0.03, -0.025), (0.03, -0.025)], 0.016, GOLD)


def shield(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A knight's shield on the far arm."""
    x, y = b.hands[1][0] + 0.05, b.hands[1][1] - 0.05
    shape = [(x - 0.1, y - 0.13), (x + 0.1, y - 0.13), (x + 0.09, y + 0.05), (x, y + 0.17)]
    outline = [*shape, (x - 0.09, y + 0.05)]
    pen.poly(outline, 0x3F6FB8, shade=0.25)
    pen.line([*outline], 0.014, GOLD, closed=True, smooth=False)
    pen.line([(x, y - 0.11), (x, y + 0.12)], 0.02, GOLD)
    pen.line([(x - 0.08, y - 0.04), (x + 0.08, y - 0.04)], 0.02, GOLD)


def sceptre(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A king's golden rod."""
    x, y = b.hands[0]
    pen.limb([(x - 0.01, y + 0.1), (x + 0.04, y - 0.24)], [0.018, 0.018], GOLD)
    pen.oval(x + 0.045, y - 0.265, 0.034, 0.034, 0xD8453E, shade=0.25)


def flask(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A scientist's flask, bubbling."""
    x, y = b.hands[0][0] + 0.03, b.hands[0][1] - 0.03
    glass = [(x - 0.015, y - 0.1), (x + 0.015, y - 0.1), (x + 0.055, y + 0.05)]
    glass.append((x - 0.055, y + 0.05))
    pen.blob(glass, 0xDFF4F8, shade=0.1, alpha=0.8, tension=0.4)
    liquid = [(x - 0.03, y), (x + 0.03, y), (x + 0.048, y + 0.045), (x - 0.048, y + 0.045)]
    pen.blob(liquid, 0x5FD08A, tension=0.4)
    for k in range(3):
        up = (act.t * 0.5 + k / 3) % 1
        pen.oval(
            x + 0.02 * wave(up + k * 0.4),
            y - 0.08 - 0.16 * up,
            0.012,
            0.012,
            0x9BE8B4,
            shade=0,
            alpha=1 - up,
        )


def bouquet(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Flowers in the hand."""
    x, y = b.hands[0][0] + 0.02, b.hands[0][1] - 0.03
    pen.poly([(x - 0.02, y + 0.1), (x + 0.02, y + 0.1), (x + 0.05, y), (x - 0.05, y)], 0x6FAE6A)
    for k in range(6):
        a = TAU * k / 6
        tone = (0xF28CA8, 0xFFFFFF, 0xF4C9D6)[k % 3]
        pen.oval(x + 0.04 * math.cos(a), y - 0.02 + 0.03 * math.sin(a), 0.027, 0.025, tone)


def bag(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A case or a bag that hangs from the hand."""
    x, y = b.hands[0]
    pen.line([(x - 0.03, y + 0.04), (x, y), (x + 0.03, y + 0.04)], 0.012, darker(colour, 0.3))
    pen.box(x - 0.085, y + 0.03, 0.17, 0.11, colour, corner=0.014, shade=0.2)
    pen.box(x - 0.012, y + 0.06, 0.024, 0.02, GOLD, shade=0)


def hammer(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A hammer."""
    x, y = b.hands[0]
    pen.limb([(x - 0.02, y + 0.04), (x + 0.05, y - 0.14)], [0.018, 0.018], WOOD)
    pen.limb([(x + 0.0, y - 0.16), (x + 0.1, y - 0.13)], [0.045, 0.04], 0x6A7280, shade=0.25)


def ball_at_foot(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A footballer's ball; who kicks it has it before."""
    if act.gait != "kick":
        football(pen, act, b, d)


def mitts(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A boxer's gloves."""
    for hand in reversed(b.hands):
        pen.oval(*hand, 0.055, 0.05, 0xD8343A, shade=0.25)
