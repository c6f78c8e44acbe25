"""In space: rocket, UFO, space station, rover, spaceship."""

import math

from animatic.colour import Colour, darker, lighter
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.wheels import wheel

HULL, FOIL, CELLS = 0xF2F3F7, 0xE0A93A, 0x2F4FA0


def rocket(pen: Pen, act: Act) -> None:
    """A storybook rocket; in flight it leans, burns, and trails smoke."""
    with pen.at(0, -0.5, angle=38 if act.gait == "fly" else 0), pen.at(0, 0.5):
        _rocket(pen, act)


def _rocket(pen: Pen, act: Act) -> None:
    paint = act.own(0xE0453A)
    if act.gait in {"fly", "float"}:
        jet(pen, act, (0.0, -0.14), 0.12, 0.42)
    for side in (-1, 1):
        fin: list[Point] = [
            (side * 0.1, -0.4),
            (side * 0.27, -0.16),
            (side * 0.27, 0.0),
            (side * 0.1, -0.13),
        ]
        pen.blob(fin, paint, shade=0.22, tension=0.4)
    body: list[Point] = [
        (0.0, -1.0),
        (0.12, -0.82),
        (0.165, -0.55),
        (0.11, -0.13),
        (-0.11, -0.13),
        (-0.165, -0.55),
        (-0.12, -0.82),
    ]
    pen.blob(body, HULL, shade=0.25, tension=0.8)
    with pen.inside(body):
        pen.box(-0.3, -1.05, 0.6, 0.26, paint, shade=0.2)
        pen.box(-0.3, -0.3, 0.6, 0.05, paint, shade=0.1)
        pen.soft(0.12 * -pen.light.side, -0.5, 0.1, 0.5, 0x2B2040, 0.25)
    pen.oval(0, -0.6, 0.085, 0.085, 0xB4BCC8, shade=0.2)
    pen.oval(0, -0.6, 0.062, 0.062, 0x6FB8E0, shade=0.35)
    pen.line([(-0.03, -0.62), (0.01, -0.64)], 0.014, 0xFFFFFF, alpha=0.9)
    pen.poly([(-0.07, -0.13), (0.07, -0.13), (0.09, -0.08), (-0.09, -0.08)], 0x5A6070, shade=0.2)
    pen.blob([(-0.02, -0.36), (0.02, -0.36), (0.03, -0.02), (-0.03, -0.02)], paint, tension=0.5)


def jet(pen: Pen, act: Act, at: Point, wide: float, long: float) -> None:
    """Fire that shoots downwards, and smoke."""
    x, y = at
    for k in range(6):
        life = (act.t * 0.9 + k / 6) % 1
        spot = (x + 0.1 * wave(k * 0.37) * life, y + long * (0.6 + 1.0 * life))
        pen.oval(
            *spot, wide * (0.5 + life), wide * (0.5 + 0.8 * life), 0xE9E6EE, alpha=0.4 * (1 - life)
        )
    pen.glow(x, y + long * 0.4, long * 0.8, 0xFF9A3A, 0.6)
    for colour, share in ((0xF0502C, 1.0), (0xFFA23A, 0.7), (0xFFF0B0, 0.4)):
        tip = y + long * share * (1 + 0.12 * wave(act.t * 3.7 + share))
        w = wide * (0.5 + 0.5 * share)
        pen.fade(
            [
                (x - w * 0.8, y),
                (x - w, y + long * 0.2 * share),
                (x, tip),
                (x + w, y + long * 0.2 * share),
                (x + w * 0.8, y),
            ],
            colour,
            colour,
            smooth=True,
            lit=False,
        )


def panel(pen: Pen, x: float, y: float, w: float, h: float, colour: Colour = CELLS) -> None:
    """Solar cells about a point."""
    pen.box(x - w / 2, y - h / 2, w, h, colour, shade=0.3)
    grid = [
        ((x - w / 2 + w * k / 6, y - h / 2), (x - w / 2 + w * k / 6, y + h / 2)) for k in range(7)
    ]
    grid += [
        ((x - w / 2, y - h / 2 + h * k / 2), (x + w / 2, y - h / 2 + h * k / 2)) for k in range(3)
    ]
    pen.hairs(grid, 0.011, 0x9FB4E8, alpha=0.8)


