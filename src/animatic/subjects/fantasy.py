"""Dragon, unicorn, dinosaur, ghost."""

from functools import partial

from animatic.colour import Colour, darker, lighter, mix
from animatic.ease import Point, wave
from animatic.rig.act import Act
from animatic.rig.beasts import Bones, afloat, beast, eyes, mid, pose
from animatic.rig.bodies import INK, Coat, dreams
from animatic.rig.horses import mount
from animatic.rig.pen import Pen


def unicorn(pen: Pen, act: Act) -> None:
    """A white horse with a rainbow of a mane and a horn that shines."""
    main = act.own(0xFBF7FC)
    mount(pen, act, main, 0xE08AC8)
    if act.gait == "swim":
        return
    bones = pose(act, "horse")
    with pen.at(*bones.head, angle=bones.tilt):
        pen.glow(0.1, -0.2, 0.16, 0xFFF0B0, 0.55 + 0.25 * wave(act.t * 0.5))
        pen.poly([(0.015, -0.09), (0.07, -0.075), (0.15, -0.29)], 0xF6C85A, shade=0.3)
        for k in range(3):
            x, y = 0.052 + 0.025 * k, -0.115 - 0.05 * k
            pen.line(
                [(x - 0.02 + 0.004 * k, y), (x + 0.02 - 0.004 * k, y + 0.012)], 0.008, 0xC8923A
            )
    sparks = []
    for k in range(7):
        life = (act.t * 0.4 + k * 0.37) % 1
        sparks.append((-0.5 + 0.16 * k - 0.1 * life, -0.9 + 0.12 * (k % 3) + 0.3 * life))
    pen.specks(sparks, 0.022, 0xFFF3C0, alpha=0.85, lit=False)


def dragon(pen: Pen, act: Act) -> None:
    """A dragon: beats leathern wings, breathes fire now and then, sleeps like a cat."""
    main = act.own(0x3F9A6A)
    if act.gait == "swim":
        afloat(pen, act, partial(_dragon, pen, act, main), 0.3)
    else:
        _dragon(pen, act, main)


def _dragon(pen: Pen, act: Act, main: Colour) -> None:
    flies, asleep = act.gait == "fly", act.gait == "sleep"
    belly = mix(main, 0xF6E2A0, 0.75)
    beat = 0.3 + 0.65 * wave(act.t * 0.7) if flies else 0.25 + 0.08 * act.breath()
    rise = 0.04 * wave(act.t * 0.7 + 0.3) if flies else 0.0
    down = 0.2 if asleep else 0.0
    with pen.at(0, rise):
        _bat_wing(pen, (0.06, -0.52 + down), beat if not asleep else -0.15, darker(main, 0.3), main)
        _dragon_tail(pen, act, main, down)
        if not asleep:
            _dragon_legs(pen, act, darker(main, 0.22), 0.07, flies=flies)
        body = [
            (-0.34, -0.36),
            (-0.14, -0.52),
            (0.16, -0.52),
            (0.3, -0.38),
            (0.16, -0.2),
            (-0.2, -0.18),
        ]
        pen.blob([(x, y + down) for x, y in body], main, shade=0.22)
        lower = [(0.28, -0.36), (0.2, -0.22), (-0.14, -0.19), (-0.02, -0.28), (0.16, -0.36)]
        pen.blob([(x, y + down) for x, y in lower], belly, shade=0.1)
        _dragon_neck(pen, act, main, belly, down, flies=flies)
        if not asleep:
            _dragon_legs(pen, act, main, 0.0, flies=flies)
        _bat_wing(pen, (0.02, -0.48 + down), beat if not asleep else -0.1, main, lighter(main, 0.1))
    if asleep:
        dreams(pen, act, 0.6, -0.5)


def _bat_wing(pen: Pen, at: Point, beat: float, bone: Colour, skin: Colour) -> None:
    x, y = at
    wrist = (x - 0.02 - 0.1 * (1 - abs(beat)), y - 0.1 - 0.42 * beat)
    tips = [
        (wrist[0] - 0.16, wrist[1] - 0.3 * beat - 0.05),
        (wrist[0] - 0.42, wrist[1] - 0.02 - 0.08 * beat),
        (wrist[0] - 0.44, wrist[1] + 0.22 + 0.05 * beat),
    ]
    root = (x - 0.24, y + 0.08)
    web = [(x + 0.06, y + 0.02), wrist]
    for one, two in zip(tips, [*tips[1:], root], strict=True):
        inner = mid(mid(one, two), wrist, 0.3)
        web += [one, inner]
    web += [root]
    pen.poly(web, mix(skin, 0xF2A05A, 0.45), shade=0.24)
    for tip in tips:
        pen.limb([wrist, tip], [0.03, 0.01], bone)
    pen.limb([(x + 0.04, y), wrist], [0.07, 0.04], bone, shade=0.14)
    pen.poly(
        [
            (wrist[0] - 0.01, wrist[1]),
            (wrist[0] + 0.05, wrist[1] - 0.07),
            (wrist[0] + 0.03, wrist[1] + 0.02),
        ],
        0xF6EBC8,
    )


