"""People of every day: men, women, children, the old, babies."""

from animatic.colour import darker
from animatic.ease import wave
from animatic.rig.act import Act
from animatic.rig.bodies import INK
from animatic.rig.figure import figure
from animatic.rig.pen import Pen
from animatic.rig.wardrobe import SKINS, _dress_as_old, dress


def person(pen: Pen, act: Act) -> None:
    """A man, woman, boy, girl, or someone old."""
    d = dress(act)
    if act.look in {"grandpa", "grandma"}:
        d = _dress_as_old(d, act.look == "grandpa")
    figure(pen, act, d)


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
