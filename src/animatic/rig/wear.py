"""What is worn on trunk and back: each is a `Part` of a `Dress`."""

import math

from animatic.colour import Colour, darker, lighter
from animatic.ease import TAU, Point, wave
from animatic.rig.act import Act
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress

WOOD, STEEL, GOLD = 0x8A5A38, 0xC4CCD8, 0xE8B83A


# On the trunk


def _trunk(b: Bones, points: list[Point]) -> list[Point]:
    """Points in the trunk's own box: -1…1 across, 0 at the neck, 1 at the hip."""
    (nx, ny), (hx, hy) = b.neck, b.hip
    return [(nx + (hx - nx) * v + 0.085 * u, ny + (hy - ny) * v) for u, v in points]


def coat(
    pen: Pen,
    act: Act,
    b: Bones,
    d: Dress,
    *,
    colour: Colour,
    long: float = 1.5,
    lapel: Colour | None = None,
) -> None:
    """An open coat to the knee."""
    swing = 0.15 * wave(act.phase * 0.75) if act.moves else 0.0
    back = 0.4 * act.gust()
    left = [(-1.0, 0.08), (-0.2, 0.02), (0.1, 0.4), (0.15, long), (-1.2 - back + swing, long)]
    right = [(0.75, 0.06), (1.0, 0.12), (1.0, 0.9), (1.2 + swing, long), (0.62, long)]
    pen.poly(_trunk(b, left), colour, shade=0.14)
    pen.poly(_trunk(b, [*right, (0.55, 0.4)]), colour, shade=0.14)
    if lapel is not None:
        pen.line(_trunk(b, [(-0.15, 0.05), (0.12, 0.42), (0.15, 0.95)]), 0.012, lapel)


def apron(
    pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, bib: bool = True, low: float = 1.55
) -> None:
    """An apron, with a bib or tied at the waist."""
    if bib:
        pen.poly(_trunk(b, [(-0.3, 0.3), (0.8, 0.3), (0.9, 0.8), (-0.4, 0.8)]), colour)
    skirt = [(-0.6, 0.78), (1.02, 0.78), (1.1, low), (-0.35, low)]
    pen.poly(_trunk(b, skirt), colour, shade=0.14)
    pen.line(_trunk(b, [(-0.95, 0.78), (1.0, 0.78)]), 0.014, darker(colour, 0.2))


def buttons(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, two: bool = False) -> None:
    """Buttons down the front, in one row or two."""
    rows = (0.1, 0.6) if two else (0.4,)
    spots = _trunk(b, [(u, 0.25 + 0.2 * k) for k in range(4) for u in rows])
    pen.specks(spots, 0.017, colour)


def belt(
    pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, buckle: Colour | None = None
) -> None:
    """A belt at the waist."""
    pen.line(_trunk(b, [(-0.9 * d.bulk, 0.92), (0.95 * d.bulk, 0.92)]), 0.03, colour)
    if buckle is not None:
        x, y = _trunk(b, [(0.4, 0.92)])[0]
        pen.box(x - 0.018, y - 0.018, 0.036, 0.036, buckle, corner=0.006)


def stripes(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, rows: int = 5) -> None:
    """Stripes across the trunk: a sailor's shirt, bright bands."""
    for k in range(rows):
        v = 0.2 + 0.75 * k / max(1, rows - 1)
        pen.line(_trunk(b, [(-0.86 * d.bulk, v), (0.9 * d.bulk, v)]), 0.016, colour)