def _dragon_tail(pen: Pen, act: Act, main: Colour, down: float) -> None:
    sway = 0.06 * wave(act.t * 0.4)
    line: list[Point] = [
        (-0.22, -0.33 + down),
        (-0.44, -0.24 + down * 0.6),
        (-0.64, -0.2 + sway + down * 0.5),
        (-0.82, -0.32 + sway * 2 + down),
    ]
    pen.limb(line, [0.27, 0.17, 0.1, 0.05], main, shade=0.18)
    x, y = line[-1]
    pen.poly(
        [(x + 0.02, y + 0.05), (x - 0.02, y - 0.13), (x - 0.16, y - 0.12), (x - 0.09, y + 0.01)],
        0xE8763A,
    )
    spikes = []
    for k in range(5):
        px, py = mid(line[0], line[2], k / 4)
        spikes.append(
            [
                (px - 0.04, py - 0.09 + 0.01 * k),
                (px - 0.04, py - 0.19 + 0.016 * k),
                (px + 0.05, py - 0.1 + 0.01 * k),
            ]
        )
    pen.shapes(spikes, 0xE8763A)


def _dragon_legs(pen: Pen, act: Act, tone: Colour, off: float, *, flies: bool) -> None:
    for k, x in enumerate((-0.16, 0.14)):
        step = 0.1 * wave(act.phase * 0.7 + 0.5 * k + off * 7) if act.moves else 0.0
        foot = (x + off - 0.12, -0.12) if flies else (x + off + step, -0.04)
        pen.limb([(x + off * 0.5, -0.3), (x + off + 0.05, -0.16), foot], [0.2, 0.12, 0.09], tone)
        pen.oval(foot[0] + 0.04, foot[1], 0.085, 0.045, tone)
        pen.specks(
            [(foot[0] + 0.05 + 0.03 * j, foot[1] + 0.025) for j in range(3)], 0.022, 0xF6EBC8
        )


def _dragon_neck(
    pen: Pen, act: Act, main: Colour, belly: Colour, down: float, *, flies: bool
) -> None:
    asleep = act.gait == "sleep"
    nod = 0.015 * act.breath()
    at: Point = (0.46, -0.8 + nod)
    if asleep:
        at = (0.52, -0.14)
    elif flies:
        at = (0.56, -0.68 + nod)
    bow = (0.36, -0.52) if not asleep else (0.42, -0.18)
    pen.limb([(0.18, -0.38 + down), bow, at], [0.3, 0.2, 0.16], main, shade=0.18)
    pen.limb(
        [(0.27, -0.34 + down), (bow[0] + 0.07, bow[1] + 0.03), (at[0] + 0.02, at[1] + 0.06)],
        [0.08, 0.08, 0.05],
        belly,
    )
    spikes = [
        [(px - 0.1, py), (px - 0.17, py - 0.08), (px - 0.06, py - 0.06)]
        for px, py in (mid((0.22, -0.46 + down), at, s) for s in (0.1, 0.35, 0.6, 0.85))
    ]
    pen.shapes(spikes, 0xE8763A)
    with pen.at(*at, angle=3 * act.breath()):
        _dragon_head(pen, act, main, belly)


def _dragon_head(pen: Pen, act: Act, main: Colour, belly: Colour) -> None:
    fire = max(0.0, wave(act.t * 0.23 + act.seed)) ** 2 if act.gait not in {"sleep", "sit"} else 0.0
    if fire > 0.15:
        _fire(pen, act, fire)
    for dx in (0.02, -0.05):
        pen.limb(
            [(dx, -0.09), (dx - 0.1, -0.17), (dx - 0.12, -0.25)], [0.05, 0.035, 0.01], 0xF6EBC8
        )
    pen.limb([(0.04, 0.06), (0.2, 0.08 + 0.04 * fire)], [0.09, 0.06], belly, shade=0.08)
    pen.oval(0, 0, 0.14, 0.125, main, shade=0.16)
    pen.limb([(0.03, 0.02), (0.16, 0.01), (0.26, 0.02)], [0.19, 0.14, 0.11], main, shade=0.14)
    pen.oval(0.27, -0.03, 0.03, 0.024, main, shade=0.1)
    pen.oval(0.285, -0.015, 0.013, 0.01, INK, shade=0)
    pen.line([(0.29, 0.06), (0.18, 0.075), (0.06, 0.06)], 0.012, darker(main, 0.5))
    flick = 0.02 * act.gust(0.2)
    pen.poly(
        [(-0.07, -0.03), (-0.2 - flick, -0.06), (-0.16, 0.0), (-0.2 - flick, 0.05), (-0.08, 0.06)],
        0xE8763A,
    )
    if act.shut < 0.7:
        pen.oval(0.06, -0.045, 0.045, 0.05 * (1 - act.shut), 0xFFF3B8, shade=0)
    eyes(pen, act, [(0.07, -0.04)], 0.026, blush=0.045)


