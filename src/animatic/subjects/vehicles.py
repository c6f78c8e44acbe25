"""On wheels: car, van, bus, truck, fire engine, ambulance, tractor, racing car, tram."""

import math

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.bodies import INK
from animatic.rig.hats import cross
from animatic.rig.pen import Pen
from animatic.rig.wheels import PANE, STEEL, lamps, panes, siren, skirt, wheel


def car(pen: Pen, act: Act) -> None:
    """A rounded little car; its wheels turn, its lamps shine after dark."""
    if act.look == "sports":
        racing_car(pen, act)
        return
    paint = 0x2E4A8A if act.look == "police" else act.own(0xD9483E)
    roof = [(-0.62, -0.56), (-0.42, -0.93), (-0.05, -1.0), (0.3, -0.92), (0.56, -0.56)]
    pen.blob([*roof, (0.4, -0.5), (-0.5, -0.5)], paint, shade=0.25, tension=0.7)
    _glass(pen)
    body = [
        (-1.12, -0.2),
        (-1.14, -0.42),
        (-1.02, -0.56),
        (-0.6, -0.6),
        (0.0, -0.61),
        (0.56, -0.59),
        (0.98, -0.5),
        (1.14, -0.38),
        (1.15, -0.2),
        (1.0, -0.13),
        (-1.0, -0.13),
    ]
    pen.blob(body, paint, shade=0.25, tension=0.6)
    if act.look == "police":
        pen.poly([(-0.45, -0.6), (0.45, -0.6), (0.45, -0.16), (-0.45, -0.16)], 0xF4F6FA, shade=0.15)
        siren(pen, act, (-0.06, -1.0))
    pen.limb(
        [(-1.05, -0.43), (0.0, -0.475), (1.08, -0.4)],
        [0.012, 0.016, 0.012],
        lighter(paint, 0.5),
        shade=0,
        alpha=0.8,
    )
    pen.line([(-0.04, -0.58), (-0.05, -0.2)], 0.01, darker(paint, 0.35), smooth=False)
    pen.limb([(-0.3, -0.44), (-0.2, -0.44)], [0.025, 0.025], lighter(paint, 0.6), shade=0)
    pen.box(-1.16, -0.22, 2.32, 0.07, mix(darker(paint, 0.5), 0x9A9AA4, 0.4), corner=0.03)
    lamps(pen, act, (1.09, -0.41), (-1.1, -0.42))
    for x in (-0.66, 0.68):
        wheel(pen, (x, -0.19), 0.2, act.phase * 2.2)
    if act.look == "taxi":
        pen.box(-0.13, -1.1, 0.24, 0.1, 0xFFF3C4, corner=0.03)


def _glass(pen: Pen) -> None:
    pen.blob(
        [(-0.5, -0.6), (-0.36, -0.86), (-0.1, -0.91), (-0.1, -0.6)], PANE, shade=0.3, tension=0.4
    )
    pen.blob(
        [(-0.02, -0.6), (-0.02, -0.91), (0.24, -0.84), (0.43, -0.6)], PANE, shade=0.3, tension=0.4
    )
    pen.oval(0.12, -0.68, 0.08, 0.1, 0x53434E, shade=0.1)
    pen.line([(0.1, -0.88), (0.25, -0.64)], 0.035, 0xFFFFFF, alpha=0.4, smooth=False)


def bus(pen: Pen, act: Act) -> None:
    """A town bus full of passengers; a red one with two floors, a yellow one for school."""
    double = act.look == "double"
    paint = act.own(0xD8343A if double else 0x3F8FC0)
    top = -1.0
    pen.box(-1.15, top, 2.3, 0.84, paint, corner=0.1 if not double else 0.07, shade=0.22)
    pen.box(-1.15, -0.32, 2.3, 0.1, lighter(paint, 0.55), shade=0.05)
    if double:
        panes(pen, act, [-1.08 + 0.36 * k for k in range(6)], top + 0.06, 0.32, 0.24)
        panes(pen, act, [-1.08 + 0.36 * k for k in range(5)], top + 0.4, 0.32, 0.24)
        pen.box(0.75, top + 0.4, 0.34, 0.52, 0x7FA8C0, corner=0.03, shade=0.2)
    else:
        panes(pen, act, [-1.05 + 0.42 * k for k in range(4)], top + 0.12, 0.36, 0.36)
        pen.box(0.66, top + 0.14, 0.3, 0.66, 0x7FA8C0, corner=0.03, shade=0.2)
        pen.line([(0.81, top + 0.16), (0.81, top + 0.78)], 0.014, darker(paint, 0.3))
        pen.poly([(1.0, top + 0.14), (1.12, top + 0.14), (1.15, -0.48), (1.0, -0.48)], PANE)
    skirt(pen, -1.15, 1.17)
    lamps(pen, act, (1.14, -0.26), (-1.13, -0.28), 0.8)
    for x in (-0.7, 0.5):
        wheel(pen, (x, -0.16), 0.17, act.phase * 1.6)