def ufo(pen: Pen, act: Act) -> None:
    """A saucer with a running ring of lights and a beam."""
    beam = 0.16 + 0.05 * wave(act.t * 0.7)
    pen.fade(
        [(-0.3, -0.34), (0.3, -0.34), (0.62, 0.25), (-0.62, 0.25)],
        0xB8FFD8,
        0xB8FFD8,
        alphas=(beam * 2.2, 0.02),
        lit=False,
    )
    pen.blob(
        [(-0.4, -0.55), (-0.3, -0.85), (0.0, -0.97), (0.3, -0.85), (0.4, -0.55)],
        0xA9E6F4,
        shade=0.25,
        alpha=0.85,
    )
    pen.oval(0.0, -0.66, 0.12, 0.15, 0x7FC86A, shade=0.2)
    for x in (-0.045, 0.055):
        pen.oval(
            x,
            -0.68,
            0.035,
            0.05 * (1 - act.shut) + 0.004,
            0x22202A,
            shade=0,
            angle=12 if x < 0 else -12,
        )
    pen.line([(-0.24, -0.72), (-0.16, -0.84)], 0.03, 0xFFFFFF, alpha=0.7)
    metal = act.own(0xA8B0C4)
    pen.oval(0, -0.46, 0.95, 0.17, metal, shade=0.35)
    pen.oval(0, -0.53, 0.6, 0.1, lighter(metal, 0.25), shade=0.25)
    pen.oval(0, -0.36, 0.42, 0.07, darker(metal, 0.3), shade=0.2)
    for k in range(9):
        x = -0.8 + 0.2 * k
        y = -0.46 + 0.1 * math.sqrt(max(0.0, 1 - x * x))
        on = 0.5 + 0.5 * wave(act.t * 0.8 - k / 9)
        pen.oval(
            x,
            y,
            0.04,
            0.035,
            (0xFFE04A, 0xFF6A5A, 0x6AE0FF)[k % 3],
            shade=0,
            alpha=0.35 + 0.65 * on,
        )
        if on > 0.7:
            pen.glow(x, y, 0.11, 0xFFF0B0, on * 0.7)


def space_station(pen: Pen, act: Act) -> None:
    """Modules on a truss, between great wings of cells."""
    pen.line([(-1.3, -0.6), (1.3, -0.6)], 0.06, 0x8A94A4, smooth=False)
    truss = [
        (
            (-1.25 + 0.125 * k, -0.575 - 0.05 * (k % 2)),
            (-1.125 + 0.125 * k, -0.625 + 0.05 * (k % 2)),
        )
        for k in range(20)
    ]
    pen.hairs(truss, 0.012, 0xD8DEE8)
    tilt = 0.9 + 0.1 * wave(act.t * 0.06)
    for x in (-1.15, -0.78, 0.78, 1.15):
        for y in (-0.82, -0.38):
            panel(pen, x, y, 0.24 * tilt, 0.34, 0xB8863A if act.colour is None else act.own(CELLS))
    pen.limb([(-0.55, -0.5), (0.55, -0.5)], [0.22, 0.22], HULL, shade=0.35)
    pen.limb([(0, -0.2), (0, -0.85)], [0.18, 0.18], 0xDDE2EA, shade=0.3)
    pen.limb([(0.5, -0.5), (0.72, -0.5)], [0.13, 0.11], 0xC4CCD8, shade=0.3)
    for x in (-0.35, -0.2, 0.22, 0.37):
        pen.oval(x, -0.5, 0.035, 0.035, 0xFFE9A8 if act.lamps > 0.1 else 0x5A7FA8, shade=0.2)
    pen.line([(-0.45, -0.4), (-0.45, -0.61)], 0.02, 0xE8843A)
    pen.line([(0.12, -0.4), (0.12, -0.61)], 0.02, 0xE8843A)
    pen.glow(0, -0.9, 0.12, 0xFF5A4A, 0.9 * max(0.0, wave(act.t * 0.7)) ** 5)