def _fire(pen: Pen, act: Act, strength: float) -> None:
    pen.glow(0.55, 0.08, 0.4 * strength, 0xFFC060, 0.6 * strength)
    for width, long, colour in (
        (0.2, 0.55, 0xF2603A),
        (0.13, 0.42, 0xF9A63C),
        (0.07, 0.28, 0xFFF0B0),
    ):
        reach = long * strength * (1 + 0.08 * wave(act.t * 3.1 + width))
        pen.limb(
            [
                (0.28, 0.07),
                (0.3 + reach * 0.5, 0.09 + 0.02 * wave(act.t * 2.3)),
                (0.3 + reach, 0.07 + 0.03 * wave(act.t * 2.7)),
            ],
            [0.04, width * strength, 0.02],
            colour,
            shade=0,
        )


def dinosaur(pen: Pen, act: Act) -> None:
    """A dinosaur: a tyrannosaur with small arms, or a long-necked grazer."""
    if act.look == "long_neck":
        _long_neck(pen, act)
    else:
        _tyrannosaur(pen, act)


def _long_neck(pen: Pen, act: Act) -> None:
    main = act.own(0x6FA8A0)
    coat = Coat(main=main, belly=lighter(main, 0.3), deep=darker(main, 0.3))
    bones = pose(act, "long_neck")
    (hx, hy), sway = bones.hip, 0.05 * wave(act.t * 0.35)
    if act.gait != "swim":
        line = [
            (hx, hy),
            (hx - 0.28, hy + 0.05),
            (hx - 0.52, hy + 0.06 + sway),
            (hx - 0.74, hy - 0.06 + sway * 2),
        ]
        pen.limb(line, [0.32, 0.18, 0.09, 0.02], main, shade=0.2)

    def spots(pen: Pen, bones: Bones) -> None:
        x, y = bones.middle
        pen.specks(
            [(x - 0.26 + 0.09 * k, y - 0.1 + 0.05 * (k % 2)) for k in range(6)],
            0.07,
            coat.deep,
            alpha=0.5,
        )

    def head(pen: Pen, act: Act, coat: Coat) -> None:
        pen.blob(
            [(-0.08, -0.03), (0.0, -0.08), (0.1, -0.05), (0.17, 0.02), (0.12, 0.07), (-0.04, 0.07)],
            main,
            shade=0.16,
        )
        pen.line([(0.16, 0.035), (0.09, 0.045), (0.05, 0.03)], 0.01, coat.deep)
        eyes(pen, act, [(0.04, -0.025)], 0.02, blush=0.03)

    beast(pen, act, "long_neck", coat, head, marks=spots)


def _tyrannosaur(pen: Pen, act: Act) -> None:
    main = act.own(0x8AA84A)
    belly = mix(main, 0xF8EEB8, 0.7)
    asleep = act.gait == "sleep"
    bob = 0.03 * abs(wave(act.phase)) if act.moves else 0.006 * act.breath()
    sway = 0.05 * wave(act.t * 0.4)
    with pen.at(0, 0.26 if asleep else -bob):
        if not asleep:
            _stomp(pen, act, darker(main, 0.22), 0.08, 0.5)
        tail: list[Point] = [
            (-0.1, -0.44),
            (-0.36, -0.38),
            (-0.62, -0.36 + sway),
            (-0.9, -0.46 + sway * 2),
        ]
        pen.limb(tail, [0.4, 0.25, 0.13, 0.03], main, shade=0.2)
        pen.blob(
            [
                (-0.26, -0.4),
                (-0.12, -0.6),
                (0.14, -0.72),
                (0.32, -0.66),
                (0.32, -0.42),
                (0.1, -0.24),
                (-0.16, -0.22),
            ],
            main,
            shade=0.22,
        )
        pen.blob(
            [(0.33, -0.6), (0.3, -0.4), (0.1, -0.25), (-0.02, -0.26), (0.16, -0.46)],
            belly,
            shade=0.1,
        )
        pen.limb([(0.2, -0.6), (0.26, -0.74), (0.34, -0.82)], [0.34, 0.28, 0.26], main, shade=0.16)
        stripes = [
            [(x, y - 0.15), (x + 0.06, y - 0.15), (x + 0.02, y + 0.02)]
            for x, y in ((-0.56, -0.32), (-0.42, -0.36), (-0.28, -0.4), (-0.14, -0.44), (0.0, -0.5))
        ]
        pen.shapes(stripes, darker(main, 0.3), alpha=0.8)
        paw = 0.03 * wave(act.t * 0.9)
        pen.limb(
            [(0.26, -0.5), (0.36, -0.44), (0.4, -0.5 + paw)],
            [0.085, 0.06, 0.05],
            darker(main, 0.08),
        )
        if not asleep:
            _stomp(pen, act, main, 0.0, 0.0)
        with pen.at(0.38, -0.84, angle=3 * act.breath()):
            _jaws(pen, act, main, belly)
    if asleep:
        dreams(pen, act, 0.6, -0.9)


