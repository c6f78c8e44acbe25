"""Eagle, gull, parrot, owl."""

from animatic.colour import darker, lighter
from animatic.ease import smooth, wave
from animatic.rig.act import Act
from animatic.rig.beasts import eyes
from animatic.rig.bodies import dreams
from animatic.rig.pen import Pen
from animatic.rig.plumes import AMBER, Plume, bird, bird_aloft


def eagle(pen: Pen, act: Act) -> None:
    """An eagle: white head, hooked beak, fingered wings."""
    main = act.own(0x6A4632)
    bird(
        pen,
        act,
        Plume(
            body=main,
            head=0xFBF6EA if act.look != "hawk" else lighter(main, 0.2),
            wing=lighter(main, 0.06),
            tips=darker(main, 0.45),
            belly=lighter(main, 0.16),
            hook=True,
            span=0.95,
            chord=0.5,
            rate=0.5,
        ),
    )


def gull(pen: Pen, act: Act) -> None:
    """A seagull: long narrow grey wings with black tips."""
    main = act.own(0xFBFAF5)
    bird(
        pen,
        act,
        Plume(
            body=main,
            head=main,
            wing=0xB4BFCC,
            tips=0x3A3E4A,
            belly=0xFFFFFF,
            span=0.9,
            chord=0.36,
            fan=0.2,
            rate=0.7,
        ),
    )


def parrot(pen: Pen, act: Act) -> None:
    """A parrot: red, blue and yellow, with a long tail."""
    main = act.own(0xE0413A)
    plume = Plume(
        body=main,
        head=main,
        wing=0xF2C23E,
        tips=0x2F6FC4,
        belly=lighter(main, 0.15),
        beak=0x3E3A40,
        hook=True,
        fan=0.5,
        rate=1.0,
    )
    if act.gait not in {"fly", "run", "swim"}:
        pen.limb([(-0.24, -0.3), (-0.4, 0.22)], [0.14, 0.05], 0x2F6FC4)
    bird(pen, act, plume)


def owl(pen: Pen, act: Act) -> None:
    """An owl that turns its great eyes; it flies without a sound."""
    main = act.own(0x9A7048)
    if act.gait in {"fly", "run", "swim"}:
        bird_aloft(
            pen,
            act,
            Plume(
                body=main,
                head=main,
                wing=main,
                tips=darker(main, 0.35),
                belly=lighter(main, 0.5),
                chord=0.52,
                hook=True,
                rate=0.6,
            ),
        )
        return
    _stump(pen)
    pale, look = lighter(main, 0.6), 0.03 * smooth(wave(act.t * 0.17)) - 0.015
    body = [(-0.24, -0.2), (-0.32, -0.5), (-0.26, -0.8), (0, -0.92), (0.26, -0.8), (0.32, -0.5)]
    pen.blob([*body, (0.24, -0.2), (0, -0.13)], main, shade=0.22)
    pen.oval(0, -0.38, 0.2, 0.24, pale, shade=0.08)
    for k in range(8):
        x, y = -0.12 + 0.08 * (k % 4) - 0.03 * (k // 4), -0.46 + 0.12 * (k // 4)
        pen.line([(x - 0.03, y), (x, y + 0.03), (x + 0.03, y)], 0.016, darker(main, 0.2))
    for side in (-1, 1):
        pen.poly([(side * 0.1, -0.86), (side * 0.26, -1.0), (side * 0.27, -0.76)], main)
        ruffle = 0.02 * act.gust(0.2 * side)
        pen.blob(
            [
                (side * 0.2, -0.62),
                (side * (0.36 + ruffle), -0.5),
                (side * (0.34 + ruffle), -0.24),
                (side * 0.22, -0.18),
            ],
            darker(main, 0.22),
        )
        pen.oval(side * 0.1 + look, -0.7, 0.125, 0.125, pale, shade=0.06)
        if act.shut < 0.7:
            pen.oval(side * 0.1 + look, -0.7, 0.085, 0.085 * (1 - act.shut), 0xF6C742, shade=0.1)
        eyes(pen, act, [(side * 0.1 + look * 1.5, -0.7)], 0.055)
        for dx in (-0.04, 0.0, 0.04):
            pen.oval(side * 0.09 + dx, -0.15, 0.024, 0.035, AMBER)
    pen.poly([(-0.035 + look, -0.66), (0.035 + look, -0.66), (look, -0.56)], AMBER)
    if act.gait == "sleep":
        dreams(pen, act, 0.3, -1.0)


def _stump(pen: Pen) -> None:
    pen.blob([(-0.4, -0.14), (0, -0.16), (0.44, -0.14), (0.4, 0.01), (-0.38, 0.01)], 0x7A583E)
    pen.oval(0.42, -0.065, 0.05, 0.075, 0xC9A070, shade=0.1)
    pen.oval(0.42, -0.065, 0.025, 0.04, 0xA87C50, shade=0)


SUBJECTS = {
    "eagle": eagle,
    "gull": gull,
    "parrot": parrot,
    "owl": owl,
}
