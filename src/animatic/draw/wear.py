"""Hats, coats and tools that people of a trade wear and carry: each is a `Part` of a `Dress`."""

import math

from animatic.colour import Colour, darker, lighter
from animatic.draw.act import Act
from animatic.draw.bodies import INK
from animatic.draw.pen import Pen
from animatic.draw.poses import Bones, Dress, Part
from animatic.ease import TAU, Point, wave

WOOD, STEEL, GOLD = 0x8A5A38, 0xC4CCD8, 0xE8B83A


def both(*parts: Part) -> Part:
    """Several parts at one turn."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        for part in parts:
            part(pen, act, b, d)

    return draw


# Hats


def _on_head(b: Bones, points: list[Point]) -> list[Point]:
    (x, y), r = b.head, b.r
    return [(x + r * px, y + r * py) for px, py in points]


def brimmed(colour: Colour, band: Colour, *, wide: float = 1.5, tall: float = 0.95) -> Part:
    """A hat with a brim and a band: straw hat, cowboy hat."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        top = -0.55 - tall
        crown = [(-0.85, -0.5), (-0.75, top), (0.05, top - 0.12), (0.75, top), (0.85, -0.5)]
        pen.blob(_on_head(b, crown), colour, shade=0.2, tension=0.5)
        pen.limb(_on_head(b, [(-0.84, -0.62), (0.85, -0.62)]), [b.r * 0.24] * 2, band, shade=0.1)
        brim = [(-wide, -0.5), (-0.5, -0.52), (0.5, -0.52), (wide, -0.56)]
        pen.limb(_on_head(b, brim), [b.r * 0.16, b.r * 0.3, b.r * 0.3, b.r * 0.16], colour)

    return draw


def peaked(colour: Colour, badge: Colour | None = None) -> Part:
    """A cap with a peak: police, captain, driver."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        crown = [(-0.95, -0.45), (-1.15, -1.05), (0.0, -1.35), (1.15, -1.1), (0.98, -0.45)]
        pen.blob(_on_head(b, crown), colour, shade=0.2, tension=0.6)
        band = _on_head(b, [(-0.95, -0.52), (0.0, -0.56), (0.97, -0.52)])
        pen.limb(band, [b.r * 0.26] * 3, darker(colour, 0.45), shade=0)
        peak = _on_head(b, [(0.5, -0.45), (1.1, -0.36), (1.45, -0.22)])
        pen.limb(peak, [b.r * 0.16, b.r * 0.18, b.r * 0.08], INK, shade=0.1)
        if badge is not None:
            pen.oval(*_on_head(b, [(0.45, -0.9)])[0], b.r * 0.2, b.r * 0.22, badge, shade=0.2)

    return draw


def toque(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A chef's tall hat."""
    nod = 0.06 * act.swing()
    puff = [(-0.75, -0.9), (-1.15, -1.6), (-0.5, -2.15), (0.1 + nod, -2.25), (0.8, -2.0)]
    pen.blob(_on_head(b, [*puff, (1.1, -1.5), (0.8, -0.9)]), 0xFFFFFF, shade=0.12)
    band = [(-0.9, -0.4), (-0.85, -1.05), (0.85, -1.05), (0.9, -0.4)]
    pen.poly(_on_head(b, band), 0xF2F2F6, shade=0.1)
    for x in (-0.35, 0.1, 0.5):
        pen.line(_on_head(b, [(x, -1.15), (x * 1.1, -1.6)]), 0.006, 0xC9CCD8)


