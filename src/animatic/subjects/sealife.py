"""Fish, shark, whale, dolphin, turtle."""

import math
from functools import partial

from animatic.colour import darker, lighter, mix
from animatic.ease import TAU, wave
from animatic.rig.act import Act
from animatic.rig.beasts import FOAM, afloat, eyes
from animatic.rig.bodies import INK
from animatic.rig.pen import Pen

PALE = 0xF6FAF6


def _leaping(pen: Pen, act: Act, body: partial[None], rate: float) -> None:
    """Out of the water in an arc and in again, with a splash at both ends."""
    p = (act.phase * rate) % 1.0
    high = math.sin(math.pi * p)
    above = [(-3.0, -3.0), (3.0, -3.0), (3.0, 0.02), (-3.0, 0.02)]
    place = pen.at(0.0, 0.75 - 1.05 * high, angle=4 - 48 * math.cos(math.pi * p))
    with pen.inside(above, smooth=False), place:
        body()
    for at in (0.04, 0.96):
        near = max(0.0, 1 - abs(p - at) * 5)
        _splash(pen, (0.45 if at < 0.5 else -0.1), near)


def _splash(pen: Pen, x: float, strength: float) -> None:
    if strength <= 0:
        return
    drops = []
    for k in range(9):
        a = math.pi * (0.15 + 0.7 * k / 8)
        r = (0.25 + 0.25 * strength) * (1.0 + 0.3 * (k % 2))
        drops.append((x + r * math.cos(a) * 0.8, -r * math.sin(a)))
    pen.specks(drops, 0.045, FOAM, alpha=strength)
    pen.line([(x - 0.4, 0.0), (x, 0.04), (x + 0.4, 0.0)], 0.03, FOAM, alpha=strength)


def fish(pen: Pen, act: Act) -> None:
    """A fish: of the reef, a clownfish in bands, a goldfish with veils."""
    body = partial(_fish, pen, act)
    if act.surfaced:
        _leaping(pen, act, body, 0.7)
    else:
        body()


