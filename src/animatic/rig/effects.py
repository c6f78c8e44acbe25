"""What an action puts about any subject, in its unit box: flames, notes, sparkles, a burst."""

import math
from collections.abc import Mapping

from animatic.ease import TAU, Point, hop, smooth, wave
from animatic.rig.act import Act, Subject
from animatic.rig.pen import Pen

FLAMES = ((0xE8452C, 1.0, 0.75), (0xF58A2C, 0.72, 0.85), (0xFFD65A, 0.44, 0.95))
CONFETTI = (0xF4C542, 0xE8503E, 0xF6F0E0, 0x4FA8E0)


def flames(pen: Pen, act: Act) -> None:
    """Tongues of fire that lick upwards, embers above, light about."""
    pen.glow(0, -0.45, 0.85, 0xFF8A2C, 0.4 + 0.06 * wave(act.t * 2.1))
    half = 0.44 * max(0.6, act.wide)
    count = max(4, round(4.5 * act.wide))
    for colour, share, alpha in FLAMES:
        crest = _crest(act, half, count, share)
        foot: list[Point] = [(half, 0.02), (-half, 0.02)]
        pen.fade(
            [*crest, *foot], colour, colour, alphas=(alpha * 0.5, alpha), smooth=True, lit=False
        )
    pen.specks(_embers(act, 9), 0.022, 0xFFB84A, lit=False, alpha=0.9)


def _crest(act: Act, half: float, count: int, share: float) -> list[Point]:
    """Tips and valleys of a fire's upper edge."""
    line: list[Point] = [(-half, -0.04)]
    for k in range(count):
        x = half * (2 * (k + 0.5) / count - 1)
        edge = 1 - 0.55 * abs(x / half) ** 2
        tall = 0.66 * edge * share * (1 + 0.24 * wave(act.t * 1.3 + k * 0.37))
        lean = 0.05 * wave(act.t * 0.9 + k * 0.23)
        step = half / count
        line += [(x - step * 0.45, -tall * 0.5), (x + lean, -tall), (x + step * 0.4, -tall * 0.55)]
        line.append((x + step, -tall * 0.28))
    line[-1] = (half, -0.04)
    return line


def _embers(act: Act, count: int) -> list[Point]:
    lives = [((act.t * 0.45 + k / count) % 1, k) for k in range(count)]
    return [(0.5 * wave(k * 0.37) + 0.08 * wave(u * 2 + k * 0.3), -0.4 - 0.9 * u) for u, k in lives]


def notes(pen: Pen, act: Act) -> None:
    """Notes that rise and fade."""
    tones = act.palette[:3] or (0xE8503E, 0x3F8FD0, 0xF4A93A)
    for k in range(3):
        life = (act.t * 0.28 + k / 3) % 1
        x, y = 0.22 + 0.3 * life + 0.05 * wave(life * 2 + k * 0.4), -0.92 - 0.45 * life
        alpha, s = math.sin(math.pi * life), 0.045
        colour = tones[k % len(tones)]
        pen.oval(x, y, s, s * 0.75, colour, angle=-20, shade=0, alpha=alpha)
        stem: list[Point] = [(x + s * 0.85, y - s * 0.2), (x + s * 0.85, y - s * 3.2)]
        pen.line(stem, s * 0.34, colour, alpha=alpha, smooth=False)
        flag = [(x + s * 0.85, y - s * 3.2), (x + s * 1.7, y - s * 2.5), (x + s * 1.6, y - s * 1.7)]
        pen.line(flag, s * 0.34, colour, alpha=alpha)


def sparkles(pen: Pen, act: Act) -> None:
    """Four-pointed stars that come and go."""
    pen.glow(0, -0.5, 0.75, 0xFFF0B0, 0.3 + 0.1 * act.swing())
    for k in range(7):
        on = max(0.0, wave(act.t * 0.5 + k * 0.37))
        a, out = TAU * k * 0.382, 0.3 + 0.25 * ((k * 0.618) % 1)
        x, y, r = out * math.cos(a), -0.52 + 0.9 * out * math.sin(a), 0.1 * on
        points = [
            (
                x + r * (1 if j % 2 == 0 else 0.24) * math.cos(TAU * j / 8),
                y + r * (1 if j % 2 == 0 else 0.24) * math.sin(TAU * j / 8),
            )
            for j in range(8)
        ]
        pen.fade(points, 0xFFFBE8, 0xFFF0B0, lit=False, alphas=(0.95 * on, 0.95 * on))


def burst(pen: Pen, act: Act) -> None:
    """A flash, a ring of smoke, and pieces that fly out, once a cycle."""
    life = act.phase % 1
    out, fade = smooth(life * 1.6), max(0.0, 1 - life * 1.25)
    pen.glow(0, -0.5, 0.4 + 0.5 * out, 0xFFD27A, 0.95 * fade)
    heaps = [
        (
            0.5 * out * math.cos(TAU * k / 9),
            -0.5 + 0.42 * out * math.sin(TAU * k / 9),
            0.1 + 0.12 * out,
        )
        for k in range(9)
    ]
    pen.puffs(heaps, 0xFFC46A, 0xE8602C, alphas=(0.8 * fade, 0.7 * fade), lit=False)
    for k in range(14):
        a, reach = TAU * k * 0.382, (0.5 + 0.35 * ((k * 0.618) % 1)) * out
        x, y = reach * math.cos(a), -0.5 + reach * math.sin(a) - 0.15 * hop(life)
        pen.oval(x, y, 0.03, 0.016, CONFETTI[k % 4], angle=360 * life + 40 * k, alpha=fade)


EFFECTS: Mapping[str, Subject] = {
    "flames": flames,
    "notes": notes,
    "sparkles": sparkles,
    "burst": burst,
}
