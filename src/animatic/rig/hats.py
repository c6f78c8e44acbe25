"""What is worn on the head and the face: each is a `Part` of a `Dress`."""

from animatic.colour import Colour, darker, lighter
from animatic.ease import Point
from animatic.rig.act import Act
from animatic.rig.bodies import INK
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress
from animatic.rig.wear import GOLD, STEEL

# Hats


def _on_head(b: Bones, points: list[Point]) -> list[Point]:
    (x, y), r = b.head, b.r
    return [(x + r * px, y + r * py) for px, py in points]


def brimmed_hat(
    pen: Pen,
    act: Act,
    b: Bones,
    d: Dress,
    *,
    colour: Colour,
    band: Colour,
    wide: float = 1.5,
    tall: float = 0.95,
) -> None:
    """A hat with a brim and a band: straw hat, cowboy hat."""
    top = -0.55 - tall
    crown = [(-0.85, -0.5), (-0.75, top), (0.05, top - 0.12), (0.75, top), (0.85, -0.5)]
    pen.blob(_on_head(b, crown), colour, shade=0.2, tension=0.5)
    pen.limb(_on_head(b, [(-0.84, -0.62), (0.85, -0.62)]), [b.r * 0.24] * 2, band, shade=0.1)
    brim = [(-wide, -0.5), (-0.5, -0.52), (0.5, -0.52), (wide, -0.56)]
    pen.limb(_on_head(b, brim), [b.r * 0.16, b.r * 0.3, b.r * 0.3, b.r * 0.16], colour)


def peak_cap(
    pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, badge: Colour | None = None
) -> None:
    """A cap with a peak: police, captain, driver."""
    crown = [(-0.95, -0.45), (-1.15, -1.05), (0.0, -1.35), (1.15, -1.1), (0.98, -0.45)]
    pen.blob(_on_head(b, crown), colour, shade=0.2, tension=0.6)
    band = _on_head(b, [(-0.95, -0.52), (0.0, -0.56), (0.97, -0.52)])
    pen.limb(band, [b.r * 0.26] * 3, darker(colour, 0.45), shade=0)
    peak = _on_head(b, [(0.5, -0.45), (1.1, -0.36), (1.45, -0.22)])
    pen.limb(peak, [b.r * 0.16, b.r * 0.18, b.r * 0.08], INK, shade=0.1)
    if badge is not None:
        pen.oval(*_on_head(b, [(0.45, -0.9)])[0], b.r * 0.2, b.r * 0.22, badge, shade=0.2)


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


def hard_hat(pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour) -> None:
    """A round helmet with a rim: builders, firefighters."""
    shell = [(-1.1, -0.35), (-1.0, -1.0), (0.0, -1.38), (0.95, -1.0), (1.05, -0.35)]
    pen.blob(_on_head(b, shell), colour, shade=0.24, tension=0.8)
    pen.limb(_on_head(b, [(0.0, -1.36), (0.0, -0.5)]), [b.r * 0.28] * 2, lighter(colour, 0.25))
    rim = _on_head(b, [(-1.4, -0.28), (0.2, -0.36), (1.45, -0.34)])
    pen.limb(rim, [b.r * 0.2] * 3, darker(colour, 0.15))


def crown(pen: Pen, act: Act, b: Bones, d: Dress, *, tall: float = 0.75) -> None:
    """A golden crown with stones; a low one is a tiara."""
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


def pointed_hat(
    pen: Pen, act: Act, b: Bones, d: Dress, *, colour: Colour, star: Colour, brim: float = 1.6
) -> None:
    """A tall pointed hat, its tip bent: wizard, witch."""
    tip = (-0.75 - 0.3 * act.gust(), -2.75 + 0.06 * act.swing())
    cone = [(-0.95, -0.5), (-0.5, -1.6), tip, (0.2, -1.9), (0.95, -0.5)]
    pen.blob(_on_head(b, cone), colour, shade=0.24, tension=0.5)
    pen.limb(_on_head(b, [(-0.9, -0.68), (0.9, -0.68)]), [b.r * 0.3] * 2, star)
    edge = _on_head(b, [(-brim, -0.4), (0, -0.5), (brim, -0.46)])
    pen.limb(edge, [b.r * 0.14, b.r * 0.34, b.r * 0.14], colour)


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
