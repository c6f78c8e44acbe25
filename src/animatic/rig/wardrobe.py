"""What a person wears by its look and by chance."""

from dataclasses import replace

from animatic.colour import darker, lighter
from animatic.rig.act import Act
from animatic.rig.bodies import INK
from animatic.rig.pen import Pen
from animatic.rig.poses import Bones, Dress

SKINS = (0xF6CFB0, 0xE8B48C, 0xC98A60, 0x9A6342, 0xF9DCC4)
HAIRS = (0x3A2A24, 0x5C3A28, 0x20202A, 0xA8652F, 0xD9A85A)
SHIRTS = (0xD95B4E, 0x3E7CB8, 0xE7A93C, 0x4E9A6E, 0x8A62B0, 0xE07A9A)
TROUSERS = (0x3B4A6B, 0x5A4A44, 0x38504E, 0x6A5A80)
SILVER = 0xDAD8D6
FEMALE = frozenset({"woman", "girl", "grandma"})


def dress(act: Act) -> Dress:
    """Clothes and hair by look and seed."""
    k = int(act.seed * 997)
    female = act.look in FEMALE or (not act.look and k % 2 == 0)
    return Dress(
        skin=SKINS[k % 5],
        hair=HAIRS[k // 5 % 5],
        shirt=act.own(SHIRTS[k // 3 % 6]),
        trousers=TROUSERS[k // 7 % 4],
        long_hair=female,
        skirt=female,
        child=act.look in {"boy", "girl"},
    )


def _dress_as_old(d: Dress, man: bool) -> Dress:
    old = replace(d, hair=SILVER, stoop=0.07, long_hair=False, held=_stick, sleeves=d.shirt)
    if man:
        return replace(old, bald=True, beard=SILVER, hat=spectacles, over=_waistcoat)
    return replace(old, hat=_bun, over=_shawl, skirt=True)


def _stick(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    x, y = b.hands[0]
    grip = [(x - 0.03, y - 0.03), (x + 0.03, y - 0.05), (x + 0.05, y), (x + 0.09, 0.0)]
    pen.limb(grip, [0.022, 0.022, 0.02, 0.016], 0x7A5238)


def spectacles(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    """Round glasses."""
    (x, y), r = b.head, b.r
    for dx in (0.2, 0.7):
        ring = [(0.21, 0), (0, 0.21), (-0.21, 0), (0, -0.21)]
        pen.line(
            [(x + r * (dx + px), y + r * (0.07 + py)) for px, py in ring], 0.008, INK, closed=True
        )
    pen.line([(x - r * 0.02, y + r * 0.02), (x - r * 0.4, y - r * 0.05)], 0.008, INK)


def _waistcoat(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    (nx, ny), (hx, hy) = b.neck, b.hip
    front = [
        (nx - 0.06, ny + 0.02),
        (nx + 0.02, ny + 0.1),
        (hx + 0.03, hy - 0.02),
        (hx - 0.08, hy - 0.02),
    ]
    pen.poly(front, darker(d.shirt, 0.4))


def _shawl(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    x, y = b.neck
    edge = [(x - 0.11, y + 0.05), (x, y), (x + 0.1, y + 0.05), (x + 0.08, y + 0.13)]
    pen.blob([*edge, (x, y + 0.2), (x - 0.11, y + 0.15)], lighter(d.shirt, 0.45), shade=0.2)


def _bun(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    (x, y), r = b.head, b.r
    pen.oval(x - r * 0.75, y - r * 0.95, r * 0.45, r * 0.42, d.hair, shade=0.2)
    spectacles(pen, act, b, d)