def nurse_cap(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A white cap with a red cross."""
    cap = [(-0.7, -0.75), (-0.75, -1.35), (0.1, -1.5), (0.7, -1.3), (0.7, -0.8), (0.0, -0.95)]
    pen.blob(_on_head(b, cap), 0xFFFFFF, shade=0.12, tension=0.4)
    cross(pen, *_on_head(b, [(0.02, -1.18)])[0], b.r * 0.17)


def cross(pen: Pen, x: float, y: float, r: float, colour: Colour = 0xE03A3A) -> None:
    """A red cross of arm length r."""
    pen.box(x - r, y - r * 0.36, 2 * r, r * 0.72, colour, shade=0)
    pen.box(x - r * 0.36, y - r, r * 0.72, 2 * r, colour, shade=0)


def hard_hat(colour: Colour) -> Part:
    """A round helmet with a rim: builders, firefighters."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        shell = [(-1.1, -0.35), (-1.0, -1.0), (0.0, -1.38), (0.95, -1.0), (1.05, -0.35)]
        pen.blob(_on_head(b, shell), colour, shade=0.24, tension=0.8)
        pen.limb(_on_head(b, [(0.0, -1.36), (0.0, -0.5)]), [b.r * 0.28] * 2, lighter(colour, 0.25))
        rim = _on_head(b, [(-1.4, -0.28), (0.2, -0.36), (1.45, -0.34)])
        pen.limb(rim, [b.r * 0.2] * 3, darker(colour, 0.15))

    return draw


def crown(tall: float = 0.75) -> Part:
    """A golden crown with stones; a low one is a tiara."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        low, top = -0.72, -0.72 - tall
        teeth = [
            (-0.75, low),
            (-0.9, top),
            (-0.42, low - tall * 0.5),
            (0.02, top - 0.15),
            (0.45, low - tall * 0.5),
            (0.92, top),
            (0.8, low),
        ]
        pen.poly(_on_head(b, teeth), GOLD, shade=0.25)
        pen.limb(_on_head(b, [(-0.74, low), (0.79, low)]), [b.r * 0.2] * 2, lighter(GOLD, 0.2))
        for x, tone in ((-0.4, 0xD8453E), (0.03, 0x3F7FD0), (0.45, 0x4FA35A)):
            pen.oval(*_on_head(b, [(x, low)])[0], b.r * 0.09, b.r * 0.09, tone, shade=0.2)

    return draw


def pointed(colour: Colour, star: Colour, *, brim: float = 1.6) -> Part:
    """A tall pointed hat, its tip bent: wizard, witch."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        tip = (-0.75 - 0.3 * act.gust(), -2.75 + 0.06 * act.swing())
        cone = [(-0.95, -0.5), (-0.5, -1.6), tip, (0.2, -1.9), (0.95, -0.5)]
        pen.blob(_on_head(b, cone), colour, shade=0.24, tension=0.5)
        pen.limb(_on_head(b, [(-0.9, -0.68), (0.9, -0.68)]), [b.r * 0.3] * 2, star)
        edge = _on_head(b, [(-brim, -0.4), (0, -0.5), (brim, -0.46)])
        pen.limb(edge, [b.r * 0.14, b.r * 0.34, b.r * 0.14], colour)

    return draw


def tricorne(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A pirate's hat with its skull, and a patch over one eye."""
    hat = [(-1.5, -0.55), (-1.2, -1.15), (0.0, -1.65), (1.2, -1.2), (1.55, -0.6), (0.0, -0.42)]
    pen.blob(_on_head(b, hat), 0x2B2833, shade=0.2, tension=0.6)
    edge = [(-1.45, -0.6), (-1.15, -1.12), (0.0, -1.58), (1.15, -1.16), (1.48, -0.64)]
    pen.line(_on_head(b, edge), 0.01, GOLD)
    x, y = _on_head(b, [(0.1, -0.98)])[0]
    pen.oval(x, y, b.r * 0.28, b.r * 0.25, 0xFBF8F0, shade=0)
    for dx in (-0.1, 0.1):
        pen.oval(x + dx * b.r, y, b.r * 0.07, b.r * 0.08, INK, shade=0)
    patch = _on_head(b, [(0.66, 0.06)])[0]
    pen.line(_on_head(b, [(-0.75, -0.35), (0.66, 0.06)]), 0.008, INK)
    pen.oval(*patch, b.r * 0.2, b.r * 0.22, INK, shade=0)


def great_helm(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A knight's helmet, its visor up, with a plume that the wind takes."""
    blow = 0.5 * act.gust() + (0.4 if act.gait == "run" else 0.0)
    plume = [(-0.2, -1.15), (-0.7, -1.9), (-1.5 - blow, -1.6 + 0.1 * act.swing()), (-1.0, -1.15)]
    pen.blob(_on_head(b, plume), 0xD8453E, shade=0.2)
    shell = [(-0.95, 0.75), (-1.1, -0.3), (-0.7, -1.05), (0.1, -1.25), (0.85, -0.85), (1.02, -0.4)]
    inner = [(0.85, -0.3), (-0.05, -0.32), (-0.2, 0.2), (-0.1, 0.85)]
    pen.blob(_on_head(b, [*shell, *inner]), STEEL, shade=0.28, tension=0.5)
    visor = [(-0.1, -0.85), (0.95, -1.0), (1.25, -0.6), (1.0, -0.36), (0.0, -0.36)]
    pen.blob(_on_head(b, visor), lighter(STEEL, 0.2), shade=0.25, tension=0.4)
    pen.line(_on_head(b, [(0.3, -0.62), (1.08, -0.66)]), 0.01, 0x5A6270)


def kabuto(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A samurai's helmet with its golden horns."""
    neck = [(-1.3, 0.55), (-1.15, -0.3), (-0.4, -0.3), (-0.55, 0.4)]
    pen.blob(_on_head(b, neck), 0x7A2430, shade=0.2, tension=0.4)
    bowl = [(-1.1, -0.25), (-0.9, -0.95), (0.0, -1.3), (0.85, -0.95), (1.1, -0.3), (0.0, -0.42)]
    pen.blob(_on_head(b, bowl), 0x2E2A36, shade=0.3, tension=0.7)
    for side in (-1, 1):
        horn = [(0.5 + 0.1 * side, -0.7), (0.5 + 0.55 * side, -1.2), (0.5 + 0.5 * side, -1.9)]
        pen.limb(_on_head(b, horn), [b.r * 0.2, b.r * 0.17, b.r * 0.04], GOLD)
    pen.oval(*_on_head(b, [(0.5, -0.65)])[0], b.r * 0.2, b.r * 0.2, GOLD, shade=0.2)


def hood(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A ninja's hood: only the eyes show; a red band streams from it."""
    for k in range(2):
        blow = 0.5 + 0.7 * act.gust(0.2 * k) + (0.8 if act.gait == "run" else 0.0)
        tail = [(-0.9, -0.45), (-1.3 - blow * 0.4, -0.4 + 0.3 * k), (-1.4 - blow, -0.1 + 0.4 * k)]
        pen.limb(_on_head(b, tail), [b.r * 0.2, b.r * 0.2, b.r * 0.06], 0xC8333A)
    pen.oval(*b.head, b.r * 1.08, b.r * 1.14, d.shirt, shade=0.2)
    slit = _on_head(b, [(-0.1, -0.16), (0.98, -0.16), (0.98, 0.26), (-0.05, 0.26)])
    pen.blob(slit, d.skin, shade=0.05, tension=0.5)
    for dx in (0.28, 0.7):
        at = _on_head(b, [(dx, 0.05)])[0]
        pen.oval(*at, b.r * 0.14, b.r * 0.17 * (1 - act.shut) + 0.003, INK, shade=0)
    brow = _on_head(b, [(-0.95, -0.45), (0.2, -0.52), (0.98, -0.42)])
    pen.limb(brow, [b.r * 0.28] * 3, 0xC8333A)


def space_helmet(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A white helmet; the face behind a golden visor."""
    (x, y), r = b.head, b.r
    pen.oval(x, y, r * 1.5, r * 1.5, 0xF2F4F8, shade=0.2)
    pane = _on_head(b, [(-0.5, -0.75), (0.5, -0.95), (1.25, -0.4), (1.3, 0.4), (0.6, 0.9)])
    pane += _on_head(b, [(-0.4, 0.7), (-0.75, 0.0)])
    pen.blob(pane, 0x2E3C5C, shade=0.3)
    pen.blob(pane, 0xF0A840, shade=0.25, alpha=0.55)
    pen.line(_on_head(b, [(-0.3, -0.5), (0.4, -0.72), (0.95, -0.45)]), 0.018, 0xFFFFFF, alpha=0.8)
    pen.oval(x - r * 1.3, y + r * 0.1, r * 0.25, r * 0.35, 0xC4CCD8, shade=0.2)


def bicycle_helmet(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A light helmet with slots."""
    shell = [(-1.15, -0.3), (-1.05, -1.0), (0.1, -1.4), (0.95, -0.95), (1.15, -0.4), (0.0, -0.45)]
    pen.blob(_on_head(b, shell), lighter(d.shirt, 0.2), shade=0.24, tension=0.7)
    for x in (-0.5, 0.1, 0.6):
        slot = [(x - 0.15, -0.65), (x + 0.1, -1.05)]
        pen.limb(_on_head(b, slot), [b.r * 0.13] * 2, 0x3A3A46, shade=0)


def woolly(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A bobble hat and goggles."""
    cap = [(-1.0, -0.25), (-0.95, -1.0), (0.0, -1.35), (0.9, -1.0), (0.98, -0.35), (0.0, -0.45)]
    pen.blob(_on_head(b, cap), 0xE8503E, shade=0.22, tension=0.7)
    pen.limb(_on_head(b, [(-1.0, -0.4), (0.0, -0.52), (0.98, -0.42)]), [b.r * 0.3] * 3, 0xF7F2E6)
    pen.oval(*_on_head(b, [(-0.1, -1.45)])[0], b.r * 0.32, b.r * 0.3, 0xF7F2E6, shade=0.2)
    goggles = _on_head(b, [(-0.05, -0.22), (1.0, -0.22), (1.0, 0.25), (0.0, 0.25)])
    pen.blob(goggles, 0xF0A840, shade=0.3, tension=0.5)


def beret(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A painter's beret."""
    cap = [(-1.25, -0.55), (-1.2, -1.15), (-0.2, -1.45), (0.75, -1.1), (0.9, -0.6), (-0.2, -0.65)]
    pen.blob(_on_head(b, cap), 0xC83E4A, shade=0.22)
    stalk = _on_head(b, [(-0.2, -1.4), (-0.15, -1.62)])
    pen.limb(stalk, [b.r * 0.1] * 2, 0x8A2A34)


def bun(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Hair tied up, with a ribbon."""
    pen.oval(*_on_head(b, [(-0.55, -1.2)])[0], b.r * 0.45, b.r * 0.42, d.hair, shade=0.2)
    pen.limb(_on_head(b, [(-0.75, -0.85), (-0.25, -0.95)]), [b.r * 0.16] * 2, 0xF090B0)


def santa_hat(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A red hat whose bobble swings."""
    tip = (-1.7, -0.75 + 0.15 * act.swing())
    cap = [(-0.95, -0.5), (-0.8, -1.2), (0.0, -1.55), (0.7, -1.1), (0.95, -0.55)]
    pen.limb(
        _on_head(b, [(-0.2, -1.2), (-1.1, -1.45), tip]), [b.r * 0.8, b.r * 0.5, b.r * 0.2], 0xD8343A
    )
    pen.blob(_on_head(b, cap), 0xD8343A, shade=0.2)
    pen.oval(*_on_head(b, [tip])[0], b.r * 0.28, b.r * 0.28, 0xFFFFFF, shade=0.1)
    pen.limb(_on_head(b, [(-1.0, -0.5), (0.0, -0.62), (1.0, -0.5)]), [b.r * 0.38] * 3, 0xFFFFFF)


def clown_face(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Red nose, wild hair, a tiny hat."""
    for x, y in ((-0.95, -0.1), (-0.85, -0.55), (-1.1, 0.25), (0.75, -0.75)):
        pen.oval(*_on_head(b, [(x, y)])[0], b.r * 0.42, b.r * 0.4, 0xF07A2C, shade=0.2)
    pen.oval(*_on_head(b, [(0.92, 0.15)])[0], b.r * 0.26, b.r * 0.26, 0xE8343A, shade=0.25)
    pen.limb(_on_head(b, [(0.25, 0.5), (0.5, 0.66), (0.78, 0.46)]), [b.r * 0.14] * 3, 0xE8343A)
    cone = _on_head(b, [(-0.4, -0.95), (0.0, -1.9), (0.4, -1.0)])
    pen.poly(cone, 0x3F8FD0, shade=0.2)
    pen.oval(*_on_head(b, [(0.0, -1.9)])[0], b.r * 0.16, b.r * 0.16, 0xF4C542)


# On the trunk


def _trunk(b: Bones, points: list[Point]) -> list[Point]:
    """Points in the trunk's own box: -1…1 across, 0 at the neck, 1 at the hip."""
    (nx, ny), (hx, hy) = b.neck, b.hip
    return [(nx + (hx - nx) * v + 0.085 * u, ny + (hy - ny) * v) for u, v in points]


def coat(colour: Colour, *, long: float = 1.5, lapel: Colour | None = None) -> Part:
    """An open coat to the knee."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        swing = 0.15 * wave(act.phase * 0.75) if act.moves else 0.0
        back = 0.4 * act.gust()
        left = [(-1.0, 0.08), (-0.2, 0.02), (0.1, 0.4), (0.15, long), (-1.2 - back + swing, long)]
        right = [(0.75, 0.06), (1.0, 0.12), (1.0, 0.9), (1.2 + swing, long), (0.62, long)]
        pen.poly(_trunk(b, left), colour, shade=0.14)
        pen.poly(_trunk(b, [*right, (0.55, 0.4)]), colour, shade=0.14)
        if lapel is not None:
            pen.line(_trunk(b, [(-0.15, 0.05), (0.12, 0.42), (0.15, 0.95)]), 0.012, lapel)

    return draw


def apron(colour: Colour, *, bib: bool = True, low: float = 1.55) -> Part:
    """An apron, with a bib or tied at the waist."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        if bib:
            pen.poly(_trunk(b, [(-0.3, 0.3), (0.8, 0.3), (0.9, 0.8), (-0.4, 0.8)]), colour)
        skirt = [(-0.6, 0.78), (1.02, 0.78), (1.1, low), (-0.35, low)]
        pen.poly(_trunk(b, skirt), colour, shade=0.14)
        pen.line(_trunk(b, [(-0.95, 0.78), (1.0, 0.78)]), 0.014, darker(colour, 0.2))

    return draw


def buttons(colour: Colour, *, two: bool = False) -> Part:
    """Buttons down the front, in one row or two."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        rows = (0.1, 0.6) if two else (0.4,)
        spots = _trunk(b, [(u, 0.25 + 0.2 * k) for k in range(4) for u in rows])
        pen.specks(spots, 0.017, colour)

    return draw


def belt(colour: Colour, buckle: Colour | None = None) -> Part:
    """A belt at the waist."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        pen.line(_trunk(b, [(-0.9 * d.bulk, 0.92), (0.95 * d.bulk, 0.92)]), 0.03, colour)
        if buckle is not None:
            x, y = _trunk(b, [(0.4, 0.92)])[0]
            pen.box(x - 0.018, y - 0.018, 0.036, 0.036, buckle, corner=0.006)

    return draw


def stripes(colour: Colour, *, rows: int = 5) -> Part:
    """Stripes across the trunk: a sailor's shirt, bright bands."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        for k in range(rows):
            v = 0.2 + 0.75 * k / max(1, rows - 1)
            pen.line(_trunk(b, [(-0.86 * d.bulk, v), (0.9 * d.bulk, v)]), 0.016, colour)

    return draw


def badge(colour: Colour) -> Part:
    """A badge on the breast."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        x, y = _trunk(b, [(0.55, 0.32)])[0]
        star = [
            (x + r * math.sin(TAU * k / 10), y - r * math.cos(TAU * k / 10))
            for k in range(10)
            for r in ((0.028 if k % 2 == 0 else 0.013),)
        ]
        pen.poly(star, colour, shade=0.2)

    return draw


def stethoscope(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """About the neck, hanging down."""
    pen.line(_trunk(b, [(-0.35, 0.0), (-0.1, 0.3), (0.3, 0.5), (0.75, 0.1)]), 0.013, 0x3A4250)
    pen.line(_trunk(b, [(0.3, 0.48), (0.35, 0.7)]), 0.013, 0x3A4250)
    pen.oval(*_trunk(b, [(0.36, 0.75)])[0], 0.024, 0.024, STEEL, shade=0.3)


def kerchief(colour: Colour) -> Part:
    """A cloth knotted at the neck."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        pen.blob(_trunk(b, [(-0.6, 0.02), (0.0, -0.08), (0.75, 0.02), (0.3, 0.28)]), colour)

    return draw


def bib_overalls(colour: Colour) -> Part:
    """A farmer's dungarees."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        pen.poly(_trunk(b, [(-0.5, 0.4), (0.8, 0.4), (0.98, 1.06), (-1.0, 1.06)]), colour)
        for u in (-0.4, 0.65):
            pen.line(_trunk(b, [(u, 0.42), (u * 0.8 - 0.1, 0.04)]), 0.02, colour)
            pen.oval(*_trunk(b, [(u, 0.44)])[0], 0.012, 0.012, GOLD, shade=0)

    return draw


def tie(colour: Colour) -> Part:
    """A shirt front and a tie."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        pen.poly(_trunk(b, [(0.0, 0.02), (0.75, 0.02), (0.45, 0.55)]), 0xFFFFFF, shade=0)
        pen.poly(
            _trunk(b, [(0.3, 0.06), (0.5, 0.06), (0.55, 0.45), (0.42, 0.56), (0.3, 0.45)]), colour
        )

    return draw


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


def emblem(colour: Colour) -> Part:
    """A hero's sign on the breast."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        pen.poly(_trunk(b, [(0.0, 0.2), (0.8, 0.2), (0.4, 0.62)]), colour, shade=0.1)
        belt(GOLD)(pen, act, b, d)

    return draw


def number(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A runner's number."""
    pen.poly(_trunk(b, [(-0.3, 0.3), (0.7, 0.3), (0.7, 0.62), (-0.3, 0.62)]), 0xFFFFFF, shade=0)
    for u in (-0.05, 0.35):
        pen.line(_trunk(b, [(u, 0.38), (u + 0.02, 0.54)]), 0.016, INK)


# On the back


def cape(colour: Colour, *, low: float = 0.12) -> Part:
    """A cape that the wind and the stride lift."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        x, y = b.neck
        blow = 0.12 * act.gust() + (0.2 if act.gait in {"run", "ride"} else 0.02)
        ripple = 0.02 * wave(act.t * 0.9)
        hem = [(x - 0.16 - blow * 1.5, -low - blow * 0.7 + ripple), (x - 0.02 - blow, -low * 0.6)]
        shape = [(x - 0.08, y + 0.02), (x + 0.07, y + 0.02), (x + 0.05, y + 0.3)]
        middle = (x - 0.15 - blow * 0.6, y + 0.3 - ripple)
        pen.blob([*shape, hem[1], hem[0], middle], colour, shade=0.25, tension=0.6)

    return draw


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


def quiver(colour: Colour) -> Part:
    """A pack on the back."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        x, y = b.neck
        pen.box(x - 0.2, y + 0.04, 0.15, 0.22, colour, corner=0.04, shade=0.22)
        pen.box(x - 0.19, y + 0.15, 0.1, 0.09, darker(colour, 0.2), corner=0.02)

    return draw


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


def bag(colour: Colour) -> Part:
    """A case or a bag that hangs from the hand."""

    def draw(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
        x, y = b.hands[0]
        pen.line([(x - 0.03, y + 0.04), (x, y), (x + 0.03, y + 0.04)], 0.012, darker(colour, 0.3))
        pen.box(x - 0.085, y + 0.03, 0.17, 0.11, colour, corner=0.014, shade=0.2)
        pen.box(x - 0.012, y + 0.06, 0.024, 0.02, GOLD, shade=0)

    return draw


def hammer(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """A hammer."""
    x, y = b.hands[0]
    pen.limb([(x - 0.02, y + 0.04), (x + 0.05, y - 0.14)], [0.018, 0.018], WOOD)
    pen.limb([(x + 0.0, y - 0.16), (x + 0.1, y - 0.13)], [0.045, 0.04], 0x6A7280, shade=0.25)
