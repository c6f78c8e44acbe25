"""What people hold and stand at while they do something, by gait."""

import math
from collections.abc import Mapping

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point, hop, smooth, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress, Part

WOOD, STEEL = 0x9A6A44, 0xB9C2CE


def stool(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A stump to sit on."""
    y = b.hip[1] + 0.035
    pen.poly([(-0.11, y), (0.1, y), (0.12, 0.0), (-0.13, 0.0)], WOOD, shade=0.25)
    pen.oval(-0.005, y, 0.107, 0.024, lighter(WOOD, 0.3), shade=0.1)


def spoon(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A bowl in the far hand, a spoon on its way to the mouth."""
    (fx, fy), (x, y) = b.hands[1], b.hands[0]
    bowl = [(fx - 0.075, fy - 0.045), (fx + 0.085, fy - 0.045), (fx + 0.05, fy + 0.02)]
    pen.blob([*bowl, (fx - 0.04, fy + 0.02)], 0xF3F0EA, shade=0.2, tension=0.6)
    pen.oval(fx + 0.005, fy - 0.045, 0.08, 0.016, 0xE8A04A, shade=0.1)
    pen.line([(x - 0.02, y + 0.02), (x + 0.055, y - 0.04)], 0.012, STEEL)
    pen.oval(x + 0.063, y - 0.048, 0.02, 0.013, STEEL, angle=-30)


def cup(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A cup that tips at the mouth; it steams."""
    x, y = b.hands[0]
    tip = -28 * smooth(0.5 + 0.9 * act.swing())
    with pen.at(x + 0.035, y - 0.005, angle=tip):
        pen.box(-0.03, -0.045, 0.07, 0.085, 0xE85D4A, corner=0.012, shade=0.2)
        pen.oval(0.005, -0.045, 0.035, 0.009, 0x6A3A24, shade=0)
    for k in range(2):
        rise = (act.t * 0.4 + k / 2) % 1
        at = (x + 0.035 + 0.02 * wave(rise + k * 0.5), y - 0.08 - 0.1 * rise)
        pen.oval(*at, 0.014, 0.02, 0xFFFFFF, shade=0, alpha=0.4 * (1 - rise))


def book(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """An open book; a page turns now and then."""
    x, y = b.hands[0][0] + 0.015, b.hands[0][1] - 0.03
    cover: Colour = 0xB8443E
    pen.poly([(x - 0.1, y + 0.03), (x, y + 0.055), (x, y - 0.075), (x - 0.1, y - 0.1)], cover)
    pen.poly([(x + 0.1, y + 0.03), (x, y + 0.055), (x, y - 0.075), (x + 0.1, y - 0.1)], cover)
    for side in (-1, 1):
        page = [
            (x + side * 0.09, y + 0.022),
            (x, y + 0.045),
            (x, y - 0.085),
            (x + side * 0.09, y - 0.108),
        ]
        pen.poly(page, 0xFFF8E8, shade=0.1)
    turn = (act.t * 0.3) % 1
    if turn < 0.35:
        reach = 0.09 * math.cos(math.pi * turn / 0.35)
        lift = 0.05 * math.sin(math.pi * turn / 0.35)
        leaf = [(x, y + 0.045), (x + reach, y + 0.022 - lift), (x + reach, y - 0.108 - lift)]
        pen.poly([*leaf, (x, y - 0.085)], 0xFFFDF4, shade=0.05)


def guitar(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A guitar across the body."""
    (x, y), (fx, fy) = b.hands[0], b.hands[1]
    y = b.neck[1] + 0.245
    pen.limb([(x, y), (fx + 0.1, fy - 0.045)], [0.03, 0.024], 0x5A3826)
    pen.limb([(fx + 0.09, fy - 0.04), (fx + 0.14, fy - 0.065)], [0.04, 0.034], 0x3A2620)
    with pen.at(x - 0.04, y + 0.005, angle=-32):
        body = [
            (-0.13, 0.0),
            (-0.1, -0.09),
            (0.0, -0.07),
            (0.07, -0.065),
            (0.12, 0.0),
            (0.07, 0.065),
        ]
        pen.blob([*body, (0.0, 0.07), (-0.1, 0.09)], 0xD98A3E, shade=0.22)
        pen.oval(0.03, 0, 0.032, 0.032, 0x4A2A1C, shade=0)
        pen.line([(-0.07, -0.03), (-0.07, 0.03)], 0.012, 0x4A2A1C)


def fiddle(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A violin under the chin, and its bow."""
    (x, y), (fx, fy) = b.hands[0], b.hands[1]
    chin = (b.head[0] + b.r * 0.9, b.head[1] + b.r * 0.95)
    pen.limb([chin, (fx + 0.03, fy - 0.02)], [0.03, 0.018], 0x4A2A1C)
    at = (chin[0] + 0.05, chin[1] + 0.015)
    pen.oval(*at, 0.075, 0.035, 0xB2602C, angle=12, shade=0.25)
    pen.line([(x - 0.05, y + 0.08), (x + 0.05, y - 0.2)], 0.009, 0xE9D9B8, smooth=False)


def microphone(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """In the near hand, at the mouth."""
    x, y = b.hands[0]
    pen.limb([(x - 0.005, y + 0.05), (x - 0.012, y - 0.03)], [0.018, 0.024], 0x33343E)
    pen.oval(x - 0.014, y - 0.045, 0.025, 0.027, 0x8A8F9C, shade=0.3)


def easel(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A canvas on its stand, on which a landscape grows."""
    for foot in (0.34, 0.62):
        pen.limb([(0.47, -0.98), (foot, 0.0)], [0.018, 0.024], WOOD)
    pen.poly([(0.35, -0.92), (0.63, -0.88), (0.6, -0.42), (0.32, -0.46)], 0xFFFDF6, shade=0.06)
    picture = [(0.365, -0.9), (0.615, -0.865), (0.588, -0.44), (0.335, -0.475)]
    with pen.inside(picture, smooth=False):
        done = smooth(0.35 + act.t / 8)
        pen.fade(picture, 0x8EC9EA, 0xFBE3B4, alphas=(0.9, 0.9))
        pen.oval(0.54, -0.76, 0.035, 0.035, 0xF6B63C, shade=0)
        pen.oval(0.4, -0.46, 0.14 * done, 0.12 * done, 0x6FAE6A, shade=0.2)
        pen.oval(0.57, -0.44, 0.13 * done, 0.1 * done, 0x4E8F6E, shade=0.2)


def brush(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A brush, and a palette in the other hand."""
    (x, y), (fx, fy) = b.hands
    pen.line([(x - 0.05, y + 0.025), (x + 0.06, y - 0.03)], 0.011, 0x8A5A3A)
    pen.limb([(x + 0.06, y - 0.03), (x + 0.085, y - 0.043)], [0.02, 0.006], 0xD8453E)
    pen.oval(fx + 0.01, fy - 0.015, 0.1, 0.05, 0xC99A64, angle=-14, shade=0.15)
    for k, tone in enumerate((0xD8453E, 0xF4C542, 0x4FA35A, 0x3F7FD0)):
        pen.oval(fx - 0.05 + 0.04 * k, fy - 0.012 - 0.012 * k, 0.015, 0.011, tone, shade=0)


def stove(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A stove with its flame; what is in the pan is tossed."""
    pen.box(0.22, -0.42, 0.42, 0.42, 0xE9EDF2, corner=0.02, shade=0.16)
    pen.box(0.27, -0.31, 0.32, 0.22, 0x4A5460, corner=0.02, shade=0.2)
    pen.box(0.29, -0.29, 0.28, 0.17, 0x2E3440, corner=0.015, shade=0.1)
    pen.glow(0.43, -0.19, 0.13, 0xFFA040, 0.5 + 0.15 * wave(act.t * 1.7))
    for k in range(3):
        pen.oval(0.3 + 0.13 * k, -0.37, 0.018, 0.018, 0x5A6472, shade=0.2)
    for k in range(4):
        x = 0.36 + 0.05 * k
        h = 0.035 + 0.015 * wave(act.t * 2.3 + k * 0.31)
        pen.limb([(x, -0.42), (x, -0.42 - h)], [0.024, 0.004], 0x5AA8F0, shade=0)


def pan(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A pan in the near hand; its vegetables fly and come down again."""
    x, y = b.hands[0]
    toss = hop(act.phase + 0.1)
    for k, tone in enumerate((0xE8553E, 0x6FB24A, 0xF4C542, 0xE8903A)):
        up = toss * (0.16 + 0.05 * wave(k * 0.37))
        pen.oval(x + 0.16 + 0.05 * k, y - 0.01 - up, 0.026, 0.018, tone, angle=200 * toss + 40 * k)
    pen.limb([(x - 0.02, y), (x + 0.12, y + 0.01)], [0.022, 0.022], 0x33343E)
    pen.blob(
        [(x + 0.1, y - 0.02), (x + 0.37, y - 0.02), (x + 0.33, y + 0.045), (x + 0.14, y + 0.045)],
        0x3E424E,
        shade=0.25,
        tension=0.6,
    )


def ladder(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Rungs that come down as one climbs."""
    for x in (0.08, 0.22):
        pen.limb([(x, 0.2), (x, -1.4)], [0.026, 0.026], WOOD)
    down = (act.phase * 0.16) % 0.16
    for k in range(11):
        y = -1.42 + 0.16 * k + down
        if y < 0.2:
            pen.limb([(0.08, y), (0.22, y)], [0.02, 0.02], lighter(WOOD, 0.2))


def football(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A ball that is kicked away and rolls back."""
    turn = act.phase % 1
    out = math.sin(math.pi * smooth((turn - 0.2) / 0.8)) if turn > 0.2 else 0.0
    ball(pen, (0.36 + 0.42 * out, -0.07 - 0.36 * out * (2 - out)), 0.07, act.phase * 2)


def ball(pen: Pen, at: Point, r: float, turns: float) -> None:
    """A football."""
    pen.oval(*at, r, r, 0xF8F6F0, shade=0.2)
    for k in range(3):
        a = 2 * math.pi * (turns + k / 3)
        spot = (at[0] + r * 0.55 * math.cos(a), at[1] + r * 0.55 * math.sin(a))
        pen.oval(*spot, r * 0.27, r * 0.27, 0x33343E, shade=0)


def balls(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Three balls in the air."""
    for k, tone in enumerate((0xE8453E, 0xF4C542, 0x3F8FD0)):
        turn = (act.phase * 0.7 + k / 3) % 1
        back = 1 if turn < 0.5 else -1
        share = turn * 2 % 1
        x = 0.1 + (share - 0.5) * 0.24 * back
        pen.oval(x, b.hands[0][1] - 0.06 - 0.42 * hop(share), 0.042, 0.042, tone, shade=0.22)


def skis(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Skis, poles, and the snow that they throw up."""
    for k in range(7):
        life = (act.t * 1.6 + k / 7) % 1
        at = (-0.3 - 0.4 * life, -0.02 - 0.22 * hop(life * 0.8))
        pen.oval(*at, 0.03 + 0.04 * life, 0.03 + 0.03 * life, 0xFFFFFF, alpha=0.7 * (1 - life))
    for x, y in b.feet:
        board = [(x - 0.34, y), (x + 0.32, y), (x + 0.42, y - 0.04), (x + 0.46, y - 0.08)]
        pen.limb(board, [0.02, 0.024, 0.02, 0.012], 0xE0503E, shade=0.1)
    for x, y in b.hands:
        pen.line([(x + 0.03, y - 0.06), (x - 0.26, y + 0.26)], 0.012, 0x4A505E)


def surfboard(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A board on a breaking wave."""
    swell = 0.02 * act.swing()
    crest = [(-0.95, 0.1), (-0.72, -0.32 + swell), (-0.42, -0.5), (-0.2, -0.44), (-0.36, -0.34)]
    face = [(-0.38, -0.12), (-0.1, 0.02), (0.5, 0.05), (0.9, 0.12), (0.0, 0.16)]
    pen.blob([*crest, *face], 0x3FA6CC, shade=0.3, alpha=0.93)
    for k in range(8):
        life = (act.t * 0.9 + k / 8) % 1
        at = (-0.3 + 0.16 * life - 0.03 * k, -0.44 - 0.02 * k + 0.4 * life * life)
        pen.oval(*at, 0.045, 0.04, 0xFFFFFF, shade=0.05, alpha=0.9 * (1 - 0.6 * life))
    with pen.at(0, 0.01, angle=3 * act.swing(0.2)):
        board = [(-0.36, 0.0), (-0.1, -0.03), (0.26, -0.03), (0.44, -0.07), (0.3, 0.03)]
        pen.blob([*board, (-0.2, 0.04)], 0xF7C948, shade=0.2)
        pen.line([(-0.26, 0.01), (0.34, -0.03)], 0.014, 0xE0503E)


def spray(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Foam in front of the board."""
    crest: list[Point] = [(-0.5 + 0.1 * k, 0.07 + 0.02 * wave(act.t + 0.2 * k)) for k in range(12)]
    pen.line(crest, 0.03, 0xFFFFFF, alpha=0.85)


def skateboard(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A board on four small wheels, under the feet."""
    board = [(-0.27, -0.05), (-0.2, -0.012), (0.2, -0.012), (0.28, -0.05)]
    pen.limb(board, [0.026, 0.03, 0.03, 0.026], 0xE0702E)
    for x in (-0.15, 0.16):
        pen.oval(x, 0.022, 0.032, 0.032, 0xF2E9D0, shade=0.2)
        spin = 2 * math.pi * act.phase * 2
        pen.line(
            [(x, 0.022), (x + 0.026 * math.cos(spin), 0.022 + 0.026 * math.sin(spin))],
            0.009,
            0x6A6470,
        )


def rod(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A fishing rod, its line and float."""
    x, y = b.hands[0]
    tip = (x + 0.42, y - 0.42 + 0.012 * act.swing())
    pen.limb([(x - 0.08, y + 0.07), (x + 0.2, y - 0.17), tip], [0.02, 0.014, 0.005], WOOD)
    end = (x + 0.5, 0.0 + 0.02 * act.swing(0.3))
    pen.line([tip, (tip[0] + 0.07, -0.4), end], 0.005, 0xF2F2F2)
    pen.oval(*end, 0.022, 0.028, 0xE8453E, shade=0.1)


def spade(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A spade that goes into the earth."""
    (x, y), (fx, fy) = b.hands
    low = (x + 0.2, min(0.02, y + 0.3))
    pen.limb([(fx - 0.1, fy - 0.12), low], [0.022, 0.022], WOOD)
    blade = [(low[0] - 0.04, low[1] - 0.05), (low[0] + 0.05, low[1] - 0.07)]
    pen.poly([*blade, (low[0] + 0.08, low[1] + 0.04)], STEEL, shade=0.2)
    pen.oval(0.45, 0.0, 0.12, 0.04, 0x7A5238, shade=0.2)


def sword(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """In the near hand: it points forward and up."""
    x, y = b.hands[0]
    tilt = 62 * smooth(0.5 + 0.9 * act.swing()) if act.gait == "fight" else 40
    with pen.at(x, y, angle=tilt):
        pen.poly(
            [(-0.018, -0.02), (0.018, -0.02), (0.012, -0.4), (0.0, -0.44), (-0.012, -0.4)], 0xDDE5EE
        )
        pen.limb([(-0.055, -0.025), (0.055, -0.025)], [0.022, 0.022], 0xC99A3A)
        pen.limb([(0, -0.02), (0, 0.06)], [0.024, 0.028], darker(WOOD, 0.3))  # fmt: skip


def broom(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A broom between the legs, its brush behind."""
    y = b.hip[1] + 0.04
    for k in range(5):
        spread = 0.03 * (k - 2)
        brush = [(-0.4, y + 0.02), (-0.66, y + 0.02 + spread), (-0.8, y + 1.5 * spread)]
        pen.limb(brush, [0.05, 0.035, 0.01], 0xD9A85A)
    pen.limb([(-0.45, y + 0.02), (0.6, y - 0.04)], [0.03, 0.026], WOOD)


BEFORE: Mapping[str, Part] = {
    "broom": broom,
    "sit": stool,
    "paint": easel,
    "cook": stove,
    "climb": ladder,
    "surf": surfboard,
    "ski": skis,
    "skate": skateboard,
}
"""What is drawn before the body."""

HELD: Mapping[str, Part] = {
    "eat": spoon,
    "drink": cup,
    "read": book,
    "play": guitar,
    "fiddle": fiddle,
    "sing": microphone,
    "paint": brush,
    "cook": pan,
    "fish": rod,
    "dig": spade,
}
"""What the near hand holds."""


def nothing(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Both hands are needed empty."""


AROUND: Mapping[str, Part] = {
    "kick": football,
    "juggle": balls,
    "surf": spray,
    "climb": nothing,
    "clap": nothing,
    "cheer": nothing,
    "swim": nothing,
    "dive": nothing,
    "sleep": nothing,
    "ski": nothing,
}
"""What is drawn after the body; those who do it put away what they hold."""