def van(pen: Pen, act: Act) -> None:
    """A delivery van or a camper; as an ambulance it has its cross and light."""
    sick = act.look == "ambulance"
    paint = 0xF6F7FA if sick else act.own(0xE8A83A)
    shape = [(-1.0, -0.14), (-1.02, -0.9), (-0.92, -1.0), (0.45, -1.0), (0.62, -0.92)]
    nose = [(0.82, -0.55), (1.02, -0.46), (1.06, -0.14)]
    pen.poly([*shape, *nose], paint, shade=0.2)
    pen.poly([(0.4, -0.9), (0.58, -0.86), (0.74, -0.55), (0.4, -0.55)], PANE, shade=0.3)
    pen.oval(0.52, -0.63, 0.07, 0.09, 0x53434E, shade=0.1)
    pen.line([(0.34, -0.95), (0.34, -0.16)], 0.012, darker(paint, 0.25), smooth=False)
    if sick:
        pen.box(-1.02, -0.44, 2.06, 0.1, 0xE8503E, shade=0.05)
        cross(pen, -0.35, -0.7, 0.15)
        siren(pen, act, (0.3, -1.0), 1.2)
    else:
        pen.box(-1.02, -0.5, 1.9, 0.07, lighter(paint, 0.6), shade=0.05)
        panes(pen, act, (-0.85, -0.35), -0.86, 0.4, 0.28, heads=False)
    skirt(pen, -1.02, 1.08)
    lamps(pen, act, (1.03, -0.34), (-1.0, -0.34), 0.8)
    for x in (-0.6, 0.66):
        wheel(pen, (x, -0.17), 0.18, act.phase * 2)


def truck(pen: Pen, act: Act) -> None:
    """A lorry: cab in front, a long box behind."""
    paint = act.own(0x3F7FB8)
    pen.box(-1.4, -0.98, 1.85, 0.78, 0xF2EEE4, corner=0.03, shade=0.14)
    for k in range(8):
        x = -1.3 + 0.24 * k
        pen.line([(x, -0.94), (x, -0.24)], 0.008, 0xC9C4B8, smooth=False)
    pen.box(-1.4, -0.56, 1.85, 0.12, paint, shade=0.1)
    _cab(pen, act, paint)
    skirt(pen, -1.4, 1.15)
    lamps(pen, act, (1.13, -0.28), (-1.38, -0.24), 0.8)
    for x in (-1.1, -0.72, 0.78):
        wheel(pen, (x, -0.17), 0.175, act.phase * 1.7)
    _puffs(pen, act, (0.5, -1.0))


def _cab(pen: Pen, act: Act, paint: Colour) -> None:
    cab = [(0.52, -0.14), (0.52, -0.86), (0.62, -0.92), (0.96, -0.9), (1.1, -0.5), (1.14, -0.14)]
    pen.poly(cab, paint, shade=0.22)
    pen.poly([(0.74, -0.82), (0.93, -0.8), (1.03, -0.52), (0.74, -0.52)], PANE, shade=0.3)
    pen.oval(0.84, -0.6, 0.07, 0.09, 0x53434E, shade=0.1)
    pen.line([(0.68, -0.84), (0.68, -0.2)], 0.012, darker(paint, 0.3), smooth=False)
    pen.box(0.57, -0.44, 0.08, 0.025, lighter(paint, 0.5), shade=0)


def _puffs(pen: Pen, act: Act, at: Point, colour: Colour = 0xD8D8E0) -> None:
    for k in range(4):
        life = (act.t * 0.5 + k / 4) % 1
        spot = (at[0] - 0.35 * life, at[1] - 0.26 * life - 0.02)
        pen.oval(*spot, 0.04 + 0.09 * life, 0.035 + 0.08 * life, colour, alpha=0.6 * (1 - life))