def _stomp(pen: Pen, act: Act, tone: Colour, off: float, side: float) -> None:
    step = 0.22 * wave(act.phase * 0.6 + side) if act.moves else 0.0
    lift = 0.13 * max(0.0, wave(act.phase * 0.6 + side + 0.25)) if act.moves else 0.0
    x = -0.02 + off
    pen.limb(
        [
            (x - 0.06, -0.38),
            (x + 0.06 + step * 0.4, -0.24),
            (x - 0.06 + step, -0.14 - lift),
            (x + step, -0.05 - lift),
        ],
        [0.34, 0.21, 0.11, 0.11],
        tone,
        shade=0.18,
    )
    pen.oval(x + 0.06 + step, -0.04 - lift, 0.13, 0.05, tone)
    pen.specks([(x + 0.08 + 0.045 * k + step, -0.02 - lift) for k in range(3)], 0.035, 0xF6EBC8)


def _jaws(pen: Pen, act: Act, main: Colour, belly: Colour) -> None:
    roar = max(0.0, wave(act.t * 0.25 + act.seed)) if act.gait != "sleep" else 0.0
    with pen.at(0, 0.06, angle=22 * roar):
        pen.limb([(0.0, 0.02), (0.2, 0.05), (0.36, 0.04)], [0.13, 0.11, 0.08], belly, shade=0.1)
        pen.shapes(
            [
                [(0.12 + 0.07 * k, 0.02), (0.15 + 0.07 * k, -0.04), (0.18 + 0.07 * k, 0.02)]
                for k in range(4)
            ],
            0xFFFDF0,
        )
    pen.oval(0, 0, 0.17, 0.155, main, shade=0.16)
    pen.blob(
        [(-0.05, -0.14), (0.14, -0.13), (0.34, -0.08), (0.42, 0.02), (0.38, 0.07), (0.05, 0.08)],
        main,
        shade=0.18,
    )
    pen.shapes(
        [
            [(0.14 + 0.065 * k, 0.06), (0.17 + 0.065 * k, 0.12), (0.2 + 0.065 * k, 0.06)]
            for k in range(4)
        ],
        0xFFFDF0,
    )
    pen.oval(0.36, -0.03, 0.02, 0.016, darker(main, 0.5), shade=0)
    if act.shut < 0.7:
        pen.oval(0.08, -0.09, 0.05, 0.052 * (1 - act.shut), 0xFFF6C8, shade=0)
    eyes(pen, act, [(0.09, -0.085)], 0.03, blush=0.05)


def ghost(pen: Pen, act: Act) -> None:
    """A friendly ghost whose hem ripples."""
    main = act.own(0xF6F4FF)
    pen.glow(0, -0.55, 0.75, lighter(main, 0.2), 0.35)
    hem: list[Point] = []
    for k in range(9):
        s = k / 8
        hem.append(
            (
                0.4 - 0.8 * s - 0.04 * act.gust(s),
                -0.1 + (0.07 if k % 2 else -0.02) + 0.03 * wave(act.t * 0.6 + 0.3 * k),
            )
        )
    top: list[Point] = [(-0.38, -0.5), (-0.3, -0.84), (0, -1.0), (0.3, -0.84), (0.38, -0.5)]
    pen.blob([*top, *hem], main, shade=0.16, alpha=0.93)
    for side in (-1, 1):
        raise_ = 0.05 * wave(act.t * 0.5 + 0.25 * side) + (
            0.12 if act.gait in {"wave", "dance"} else 0
        )
        pen.limb(
            [(side * 0.28, -0.5), (side * 0.46, -0.52 - raise_), (side * 0.52, -0.6 - raise_)],
            [0.16, 0.13, 0.1],
            main,
        )
    eyes(pen, act, [(-0.1, -0.68), (0.14, -0.68)], 0.05, blush=0.07)
    pen.oval(0.02, -0.52, 0.05, 0.06 + 0.01 * act.breath(), 0x5A4A6E, shade=0)


SUBJECTS = {"unicorn": unicorn, "dragon": dragon, "dinosaur": dinosaur, "ghost": ghost}
