"""People of every day: men, women, children, the old, babies."""

from dataclasses import replace

from animatic.colour import darker, lighter
from animatic.draw.act import Act
from animatic.draw.bodies import INK
from animatic.draw.figure import figure
from animatic.draw.pen import Pen
from animatic.draw.poses import Bones, Dress
from animatic.ease import wave

SKINS = (0xF6CFB0, 0xE8B48C, 0xC98A60, 0x9A6342, 0xF9DCC4)
HAIRS = (0x3A2A24, 0x5C3A28, 0x20202A, 0xA8652F, 0xD9A85A)
SHIRTS = (0xD95B4E, 0x3E7CB8, 0xE7A93C, 0x4E9A6E, 0x8A62B0, 0xE07A9A)
TROUSERS = (0x3B4A6B, 0x5A4A44, 0x38504E, 0x6A5A80)
SILVER = 0xDAD8D6
FEMALE = frozenset({"woman", "girl", "grandma"})


def person(pen: Pen, act: Act) -> None:
    """A man, woman, boy, girl, or someone old."""
    d = dress(act)
    if act.look in {"grandpa", "grandma"}:
        d = _aged(d, act.look == "grandpa")
    figure(pen, act, d)


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


def _aged(d: Dress, man: bool) -> Dress:
    old = replace(d, hair=SILVER, stoop=0.07, long_hair=False, held=_stick, sleeves=d.shirt)
    if man:
        return replace(old, bald=True, beard=SILVER, hat=_spectacles, over=_waistcoat)
    return replace(old, hat=_bun, over=_shawl, skirt=True)


def _stick(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    x, y = b.hands[0]
    grip = [(x - 0.03, y - 0.03), (x + 0.03, y - 0.05), (x + 0.05, y), (x + 0.09, 0.0)]
    pen.limb(grip, [0.022, 0.022, 0.02, 0.016], 0x7A5238)


def _spectacles(pen: Pen, act: Act, b: Bones, d: Dress) -> None:
    spectacles(pen, b)


def spectacles(pen: Pen, b: Bones) -> None:
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
    spectacles(pen, b)


def baby(pen: Pen, act: Act) -> None:
    """A baby in a romper: sits and waves its arms, crawls when it has somewhere to go."""
    cloth = act.own((0xF7B6C2, 0x9CD0EC, 0xF6DE8A)[int(act.seed * 3)])
    skin = SKINS[int(act.seed * 997) % 5]
    crawls = act.moves
    body = (0.0, -0.3) if not crawls else (-0.1, -0.32)
    kick = 0.05 * wave(act.phase * 1.3)
    for k, side in ((1, 0.5), (0, 0.0)):
        x = 0.05 * k + (0.12 * wave(act.phase + side) if crawls else 0.0)
        knee = (body[0] + (0.2 if not crawls else -0.1) + x, -0.1)
        foot = (knee[0] + (0.2 if not crawls else -0.22), -0.07 - (kick if k else 0))
        pen.limb([(body[0], -0.18), knee, foot], [0.24, 0.2, 0.15], darker(cloth, 0.1 * k))
        pen.oval(*foot, 0.08, 0.07, skin)
    pen.oval(*body, 0.27, 0.29, cloth, shade=0.2, angle=58 if crawls else 0)
    head = (body[0] + (0.3 if crawls else 0.04), -0.7 + (0.1 if crawls else 0.0))
    for k, side in ((1, 0.5), (0, 0.0)):
        root = (body[0] + (0.22 if crawls else 0.1 * k - 0.06), body[1] - 0.12)
        hand = (
            (root[0] + 0.12 + 0.12 * wave(act.phase + 0.5 + side), -0.05)
            if crawls
            else (root[0] + 0.22, root[1] - 0.1 * wave(act.phase + side))
        )
        pen.limb([root, hand], [0.14, 0.11], darker(cloth, 0.12 * k))
        pen.oval(*hand, 0.06, 0.06, skin)
    _baby_face(pen, act, head, skin)


def _baby_face(pen: Pen, act: Act, at: tuple[float, float], skin: int) -> None:
    x, y = at
    pen.oval(x, y, 0.31, 0.28, skin, shade=0.14)
    pen.oval(x - 0.1, y + 0.02, 0.05, 0.06, darker(skin, 0.08), shade=0)
    curl = [(x - 0.08, y - 0.26), (x + 0.02, y - 0.33), (x + 0.1, y - 0.26), (x + 0.02, y - 0.22)]
    pen.line(curl, 0.03, 0x8A5A34)
    for dx in (0.07, 0.21):
        pen.oval(x + dx, y, 0.035, 0.045 * (1 - act.shut) + 0.004, INK, shade=0)
        pen.oval(x + dx + 0.01, y - 0.015, 0.012, 0.012 * (1 - act.shut), 0xFFFFFF, shade=0)
    pen.soft(x + 0.02, y + 0.1, 0.07, 0.05, 0xF08A80, 0.6)
    pen.soft(x + 0.26, y + 0.1, 0.05, 0.05, 0xF08A80, 0.6)
    pen.line([(x + 0.1, y + 0.1), (x + 0.15, y + 0.135), (x + 0.2, y + 0.1)], 0.016, 0xA84A4A)


SUBJECTS = {"person": person, "baby": baby}