def fire_engine(pen: Pen, act: Act) -> None:
    """Red, with a ladder, a hose and a blue light."""
    red = act.own(0xD8302E)
    pen.box(-1.4, -0.78, 1.9, 0.62, red, corner=0.04, shade=0.22)
    for k in range(3):
        pen.box(-1.28 + 0.46 * k, -0.64, 0.38, 0.26, STEEL, corner=0.02, shade=0.2)
        for row in range(3):
            y = -0.58 + 0.07 * row
            pen.line([(-1.24 + 0.46 * k, y), (-0.94 + 0.46 * k, y)], 0.012, 0x8A94A4)
    pen.oval(0.28, -0.5, 0.15, 0.15, 0xC8A03A, shade=0.2)
    pen.oval(0.28, -0.5, 0.07, 0.07, 0x8A6A2A, shade=0.1)
    pen.box(-1.4, -0.32, 2.5, 0.07, 0xF7E14A, shade=0)
    _cab(pen, act, red)
    with pen.at(-1.3, -0.84, angle=-4):
        for y in (0.0, -0.1):
            pen.line([(0, y), (1.75, y)], 0.035, 0xE3E7EE, smooth=False)
        for k in range(9):
            pen.line([(0.1 + 0.19 * k, 0), (0.1 + 0.19 * k, -0.1)], 0.022, 0xC4CAD4, smooth=False)
    siren(pen, act, (0.8, -0.92), 1.3)
    skirt(pen, -1.4, 1.15)
    lamps(pen, act, (1.13, -0.28), (-1.38, -0.24), 0.8)
    for x in (-1.02, 0.78):
        wheel(pen, (x, -0.18), 0.185, act.phase * 1.8)


def tractor(pen: Pen, act: Act) -> None:
    """Great wheel behind, small one before; it smokes and shakes."""
    paint = act.own(0x4E9A4A)
    pen.box(-0.06, -0.62, 0.72, 0.3, paint, corner=0.06, shade=0.22)
    for k in range(3):
        pen.line([(0.44, -0.55 + 0.07 * k), (0.6, -0.55 + 0.07 * k)], 0.014, darker(paint, 0.4))
    pen.limb([(0.36, -0.6), (0.36, -0.86)], [0.035, 0.035], 0x4A4A56)
    _puffs(pen, act, (0.36, -0.88), 0x9A9AA4)
    pen.poly(
        [(-0.56, -0.42), (-0.5, -0.98), (-0.04, -0.98), (0.02, -0.5)], PANE, shade=0.3, alpha=0.55
    )
    pen.oval(-0.27, -0.74, 0.08, 0.09, 0xE8B48C, shade=0.15)
    pen.blob([(-0.37, -0.79), (-0.27, -0.88), (-0.13, -0.78)], 0xE8C36A, tension=0.5)
    pen.blob([(-0.39, -0.42), (-0.35, -0.64), (-0.2, -0.64), (-0.12, -0.42)], 0xC8504A, tension=0.6)
    pen.line(
        [(-0.54, -0.5), (-0.49, -0.96), (-0.04, -0.96), (0.02, -0.55)], 0.04, paint, smooth=False
    )
    pen.box(-0.6, -1.02, 0.64, 0.06, paint, corner=0.03)
    pen.blob([(-0.78, -0.34), (-0.6, -0.6), (-0.28, -0.62), (-0.06, -0.42), (-0.3, -0.5)], paint)
    wheel(pen, (-0.4, -0.31), 0.31, act.phase * 0.9, 0xF2C23A)
    _lugs(pen, (-0.4, -0.31), 0.31, act.phase * 0.9)
    wheel(pen, (0.5, -0.17), 0.17, act.phase * 1.6, 0xF2C23A)
    lamps(pen, act, (0.68, -0.48), (-0.72, -0.45), 0.6)


def _lugs(pen: Pen, at: Point, r: float, turns: float) -> None:
    lugs = []
    for k in range(14):
        a = TAU * (turns + k / 14)
        c, s = math.cos(a), math.sin(a)
        lugs.append(
            (
                (at[0] + r * 0.86 * c, at[1] + r * 0.86 * s),
                (at[0] + r * 1.02 * c, at[1] + r * 1.02 * s),
            )
        )
    pen.hairs(lugs, 0.035, 0x3E3A44)