def badge(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A badge on the breast."""
    x, y = _trunk(b, [(0.55, 0.32)])[0]
    star = [
        (x + r * math.sin(TAU * k / 10), y - r * math.cos(TAU * k / 10))
        for k in range(10)
        for r in ((0.028 if k % 2 == 0 else 0.013),)
    ]
    pen.poly(star, colour, shade=0.2)


def stethoscope(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """About the neck, hanging down."""
    pen.line(_trunk(b, [(-0.35, 0.0), (-0.1, 0.3), (0.3, 0.5), (0.75, 0.1)]), 0.013, 0x3A4250)
    pen.line(_trunk(b, [(0.3, 0.48), (0.35, 0.7)]), 0.013, 0x3A4250)
    pen.oval(*_trunk(b, [(0.36, 0.75)])[0], 0.024, 0.024, STEEL, shade=0.3)


def kerchief(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A cloth knotted at the neck."""
    pen.blob(_trunk(b, [(-0.6, 0.02), (0.0, -0.08), (0.75, 0.02), (0.3, 0.28)]), colour)


def bib_overalls(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A farmer's dungarees."""
    pen.poly(_trunk(b, [(-0.5, 0.4), (0.8, 0.4), (0.98, 1.06), (-1.0, 1.06)]), colour)
    for u in (-0.4, 0.65):
        pen.line(_trunk(b, [(u, 0.42), (u * 0.8 - 0.1, 0.04)]), 0.02, colour)
        pen.oval(*_trunk(b, [(u, 0.44)])[0], 0.012, 0.012, GOLD, shade=0)


def tie(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A shirt front and a tie."""
    pen.poly(_trunk(b, [(0.0, 0.02), (0.75, 0.02), (0.45, 0.55)]), 0xFFFFFF, shade=0)
    pen.poly(_trunk(b, [(0.3, 0.06), (0.5, 0.06), (0.55, 0.45), (0.42, 0.56), (0.3, 0.45)]), colour)


def tutu(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A ballerina's skirt, in layers that bounce."""
    hx, hy = b.hip[0], b.hip[1] - 0.03
    lift = 0.02 * act.swing()
    for k, share in enumerate((0.4, 0.15, 0.0)):
        w, y = 0.29 - 0.03 * k, hy + 0.035 - 0.022 * k
        layer = [
            (hx - w, y - lift),
            (hx - 0.08, hy - 0.05),
            (hx + 0.08, hy - 0.05),
            (hx + w, y + lift),
        ]
        pen.blob(
            [*layer, (hx + 0.1, y + 0.045), (hx - 0.1, y + 0.045)],
            lighter(d.shirt, share),
            shade=0.12,
        )


def plates(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Armour: a breastplate, skirts of steel, a golden belt."""
    chest = [(-0.95, 0.1), (0.0, 0.02), (0.95, 0.1), (1.1, 0.5), (0.9, 0.85), (-0.85, 0.85)]
    pen.blob(_trunk(b, chest), STEEL, shade=0.3, tension=0.6)
    pen.line(_trunk(b, [(0.3, 0.1), (0.42, 0.8)]), 0.01, 0x8A94A4)
    pen.poly(
        _trunk(b, [(-0.95, 0.88), (0.98, 0.88), (1.15, 1.25), (-1.1, 1.25)]), 0x9AA4B4, shade=0.25
    )
    pen.line(_trunk(b, [(-0.9, 0.9), (0.95, 0.9)]), 0.022, GOLD)


def lamellae(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A samurai's laced armour."""
    for k in range(4):
        v = 0.12 + 0.21 * k
        row = [(-0.95, v), (0.95, v), (1.0, v + 0.18), (-0.98, v + 0.18)]
        pen.poly(_trunk(b, row), (0x8A2430, 0xA8323C)[k % 2], shade=0.16)
    for k in range(3):
        u = -0.9 + 0.65 * k
        flap = [(u, 0.98), (u + 0.6, 0.98), (u + 0.7, 1.45), (u - 0.05, 1.45)]
        pen.poly(_trunk(b, flap), 0x7A2430, shade=0.2)
    pen.line(_trunk(b, [(-0.92, 0.95), (0.96, 0.95)]), 0.025, GOLD)


def emblem(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A hero's sign on the breast."""
    pen.poly(_trunk(b, [(0.0, 0.2), (0.8, 0.2), (0.4, 0.62)]), colour, shade=0.1)


def ermine(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A white collar with black tips."""
    x, y = b.neck
    collar = [(x - 0.12, y + 0.06), (x, y - 0.01), (x + 0.12, y + 0.06), (x, y + 0.13)]
    pen.blob(collar, 0xFFFFFF, shade=0.1)
    pen.specks([(x - 0.06, y + 0.06), (x, y + 0.09), (x + 0.06, y + 0.06)], 0.014, 0x2E2C38)


def stars(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Golden dots on a gown."""
    x, y = b.hip
    spots = [(-0.08, 0.2), (0.05, 0.1), (0.09, 0.3), (-0.03, 0.36)]
    pen.specks([(x + dx, y + dy) for dx, dy in spots], 0.024, GOLD)


# On the back


def cape(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, low: float = 0.12) -> None:
    """A cape that the wind and the stride lift."""
    x, y = b.neck
    blow = 0.12 * act.gust() + (0.2 if act.gait in {"run", "ride"} else 0.02)
    ripple = 0.02 * wave(act.t * 0.9)
    hem = [(x - 0.16 - blow * 1.5, -low - blow * 0.7 + ripple), (x - 0.02 - blow, -low * 0.6)]
    shape = [(x - 0.08, y + 0.02), (x + 0.07, y + 0.02), (x + 0.05, y + 0.3)]
    middle = (x - 0.15 - blow * 0.6, y + 0.3 - ripple)
    pen.blob([*shape, hem[1], hem[0], middle], colour, shade=0.25, tension=0.6)


def life_pack(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """An astronaut's pack."""
    x, y = b.neck
    pen.box(x - 0.23, y - 0.02, 0.17, 0.3, 0xD8DEE8, corner=0.04, shade=0.25)
    pen.box(x - 0.2, y + 0.05, 0.06, 0.05, 0xE8843A, corner=0.01, shade=0.1)


def tank(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A bottle of air."""
    x, y = b.neck
    pen.limb([(x - 0.13, y + 0.04), (x - 0.13, y + 0.26)], [0.1, 0.1], 0xF4B53A, shade=0.25)


def wings(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Thin wings that beat."""
    x, y = b.neck[0] - 0.04, b.neck[1] + 0.1
    beat = wave(act.t * 2.2)
    for k, (dx, dy) in enumerate(((-0.36, -0.3), (-0.32, 0.12))):
        tip = (x + dx, y + dy * (1 + 0.3 * beat))
        wing = [(x, y), (x - 0.1, y + dy * 0.9 - 0.06), tip, (x + dx * 0.7, y + 0.12 + 0.1 * k)]
        pen.blob(wing, 0xDDF3FF, shade=0.2, alpha=0.8)


def quiver(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A pack on the back."""
    x, y = b.neck
    pen.box(x - 0.2, y + 0.04, 0.15, 0.22, colour, corner=0.04, shade=0.22)
    pen.box(x - 0.19, y + 0.15, 0.1, 0.09, darker(colour, 0.2), corner=0.02)