def _fish(pen: Pen, act: Act) -> None:
    clown, gold = act.look == "clownfish", act.look == "goldfish"
    main = act.own(0xF07A2E if clown else 0xEE6A38 if gold else 0x3F9BD8)
    fin = lighter(main, 0.25) if clown or gold else 0xF6C945
    wag, beat = math.cos(TAU * act.t * 1.3 + 6 * act.seed), act.t * 1.3 + act.seed
    veil = 1.5 if gold else 1.0
    x1 = -0.5 - (0.16 + 0.1 * wag) * veil
    drift = 0.05 * wave(beat * 0.7)
    pen.blob(
        [
            (-0.4, -0.5),
            (x1, -0.76 * veil**0.3 + drift),
            (x1 + 0.08, -0.5 + drift),
            (x1, -0.24 / veil**0.3 + drift),
        ],
        fin,
        shade=0.2,
        tension=0.8,
    )
    top = [(-0.2, -0.74), (-0.22 - 0.02 * wag, -0.98), (0.1, -0.98), (0.24, -0.76)]
    pen.blob(top, fin, shade=0.2, tension=0.8)
    pen.blob([(-0.14, -0.28), (-0.18, -0.08), (0.04, -0.14), (0.1, -0.28)], fin, shade=0.2)
    body = [
        (-0.48, -0.5),
        (-0.2, -0.76),
        (0.16, -0.82),
        (0.46, -0.66),
        (0.56, -0.5),
        (0.44, -0.33),
        (0.12, -0.2),
        (-0.2, -0.26),
    ]
    pen.blob(body, main, shade=0.24)
    with pen.inside(body):
        pen.oval(0.1, -0.22, 0.5, 0.14, lighter(main, 0.5), shade=0, alpha=0.8)
        if clown:
            for x, w in ((0.24, 0.1), (-0.1, 0.12), (-0.38, 0.07)):
                pen.line([(x - 0.02, -0.95), (x + 0.04, -0.5), (x - 0.02, -0.1)], w + 0.03, INK)
                pen.line([(x - 0.02, -0.95), (x + 0.04, -0.5), (x - 0.02, -0.1)], w, PALE)
        else:
            for k in range(9):
                x, y = -0.26 + 0.13 * (k % 3) + 0.06 * (k // 3 % 2), -0.62 + 0.11 * (k // 3)
                pen.line(
                    [(x + 0.04, y - 0.05), (x - 0.01, y), (x + 0.04, y + 0.05)],
                    0.02,
                    lighter(main, 0.35),
                    alpha=0.8,
                )
    flap = 0.08 * wave(beat)
    pen.blob(
        [(0.14, -0.46), (-0.06, -0.42 + flap), (-0.1, -0.28 + flap), (0.1, -0.34)], fin, shade=0.2
    )
    pen.oval(0.34, -0.58, 0.085, 0.09, 0xFFFFFF, shade=0)
    pen.oval(0.36, -0.58, 0.05, 0.055, INK, shade=0)
    pen.oval(0.375, -0.605, 0.018, 0.018, 0xFFFFFF, shade=0)
    pen.line([(0.55, -0.46), (0.48, -0.43), (0.44, -0.45)], 0.02, darker(main, 0.45))
    pen.soft(0.36, -0.44, 0.06, 0.04, 0xF2938E, 0.6)


def shark(pen: Pen, act: Act) -> None:
    """A shark: its fin cuts the water, or all of it is seen from below."""
    body = partial(_shark, pen, act)
    if act.surfaced:
        afloat(pen, act, body, 0.3)
    else:
        body()


def _shark(pen: Pen, act: Act) -> None:
    main = act.own(0x6F8296)
    far = darker(main, 0.2)
    wag = math.cos(TAU * act.t * 0.7)
    sway = 0.05 * wave(act.t * 0.7)
    x1 = -1.02 - 0.1 * wag
    pen.blob(
        [(-0.84, -0.47), (x1 - 0.06, -0.86 + sway), (x1 + 0.1, -0.5 + sway), (x1, -0.28 + sway)],
        main,
        shade=0.16,
        tension=0.6,
    )
    pen.blob([(0.26, -0.34), (0.06, -0.1), (-0.08, -0.05), (0.06, -0.32)], far, tension=0.6)
    pen.blob(
        [(-0.12, -0.66), (-0.16, -0.86), (-0.12, -1.0), (0.06, -0.86), (0.26, -0.66)],
        main,
        tension=0.7,
    )
    pen.poly([(-0.62, -0.54), (-0.72, -0.68), (-0.5, -0.57)], main)
    body = [
        (-0.94, -0.46 + sway * 0.5),
        (-0.5, -0.57),
        (0.0, -0.7),
        (0.5, -0.68),
        (0.88, -0.54),
        (1.0, -0.46),
        (0.8, -0.34),
        (0.4, -0.25),
        (-0.1, -0.27),
        (-0.55, -0.38),
    ]
    pen.blob(body, main, shade=0.22)
    with pen.inside(body):
        pen.blob(
            [(1.1, -0.44), (0.5, -0.42), (-0.2, -0.4), (-1.0, -0.44), (-0.4, -0.1), (0.8, -0.1)],
            PALE,
            shade=0.08,
        )
    for k in range(3):
        x = 0.36 + 0.055 * k
        pen.line([(x, -0.58), (x - 0.025, -0.5), (x, -0.43)], 0.014, darker(main, 0.4))
    pen.blob([(0.84, -0.42), (0.74, -0.4), (0.6, -0.41), (0.7, -0.34)], 0x8A3A44, shade=0)
    pen.shapes(
        [
            [(0.63 + 0.045 * k, -0.415), (0.65 + 0.045 * k, -0.375), (0.67 + 0.045 * k, -0.415)]
            for k in range(5)
        ],
        0xFFFFFF,
    )
    eyes(pen, act, [(0.72, -0.54)], 0.035)
    pen.blob(
        [(0.3, -0.36), (0.14, -0.08 + sway), (-0.02, 0.0 + sway), (0.08, -0.32)],
        main,
        shade=0.16,
        tension=0.6,
    )


def whale(pen: Pen, act: Act) -> None:
    """A whale: blows at the surface; an orca in black and white."""
    body = partial(_whale, pen, act)
    if act.surfaced:
        afloat(pen, act, body, 0.24)
        _spout(pen, act)
    else:
        body()


def _spout(pen: Pen, act: Act) -> None:
    life = (act.t * 0.24 + act.seed) % 1
    if life > 0.62:
        return
    high = math.sin(math.pi * life / 0.62)
    for lean in (-0.24, -0.1, 0.1, 0.24):
        pen.limb(
            [
                (0.5, -0.58),
                (0.5 + lean * 0.5, -0.58 - 0.5 * high),
                (0.5 + lean * 1.5, -0.58 - 0.36 * high),
            ],
            [0.035, 0.055, 0.02],
            FOAM,
            shade=0.05,
            alpha=0.85 * high,
        )
    drops = [(0.5 + 0.12 * (k - 3), -0.62 - 0.4 * high + 0.07 * (k % 3)) for k in range(7)]
    pen.specks(drops, 0.035, FOAM, alpha=0.8 * high)


def _whale(pen: Pen, act: Act) -> None:
    orca = act.look == "orca"
    main = act.own(0x33384A if orca else 0x4A78A8)
    beat = wave(act.t * 0.33)
    tail = (-1.02, -0.52 - 0.16 * beat)
    for dx, dy in ((-0.2, -0.2), (-0.26, 0.02)):
        pen.blob(
            [
                (tail[0] + 0.05, tail[1]),
                (tail[0] + dx * 0.4, tail[1] + dy * 1.1 - 0.04),
                (tail[0] + dx * 1.1, tail[1] + dy + 0.04 * beat),
                (tail[0] + dx * 0.4, tail[1] + dy * 0.2 + 0.03),
            ],
            darker(main, 0.1),
        )
    if orca:
        pen.blob([(-0.14, -0.7), (-0.12, -1.0), (0.0, -0.96), (0.14, -0.7)], main, tension=0.7)
    body = [
        tail,
        (-0.7, -0.58 - 0.06 * beat),
        (-0.2, -0.74),
        (0.4, -0.84),
        (0.86, -0.74),
        (1.02, -0.5),
        (0.9, -0.26),
        (0.4, -0.12),
        (-0.2, -0.2),
        (-0.7, -0.42 - 0.06 * beat),
    ]
    pen.blob(body, main, shade=0.24)
    with pen.inside(body):
        belly = [
            (1.1, -0.4),
            (0.7, -0.36),
            (0.3, -0.38),
            (-0.3, -0.3),
            (-0.8, -0.4),
            (-0.2, -0.05),
            (0.9, -0.05),
        ]
        pen.blob(belly, PALE if orca else mix(main, PALE, 0.75), shade=0.1)
        if not orca:
            for k in range(5):
                y = -0.33 + 0.045 * k
                pen.line(
                    [(1.0 - 0.05 * k, y), (0.5, y + 0.02), (0.1, y + 0.02)],
                    0.01,
                    darker(main, 0.1),
                    alpha=0.6,
                )
        else:
            pen.oval(0.66, -0.6, 0.11, 0.06, PALE, angle=-12, shade=0)
    pen.line([(0.99, -0.42), (0.8, -0.4), (0.62, -0.43), (0.56, -0.47)], 0.018, darker(main, 0.4))
    eyes(pen, act, [(0.6, -0.54)] if not orca else [(0.74, -0.52)], 0.032, blush=0.06)
    flap = 0.07 * wave(act.t * 0.33 + 0.2)
    pen.blob(
        [(0.42, -0.32), (0.3, -0.24), (0.06, -0.06 + flap), (0.02, -0.02 + flap), (0.16, -0.3)],
        darker(main, 0.14),
        shade=0.18,
    )


def dolphin(pen: Pen, act: Act) -> None:
    """A dolphin: leaps from the sea, or swims below with beating flukes."""
    body = partial(_dolphin, pen, act)
    if act.surfaced:
        _leaping(pen, act, body, 0.55)
    else:
        body()


def _dolphin(pen: Pen, act: Act) -> None:
    main = act.own(0x6E93B8)
    beat = wave(act.t * 0.8)
    tail = (-0.86, -0.38 - 0.12 * beat)
    pen.blob(
        [
            (tail[0] + 0.1, tail[1]),
            (tail[0] - 0.16, tail[1] - 0.16),
            (tail[0] - 0.06, tail[1]),
            (tail[0] - 0.18, tail[1] + 0.13),
        ],
        darker(main, 0.12),
        tension=0.7,
    )
    pen.blob([(-0.16, -0.64), (-0.26, -0.9), (-0.12, -0.86), (0.12, -0.68)], main, tension=0.7)
    body = [
        tail,
        (-0.5, -0.54 - 0.03 * beat),
        (0.0, -0.7),
        (0.42, -0.7),
        (0.62, -0.56),
        (0.84, -0.48),
        (0.87, -0.43),
        (0.6, -0.4),
        (0.2, -0.32),
        (-0.4, -0.38 - 0.03 * beat),
    ]
    pen.blob(body, main, shade=0.24)
    with pen.inside(body):
        pen.blob(
            [(0.9, -0.42), (0.4, -0.5), (-0.1, -0.44), (-0.6, -0.42), (0.0, -0.2), (0.7, -0.25)],
            PALE,
            shade=0.08,
        )
    pen.line([(0.85, -0.45), (0.66, -0.46), (0.52, -0.5)], 0.015, darker(main, 0.45))
    eyes(pen, act, [(0.48, -0.56)], 0.03, blush=0.05)
    flap = 0.06 * wave(act.t * 0.8 + 0.2)
    pen.blob(
        [(0.26, -0.42), (0.1, -0.18 + flap), (0.0, -0.14 + flap), (0.06, -0.4)],
        darker(main, 0.14),
        tension=0.7,
    )


def turtle(pen: Pen, act: Act) -> None:
    """A turtle: flies through water, plods on land."""
    body = partial(_turtle, pen, act)
    if act.gait == "swim" and act.surfaced:
        afloat(pen, act, body, 0.3)
    else:
        body()


def _turtle(pen: Pen, act: Act) -> None:
    shell = act.own(0x7A8A3E)
    skin = mix(0x8CBF6A, shell, 0.25)
    swims = act.gait in {"swim", "fly"}
    stroke = wave(act.t * 0.5)
    if swims:
        pen.blob(
            [
                (-0.5, -0.28),
                (-0.78, -0.22 - 0.08 * stroke),
                (-0.84, -0.1 - 0.1 * stroke),
                (-0.5, -0.16),
            ],
            darker(skin, 0.15),
        )
        pen.blob(
            [(0.3, -0.3), (0.2, -0.06 + 0.3 * stroke), (-0.05, 0.06 + 0.4 * stroke), (0.08, -0.24)],
            darker(skin, 0.25),
        )
    else:
        for k, x in enumerate((-0.42, 0.28)):
            step = 0.08 * wave(act.phase + 0.5 * k) if act.moves else 0.0
            pen.limb([(x, -0.24), (x + 0.06 + step, -0.05)], [0.2, 0.15], darker(skin, 0.2))
    pen.poly([(-0.6, -0.24), (-0.82, -0.14), (-0.6, -0.14)], skin)
    asleep = act.gait == "sleep"
    head = (0.72, -0.36) if asleep else (0.84 + 0.02 * act.breath(), -0.5)
    if not (asleep and not swims):
        pen.limb([(0.46, -0.26), (0.66, -0.36), head], [0.24, 0.19, 0.2], skin, shade=0.14)
    pen.oval(*head, 0.16, 0.145, skin, shade=0.14)
    eyes(pen, act, [(head[0] + 0.06, head[1] - 0.03)], 0.032, blush=0.05)
    pen.line(
        [(head[0] + 0.14, head[1] + 0.05), (head[0] + 0.06, head[1] + 0.07)],
        0.014,
        darker(skin, 0.5),
    )
    dome = [
        (-0.66, -0.2),
        (-0.6, -0.48),
        (-0.3, -0.74),
        (0.06, -0.8),
        (0.4, -0.64),
        (0.6, -0.36),
        (0.62, -0.2),
        (0.0, -0.12),
    ]
    pen.blob(dome, shell, shade=0.26)
    with pen.inside(dome):
        for x, y, r in (
            (-0.36, -0.5, 0.17),
            (0.02, -0.56, 0.19),
            (0.36, -0.44, 0.16),
            (-0.16, -0.26, 0.15),
            (0.2, -0.26, 0.15),
            (-0.56, -0.28, 0.12),
            (0.54, -0.24, 0.1),
        ):
            hexa = [
                (x + r * math.cos(TAU * k / 6), y + r * 0.85 * math.sin(TAU * k / 6))
                for k in range(6)
            ]
            pen.poly(hexa, lighter(mix(shell, 0xC9A050, 0.35), 0.08), shade=0.16)
    pen.limb(
        [(-0.66, -0.2), (0.0, -0.13), (0.62, -0.2)],
        [0.08, 0.1, 0.08],
        lighter(mix(shell, 0xE8D28A, 0.6), 0.1),
    )
    if swims:
        pen.blob(
            [
                (0.44, -0.26),
                (0.4, -0.02 + 0.36 * stroke),
                (0.12, 0.14 + 0.5 * stroke),
                (0.06, 0.1 + 0.48 * stroke),
                (0.16, -0.2),
            ],
            skin,
            shade=0.2,
        )
        return
    for k, x in enumerate((-0.48, 0.34)):
        step = 0.08 * wave(act.phase + 0.25 + 0.5 * k) if act.moves else 0.0
        pen.limb([(x, -0.2), (x + 0.05 + step, -0.05)], [0.22, 0.17], skin, shade=0.14)


SUBJECTS = {
    "fish": fish,
    "shark": shark,
    "whale": whale,
    "dolphin": dolphin,
    "turtle": turtle,
}