def rover(pen: Pen, act: Act) -> None:
    """Six wheels, a mast with two eyes that looks about."""
    for x in (-0.62, 0.0, 0.6):
        pen.line([(x, -0.16), (x * 0.6, -0.36)], 0.035, 0x8A94A4, smooth=False)
    pen.box(-0.58, -0.52, 1.14, 0.2, act.own(HULL), corner=0.04, shade=0.25)
    pen.poly([(-0.72, -0.6), (0.28, -0.6), (0.2, -0.52), (-0.64, -0.52)], CELLS, shade=0.2)
    pen.hairs(
        [((-0.6 + 0.14 * k, -0.6), (-0.56 + 0.14 * k, -0.52)) for k in range(6)], 0.01, 0x9FB4E8
    )
    pen.box(-0.3, -0.46, 0.3, 0.08, FOIL, corner=0.01)
    pen.limb([(0.4, -0.52), (0.4, -0.84)], [0.04, 0.035], 0xB4BCC8)
    with pen.at(0.4, -0.88, angle=8 * wave(act.t * 0.17)):
        pen.box(-0.14, -0.09, 0.3, 0.16, HULL, corner=0.04, shade=0.25)
        for x in (0.02, 0.11):
            pen.oval(x, -0.01, 0.04, 0.045, 0x2B2E3A, shade=0.3)
            pen.oval(x + 0.012, -0.022, 0.013, 0.013, 0xFFFFFF, shade=0)
    reach = 0.04 * wave(act.t * 0.21)
    pen.limb(
        [(0.55, -0.42), (0.78, -0.5 + reach), (0.92, -0.26 + reach)], [0.05, 0.04, 0.03], 0xB4BCC8
    )
    pen.blob([(-0.5, -0.66), (-0.3, -0.8), (-0.14, -0.68), (-0.32, -0.68)], HULL, shade=0.2)
    pen.line([(-0.34, -0.66), (-0.3, -0.58)], 0.02, 0x8A94A4)
    for x in (-0.62, 0.0, 0.6):
        wheel(pen, (x, -0.14), 0.145, act.phase * 1.2, 0x8A94A4)


def spaceship(pen: Pen, act: Act) -> None:
    """A swift ship with swept wings and blue fire."""
    paint = act.own(0x8FA0C0)
    for y in (-0.6, -0.34):
        with pen.at(-0.9, y, angle=90):
            pen.glow(0, 0.1, 0.3, 0x5AC8FF, 0.8)
            long = 0.5 * (1 + 0.15 * wave(act.t * 3.3 + y))
            pen.fade(
                [(-0.07, 0), (-0.08, 0.12), (0, long), (0.08, 0.12), (0.07, 0)],
                0xE6FAFF,
                0x4AA8FF,
                alphas=(1, 0.5),
                smooth=True,
                lit=False,
            )
    pen.poly(
        [(-0.1, -0.55), (-0.95, -0.98), (-0.62, -0.98), (0.3, -0.55)],
        darker(paint, 0.25),
        shade=0.2,
    )
    hull: list[Point] = [
        (-0.95, -0.32),
        (-0.95, -0.62),
        (-0.3, -0.7),
        (0.5, -0.6),
        (1.3, -0.42),
        (0.5, -0.3),
        (-0.3, -0.26),
    ]
    pen.blob(hull, paint, shade=0.3, tension=0.5)
    pen.blob(
        [(0.1, -0.62), (0.35, -0.72), (0.62, -0.6), (0.72, -0.52), (0.3, -0.52)],
        0x3A5A8A,
        shade=0.4,
    )
    pen.line([(0.3, -0.66), (0.5, -0.62)], 0.02, 0xFFFFFF, alpha=0.8)
    pen.poly([(0.3, -0.42), (-0.9, 0.0), (-1.1, -0.02), (-0.5, -0.42)], paint, shade=0.25)
    pen.poly([(-0.75, -0.06), (-0.9, 0.0), (-1.1, -0.02), (-0.96, -0.1)], 0xE0453A)
    pen.line([(-0.9, -0.47), (0.9, -0.44)], 0.02, lighter(paint, 0.4))
    for k in range(5):
        on = 0.5 + 0.5 * wave(act.t * 0.5 - k * 0.2)
        pen.oval(-0.6 + 0.2 * k, -0.52, 0.025, 0.025, 0xFFF0B0, shade=0, alpha=0.3 + 0.7 * on)
    for side in (0.0, TAU / 2):
        pen.glow(-1.05, -0.03, 0.09, 0xFF5A4A, 0.4 + 0.4 * math.sin(act.t * 2 + side))


SUBJECTS = {
    "rocket": rocket,
    "ufo": ufo,
    "space_station": space_station,
    "rover": rover,
    "spaceship": spaceship,
}