def racing_car(pen: Pen, act: Act) -> None:
    """Long and low, wings before and behind, a helmet in the middle."""
    paint = act.own(0xD8302E)
    pen.poly([(-1.5, -0.98), (-1.12, -0.98), (-1.12, -0.84), (-1.5, -0.84)], darker(paint, 0.25))
    pen.limb([(-1.3, -0.86), (-1.22, -0.5)], [0.07, 0.08], INK, shade=0)
    body = [(-1.4, -0.3), (-1.3, -0.56), (-0.7, -0.66), (-0.35, -0.62), (0.3, -0.5), (1.45, -0.24)]
    pen.blob([*body, (1.5, -0.14), (-1.3, -0.14)], paint, shade=0.26, tension=0.4)
    pen.blob([(-0.95, -0.62), (-0.85, -0.98), (-0.6, -0.95), (-0.4, -0.62)], paint, tension=0.5)
    pen.oval(-0.22, -0.66, 0.17, 0.18, 0xF7F2E6, shade=0.2)
    pen.blob([(-0.2, -0.74), (-0.05, -0.72), (-0.05, -0.62), (-0.2, -0.62)], INK, tension=0.4)
    pen.poly([(-0.02, -0.6), (0.16, -0.54), (0.02, -0.48)], PANE, alpha=0.8)
    pen.oval(-0.62, -0.4, 0.17, 0.15, 0xFFFFFF, shade=0.05)
    pen.limb([(-0.64, -0.45), (-0.6, -0.47), (-0.6, -0.33)], [0.035] * 3, INK, shade=0)
    pen.poly([(1.2, -0.24), (1.75, -0.2), (1.75, -0.1), (1.25, -0.1)], darker(paint, 0.25))
    for x in (-1.0, 1.05):
        wheel(pen, (x, -0.27), 0.27, act.phase * 2.6, 0xF2C23A)
    if act.gait in {"drive", "run"}:
        streaks = [
            (
                (-1.7 - 0.2 * k, -0.3 - 0.17 * k),
                (-2.1 - 0.2 * k - 0.1 * act.swing(k * 0.3), -0.3 - 0.17 * k),
            )
            for k in range(3)
        ]
        pen.hairs(streaks, 0.025, 0xFFFFFF, alpha=0.5)


def tram(pen: Pen, act: Act) -> None:
    """A town tram under its wire; the pole sparks now and then."""
    paint = act.own(0xC8453A)
    pen.limb([(-0.1, -0.9), (-0.34, -1.06), (-0.08, -1.2)], [0.022] * 3, 0x4A4A56)
    pen.line([(-2.2, -1.21), (2.2, -1.21)], 0.012, 0x3A3A46, smooth=False)
    spark = max(0.0, wave(act.t * 0.7)) ** 8
    pen.glow(-0.08, -1.21, 0.16, 0xBFE6FF, 0.9 * spark)
    pen.box(-1.3, -0.9, 2.6, 0.74, paint, corner=0.12, shade=0.22)
    pen.box(-1.3, -0.52, 2.6, 0.07, 0xF7EBD0, shade=0)
    pen.box(-1.16, -0.96, 2.32, 0.1, 0xE8E3D6, corner=0.05, shade=0.15)
    panes(pen, act, [-1.22 + 0.37 * k for k in range(3)], -0.82, 0.31, 0.26)
    panes(pen, act, [0.21 + 0.37 * k for k in range(2)], -0.82, 0.31, 0.26)
    pen.box(-0.13, -0.8, 0.28, 0.6, 0x7FA8C0, corner=0.03, shade=0.2)
    pen.blob([(0.98, -0.82), (1.2, -0.82), (1.27, -0.56), (0.98, -0.56)], PANE, tension=0.4)
    skirt(pen, -1.3, 1.3)
    lamps(pen, act, (1.28, -0.36), (-1.28, -0.36), 0.8)
    for x in (-0.95, -0.6, 0.6, 0.95):
        wheel(pen, (x, -0.1), 0.1, act.phase * 2.4)


SUBJECTS = {
    "car": car,
    "bus": bus,
    "van": van,
    "truck": truck,
    "fire_engine": fire_engine,
    "tractor": tractor,
    "racing_car": racing_car,
    "tram": tram,
}
