"""Sunflower, rose, cherry tree, maple, pine, palm, cactus, lotus, pumpkin."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, lerp, smooth, turn, wave
from animatic.rig.act import Act
from animatic.rig.beasts import mid
from animatic.rig.pen import Pen

STEM = 0x4F8F46
LEAF = 0x5FA352
BARK = 0x6E4E3C


def _open(act: Act) -> float:
    return 1.0 if act.gait != "bloom" else lerp(0.12, 1.0, smooth(act.t / 3.5))


def _lean(act: Act, much: float = 0.12) -> float:
    return much * (act.gust() - 0.4) + 0.3 * much * act.breath()


def _leaf(pen: Pen, root: Point, tip: Point, wide: float, colour: Colour = LEAF) -> None:
    mx, my = mid(root, tip)
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    long = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / long * wide, dx / long * wide
    pen.blob([root, (mx + nx, my + ny), tip, (mx - nx, my - ny)], colour, tension=0.8)
    pen.line([root, tip], wide * 0.12, lighter(colour, 0.25), alpha=0.7)


def sunflower(pen: Pen, act: Act) -> None:
    """A tall sunflower, nodding."""
    petal, lean, open_ = act.own(0xF8C22E), _lean(act, 0.1), _open(act)
    top = (lean, -0.76)
    pen.limb([(0, 0.01), (lean * 0.3, -0.4), top], [0.045, 0.038, 0.03], STEM)
    for side, y in ((-1, -0.2), (1, -0.32), (-1, -0.46)):
        sway = 0.02 * act.gust(y)
        _leaf(pen, (lean * 0.15, y), (side * 0.27 + sway, y - 0.1 - sway), 0.075)
    with pen.at(*top, angle=6 * wave(act.t * 0.2)):
        for ring, tone in ((0, darker(petal, 0.2)), (1, petal)):
            shapes = []
            for k in range(17):
                a = TAU * (k + 0.5 * ring) / 17
                r = (0.235 - 0.02 * ring) * (0.45 + 0.55 * open_) + 0.006 * wave(
                    act.t * 0.7 + 0.2 * k
                )
                shapes.append(
                    [
                        turn(p, a)
                        for p in (
                            (0, 0),
                            (0.036, -r * 0.6),
                            (0.02, -r * 0.88),
                            (0, -r),
                            (-0.02, -r * 0.88),
                            (-0.036, -r * 0.6),
                        )
                    ]
                )
            pen.shapes(shapes, tone)
        pen.oval(0, 0, 0.115, 0.115, 0x7A4A26, shade=0.3)
        seeds = []
        for k in range(34):
            a, r = 2.39996 * k, 0.0165 * math.sqrt(k)
            seeds.append((r * math.cos(a), r * math.sin(a)))
        pen.specks(seeds, 0.014, 0x4A2C1A)


def rose(pen: Pen, act: Act) -> None:
    """A rose: petals wound about a heart; it opens when asked to bloom."""
    petal, lean, open_ = act.own(0xD8344A), _lean(act), _open(act)
    top = (lean, -0.76)
    pen.limb([(0, 0.01), (lean * 0.3, -0.4), top], [0.035, 0.03, 0.026], STEM)
    pen.shapes(
        [
            [(x - 0.005, y - 0.03), (x + 0.05, y - 0.02), (x, y + 0.02)]
            for x, y in ((0.012, -0.2), (0.01, -0.5))
        ],
        STEM,
    )
    for side, y in ((-1, -0.24), (1, -0.36), (-1, -0.5)):
        _leaf(pen, (lean * 0.2, y), (side * 0.22 + lean * 0.3, y - 0.12), 0.06)
    with pen.at(*top, scale=0.6 + 0.4 * open_):
        for side in (-1, 1):
            _leaf(pen, (0, 0.05), (side * 0.16, 0.06), 0.03)
        outer = 0.2 * (0.55 + 0.45 * open_)
        for k in range(5):
            a = TAU * k / 5 + 0.3
            pen.oval(
                outer * 0.55 * math.cos(a),
                -0.08 + outer * 0.5 * math.sin(a),
                outer * 0.66,
                outer * 0.6,
                darker(petal, 0.08 + 0.05 * (k % 2)),
                shade=0.2,
            )
        for k in range(4):
            a = TAU * k / 4 + 0.9 + 0.03 * wave(act.t * 0.3)
            pen.oval(
                outer * 0.3 * math.cos(a),
                -0.1 + outer * 0.28 * math.sin(a),
                outer * 0.52,
                outer * 0.46,
                mix(petal, 0xFFFFFF, 0.07 * (k % 2)),
                shade=0.2,
            )
        spiral = [
            (
                0.062 * (1 - j / 14) * math.cos(0.75 * j),
                -0.105 + 0.055 * (1 - j / 14) * math.sin(0.75 * j),
            )
            for j in range(13)
        ]
        pen.oval(0, -0.1, 0.085, 0.078, darker(petal, 0.12), shade=0.2)
        pen.line(spiral, 0.014, darker(petal, 0.4))


def _crown(
    pen: Pen, act: Act, spots: list[tuple[float, float, float]], colour: Colour, dabs: Colour
) -> None:
    """Round masses of leaf or blossom that sway, darker below, with specks of light."""
    for k, (x, y, r) in enumerate(spots):
        tone = mix(darker(colour, 0.2), colour, min(1.0, k / (len(spots) - 2)))
        dx = 0.05 * (act.gust(0.2 * k) - 0.4) * (0.3 - y) + 0.01 * act.wind * wave(
            act.t * 0.8 + 0.3 * k
        )
        points = []
        for j in range(11):
            a = TAU * j / 11 + 0.4 * k
            out = r * (1.0 + 0.09 * math.sin(3.7 * j + k))
            points.append((x + dx + out * 1.12 * math.cos(a), y + out * math.sin(a)))
        pen.blob(points, tone, shade=0.2)
        lit = [
            (x + dx + r * (u - 0.05), y + r * (v - 0.25))
            for u, v in ((-0.5, 0.1), (0.0, -0.35), (0.45, 0.0), (0.1, 0.25), (-0.25, -0.15))
        ]
        pen.specks(lit, r * 0.2, dabs, alpha=0.65)


CHERRY = [
    (-0.26, -0.56, 0.16),
    (0.27, -0.58, 0.16),
    (0.0, -0.54, 0.18),
    (-0.32, -0.7, 0.15),
    (0.32, -0.73, 0.15),
    (-0.12, -0.78, 0.19),
    (0.14, -0.82, 0.17),
]


def cherry_tree(pen: Pen, act: Act) -> None:
    """A cherry tree in blossom; petals drift from it."""
    _leafy(pen, act, act.own(0xF7B4C8), 0xFFE4EC, 0x5E4238)
    _fall_about(pen, act, 0xFBD0DC)


def maple(pen: Pen, act: Act) -> None:
    """A maple in its autumn red, letting leaves go; other leafy trees of autumn too."""
    colour = act.own(0xE2622F)
    _leafy(pen, act, colour, mix(colour, 0xFFD060, 0.6), BARK)
    _fall_about(pen, act, colour)


def _leafy(pen: Pen, act: Act, colour: Colour, dabs: Colour, bark: Colour) -> None:
    pen.limb(
        [(0.03, 0.01), (-0.02, -0.2), (0.02, -0.42), (0.0, -0.6)],
        [0.13, 0.085, 0.07, 0.03],
        bark,
        shade=0.25,
    )
    for x, y in ((-0.22, -0.56), (0.24, -0.6)):
        pen.limb([(0.0, -0.28), (x * 0.5, -0.42), (x, y)], [0.06, 0.045, 0.02], bark, shade=0.2)
    _crown(pen, act, CHERRY, colour, dabs)


def _fall_about(pen: Pen, act: Act, colour: Colour) -> None:
    for k in range(9):
        life = (act.t * 0.13 * (1 + 0.3 * (k % 3)) + k * 0.377 + act.seed) % 1
        x = -0.4 + 0.1 * k + 0.06 * wave(act.t * 0.4 + 0.3 * k) - 0.35 * act.wind * life
        with pen.at(x, -0.55 + 0.54 * life, angle=200 * wave(act.t * 0.2 + 0.17 * k)):
            pen.oval(0, 0, 0.022, 0.012, colour, shade=0, alpha=min(1.0, 6 * life, 6 * (1 - life)))


def pine(pen: Pen, act: Act) -> None:
    """A pine; hung with lights when it is a Christmas tree."""
    leaf, lean = act.own(0x3F7F5A), 0.04 * (act.gust() - 0.4)
    pen.limb([(0, 0.01), (0, -0.2)], [0.1, 0.085], BARK, shade=0.2)
    for k in range(4):
        y, half, high = -0.1 - 0.2 * k, 0.36 - 0.075 * k, 0.34 - 0.02 * k
        dx = lean * k
        points: list[Point] = [(dx * 1.3, y - high)]
        for j in range(7):
            s = j / 6
            points.append(
                (dx + half * (1 - 2 * s), y + (0.035 if j % 2 else 0.0) - 0.03 * abs(1 - 2 * s))
            )
        pen.blob(points, mix(leaf, 0xBFE0A0, 0.06 * k), shade=0.26, tension=0.55)
    if act.look == "christmas":
        _baubles(pen, act, lean)


def _baubles(pen: Pen, act: Act, lean: float) -> None:
    tones = (0xE8483E, 0xF6C945, 0x4AA0E0, 0xE86AB0)
    for k in range(14):
        row = k % 4
        x = (0.27 - 0.06 * row) * (-1 + 2 * ((k // 4 * 0.31 + 0.12 * row + 0.06) % 1)) + lean * row
        y = -0.17 - 0.19 * row - 0.04 * (k % 3)
        twinkle = 0.5 + 0.5 * wave(act.t * 0.6 + 0.27 * k)
        pen.glow(x, y, 0.07, tones[k % 4], 0.7 * twinkle)
        pen.oval(x, y, 0.026, 0.026, tones[k % 4], shade=0.3)
    star = [
        (
            (0.075 if j % 2 == 0 else 0.032) * math.sin(TAU * j / 10) + lean * 4,
            -1.02 - (0.075 if j % 2 == 0 else 0.032) * math.cos(TAU * j / 10),
        )
        for j in range(10)
    ]
    pen.glow(lean * 4, -1.02, 0.2, 0xFFE9A0, 0.7)
    pen.poly(star, 0xF9D04A)


def palm(pen: Pen, act: Act) -> None:
    """A palm with coconuts, its fronds in the sea wind."""
    leaf, lean = act.own(0x4FA05A), 0.06 + 0.05 * (act.gust() - 0.3)
    trunk: list[Point] = [
        (-0.06, 0.01),
        (-0.02, -0.25),
        (0.04 + lean * 0.4, -0.5),
        (0.06 + lean, -0.76),
    ]
    pen.limb(trunk, [0.11, 0.07, 0.06, 0.05], 0x9A7450, shade=0.22)
    for k in range(9):
        x, y = mid(trunk[k // 3], trunk[k // 3 + 1], (k % 3) / 3)
        pen.line([(x - 0.04, y), (x, y + 0.014), (x + 0.04, y)], 0.011, 0x6E5038, alpha=0.7)
    x, y = trunk[-1]
    for k, a in enumerate((-2.95, -0.2, -2.55, -0.6, -2.1, -1.0, -1.55)):
        tone = mix(darker(leaf, 0.25), leaf, k / 6)
        _frond(pen, act, (x, y), a, tone, k)
    for dx, dy in ((-0.03, 0.03), (0.035, 0.025), (0.0, 0.05)):
        pen.oval(x + dx, y + dy, 0.032, 0.034, 0x6A4630, shade=0.25)


def _frond(pen: Pen, act: Act, at: Point, angle: float, tone: Colour, k: int) -> None:
    blow = 0.05 * (act.gust(0.2 * k) - 0.4) + 0.012 * wave(act.t * 0.6 + 0.2 * k)
    x, y = at
    reach = (math.cos(angle), math.sin(angle))
    spine: list[Point] = []
    for j in range(6):
        s = j / 5
        spine.append(
            (
                x + 0.44 * s * reach[0] + blow * s,
                y + 0.34 * s * reach[1] + (0.32 - 0.1 * abs(reach[1])) * s * s,
            )
        )
    low: list[Point] = []
    for j in range(1, 6):
        px, py = spine[j]
        low.append((px - 0.02 * reach[0], py + 0.15 * (1 - 0.6 * j / 5)))
        inner = mid(spine[j - 1], spine[j], 0.45)
        low.append((inner[0], inner[1] + 0.05))
    pen.poly([*spine, *reversed(low[:-1])], tone, shade=0.2)
    pen.line(spine, 0.012, lighter(tone, 0.3), alpha=0.8)


def cactus(pen: Pen, act: Act) -> None:
    """A saguaro with arms, and a flower on top."""
    main = act.own(0x5A9A5E)
    sway = 0.01 * act.breath()
    for side, y, up in ((-1, -0.36, 0.3), (1, -0.48, 0.26)):
        x = side * 0.26
        pen.limb(
            [(side * 0.06, y), (x * 0.9, y + 0.01), (x, y - up * 0.45), (x + sway, y - up)],
            [0.13, 0.14, 0.14, 0.12],
            darker(main, 0.06),
            shade=0.2,
        )
    pen.limb([(0, -0.06), (0, -0.45), (sway, -0.86)], [0.24, 0.25, 0.2], main, shade=0.22)
    for dx in (-0.055, 0.0, 0.055):
        pen.line(
            [(dx, -0.03), (dx * 1.1, -0.45), (dx * 0.8 + sway, -0.88)],
            0.01,
            darker(main, 0.25),
            alpha=0.7,
        )
    pricks = []
    for k in range(15):
        x, y = -0.08 + 0.055 * (k % 4), -0.1 - 0.055 * k
        pricks += [((x, y), (x - 0.02, y - 0.016)), ((x, y), (x + 0.02, y - 0.016))]
    pen.hairs(pricks, 0.007, 0xFBF6DC, alpha=0.9)
    for k in range(5):
        a = TAU * k / 5 - TAU / 4
        pen.oval(sway + 0.05 * math.cos(a), -0.97 + 0.035 * math.sin(a), 0.042, 0.036, 0xF06A9A)
    pen.oval(sway, -0.97, 0.028, 0.024, 0xF9D04A)


def lotus(pen: Pen, act: Act) -> None:
    """A water lily on its pad."""
    petal, open_ = act.own(0xF29AC0), _open(act)
    rock = 0.012 * act.breath()
    with pen.at(0, rock):
        pen.oval(0.12, -0.03, 0.62, 0.12, darker(LEAF, 0.18), shade=0.2)
        pen.oval(-0.2, -0.06, 0.5, 0.11, LEAF, shade=0.2)
        pen.line([(-0.2, -0.06), (0.1, -0.13)], 0.012, lighter(LEAF, 0.3), alpha=0.7)
        for ring, (count, long, tone) in enumerate(
            (
                (7, 0.62, darker(petal, 0.1)),
                (6, 0.62, petal),
                (5, 0.56, lighter(petal, 0.3)),
                (3, 0.46, lighter(petal, 0.5)),
            )
        ):
            for k in range(count):
                spread = (1.25 - 0.27 * ring) * (0.25 + 0.75 * open_)
                a = spread * (2 * k / (count - 1) - 1) + 0.015 * wave(act.t * 0.4 + 0.2 * k)
                tip = turn((0, -long), a, (0, 0))
                half = turn((0.13 - 0.012 * ring, -long * 0.5), a)
                other = turn((-0.13 + 0.012 * ring, -long * 0.5), a)
                pen.blob(
                    [
                        (0, -0.06),
                        (half[0], half[1] - 0.06),
                        (tip[0], tip[1] - 0.06),
                        (other[0], other[1] - 0.06),
                    ],
                    tone,
                    shade=0.18,
                    tension=0.75,
                )
        pen.glow(0, -0.34, 0.16, 0xFFE88A, 0.5 * open_)


def pumpkin(pen: Pen, act: Act) -> None:
    """A pumpkin; a lantern with a grin when it is Hallowe'en's."""
    main = act.own(0xEE8430)
    pen.limb([(0.02, -0.72), (0.0, -0.86), (0.1, -0.96)], [0.12, 0.09, 0.08], 0x6E8A3E)
    for x, w, tone in (
        (-0.34, 0.2, 0.16),
        (0.34, 0.2, 0.16),
        (-0.19, 0.22, 0.08),
        (0.19, 0.22, 0.08),
        (0.0, 0.2, 0.0),
    ):
        pen.oval(x, -0.38, w, 0.38 - abs(x) * 0.16, darker(main, tone), shade=0.24)
    curl = 0.02 * wave(act.t * 0.4)
    pen.line(
        [(0.05, -0.76), (0.22, -0.84 + curl), (0.3, -0.74), (0.24, -0.7), (0.24, -0.78 + curl)],
        0.02,
        0x6E9A4A,
    )
    if act.look == "lantern":
        _grin(pen, act)


def _grin(pen: Pen, act: Act) -> None:
    flicker = 0.75 + 0.2 * wave(act.t * 2.3) * wave(act.t * 0.9)
    pen.glow(0, -0.36, 0.8, 0xFFB84A, 0.5 * flicker)
    light = mix(0xF29A2E, 0xFFF0A0, flicker)
    for side in (-1, 1):
        pen.poly([(side * 0.08, -0.42), (side * 0.3, -0.46), (side * 0.2, -0.6)], light, shade=0)
    pen.poly([(-0.04, -0.34), (0.04, -0.34), (0, -0.42)], light, shade=0)
    pen.poly(
        [
            (-0.36, -0.32),
            (-0.2, -0.24),
            (-0.14, -0.28),
            (-0.07, -0.21),
            (0.07, -0.21),
            (0.14, -0.28),
            (0.2, -0.24),
            (0.36, -0.32),
            (0.2, -0.1),
            (-0.2, -0.1),
        ],
        light,
        shade=0,
    )


SUBJECTS = {
    "sunflower": sunflower,
    "rose": rose,
    "cherry_tree": cherry_tree,
    "maple": maple,
    "pine": pine,
    "palm": palm,
    "cactus": cactus,
    "lotus": lotus,
    "pumpkin": pumpkin,
}
