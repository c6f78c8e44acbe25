"""What happens in the sky and between: fog, storm, aurora, rainbow, stars, meteors, fireworks."""

import math

from animatic.colour import Colour, hsl, lighter, mix
from animatic.dice import Dice
from animatic.ease import TAU, Point, smooth, wave
from animatic.rig.pen import Pen
from animatic.stage import Moment, Stage, Weather
from animatic.weather.basic import rain

STRIKE = 2.6
"""Seconds from one flash of lightning to the next."""

BURST = 1.7
"""Seconds that a firework hangs in the sky."""


def _fog_behind(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    _bank(pen, stage, moment, 0, (0.46, 1.04), 0.5 * strength)


def _fog(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """A bank that drifts before all, thick by the ground."""
    _bank(pen, stage, moment, 1, (0.62, 1.04), 0.5 * strength)


def _bank(
    pen: Pen, stage: Stage, moment: Moment, k: int, band: tuple[float, float], alpha: float
) -> None:
    """Mist from a wavy upper edge, denser downwards. One gradient: it covers much of the frame."""
    shift = moment.t * (0.03 + 0.02 * k) * (-1) ** k + moment.pose.x * 0.3 * k
    crest = []
    for j in range(25):
        x = -0.1 + (stage.width + 0.2) * j / 24
        lift = 0.05 * math.sin(5 * (x + shift) + 2 * k) + 0.025 * math.sin(11 * (x + shift * 1.4))
        crest.append((x, stage.y(band[0]) + lift * stage.tall))
    white, floor = lighter(pen.light.haze, 0.35), stage.y(band[1])
    ends = [(stage.width + 0.1, floor), (-0.1, floor)]
    pen.fade([*crest, *ends], white, white, alphas=(0.0, alpha), lit=False)


def _lightning(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """A flash behind the clouds, and a forked bolt that flickers out."""
    turn, since = divmod(moment.t + 1.9, STRIKE)
    dice = stage.dice("bolt", int(turn))
    since -= dice.between(0, 0.6)
    on = _flicker(since)
    if on <= 0:
        return
    x = stage.width * dice.between(0.15, 0.85)
    pen.glow(x, 0, 1.1 * stage.tall, 0xDCE4FF, 0.6 * on)
    trunk = _fork(dice, (x, -0.05), stage.y(0.62), 0.05)
    pen.line(trunk, 0.022, 0x9DB4FF, alpha=0.35 * on, smooth=False, lit=False)
    pen.line(trunk, 0.007, 0xFFFFFF, alpha=on, smooth=False, lit=False)
    for k in (3, 5):
        branch = _fork(dice, trunk[k], trunk[k][1] + 0.16, 0.09 * dice.pick((-1, 1)))
        pen.line(branch, 0.0035, 0xF0F4FF, alpha=0.85 * on, smooth=False, lit=False)


def _flash(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Heavy rain, and the flash that lights everything for a moment."""
    rain(pen, stage, moment, strength * 1.4)
    turn, since = divmod(moment.t + 1.9, STRIKE)
    on = _flicker(since - stage.dice("bolt", int(turn)).between(0, 0.6))
    if on > 0:
        w, h = stage.width + 0.1, stage.height + 0.1
        pen.box(-0.05, -0.05, w, h, 0xFFFFFF, shade=0, alpha=0.16 * on)


def _flicker(since: float) -> float:
    if not 0 <= since < 0.55:
        return 0.0
    return (1 - since / 0.55) * (0.55 + 0.45 * math.cos(TAU * since * 7))


def _fork(dice: Dice, start: Point, floor: float, lean: float) -> list[Point]:
    x, y = start
    line = [start]
    step = max(0.02, (floor - y) / 8)
    for k in range(8):
        x, y = x + lean * 0.5 + 0.045 * dice.between(0.3, 1) * (-1) ** k, y + step
        line.append((x, y))
    return line


def _aurora(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Curtains of light that fold and breathe."""
    for k, (low, tall, foot, crown) in enumerate(
        (
            (0.34, 0.3, 0x4DF0B0, 0x7A5CFF),
            (0.44, 0.3, 0x5CFFC0, 0x38B8E8),
            (0.27, 0.2, 0x7CF28A, 0xC85CE8),
        )
    ):
        dice = stage.dice("aurora", k)
        _curtain(pen, stage, moment.t, (low, tall, dice.between(0, 1)), (crown, foot), strength)


def _curtain(
    pen: Pen,
    stage: Stage,
    t: float,
    shape: tuple[float, float, float],
    colours: tuple[Colour, Colour],
    strength: float,
) -> None:
    low, tall, phase = shape
    count = 34
    foot: list[Point] = []
    heights: list[float] = []
    for j in range(count + 1):
        u = j / count
        x = -0.15 + (stage.width + 0.3) * (u + 0.03 * wave(1.7 * u + t * 0.03 + phase))
        y = low + 0.06 * wave(0.9 * u + t * 0.02 + phase) + 0.025 * wave(2.6 * u - t * 0.045)
        foot.append((x, stage.y(y)))
        ray = 0.62 + 0.38 * wave(5.3 * u + t * 0.06 + phase) * wave(3.1 * u - t * 0.08)
        heights.append(stage.y(tall) * ray)
    for j in range(count):
        (x0, y0), (x1, y1) = foot[j], foot[j + 1]
        bright = 0.5 + 0.5 * wave(1.4 * j / count + 0.05 * t + 2 * phase)
        strip = [(x0, y0 - heights[j]), (x1, y1 - heights[j + 1]), (x1, y1), (x0, y0)]
        pen.fade(strip, *colours, alphas=(0.0, (0.2 + 0.42 * bright) * strength), lit=False)


def _rainbow(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """An arc opposite the sun."""
    x = stage.width * (0.5 - 0.14 * pen.light.side)
    y = stage.y(0.68)
    radius = min(0.52 * stage.width + 0.06, stage.y(0.62))
    alpha = strength * (0.42 + 0.05 * wave(moment.t * 0.11))
    band = 0.017 * stage.tall
    for k in range(7):
        r = radius - band * k
        arc = [
            (x - r * math.cos(math.pi * j / 40), y - r * math.sin(math.pi * j / 40))
            for j in range(41)
        ]
        pen.line(
            arc, band * 1.15, hsl(0.02 + 0.125 * k, 0.85, 0.6), alpha=alpha, smooth=False, lit=False
        )


def _rainbow_before(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """The same arc, faint, before the land."""
    _rainbow(pen, stage, moment, 0.4 * strength)


def _stars(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Stars that twinkle, the brightest with rays, along a band of milk."""
    for k in range(4):
        x, y = stage.width * (0.1 + 0.27 * k), stage.y(0.42 - 0.12 * k)
        pen.soft(x, y, 0.3, 0.12, pen.shine(0xA9B4F0), 0.14 * strength)
    for group in range(4):
        spots = []
        on = 0.45 + 0.5 * wave(moment.t * (0.23 + 0.06 * group) + group / 4)
        for x, y, *_ in stage.scatter(f"twinkle {group}", 60):
            spots.append((x * stage.width, stage.y(0.62 * y)))
        pen.specks(spots, 0.0055, 0xFFFFFF, alpha=max(0.12, on) * strength, lit=False)
    for x, y, size, phase, *_ in stage.scatter("bright", 9):
        on = 0.6 + 0.4 * wave(moment.t * 0.35 + phase)
        _sparkle(pen, x * stage.width, stage.y(0.05 + 0.45 * y), (0.016 + 0.02 * size) * on)


def _sparkle(pen: Pen, x: float, y: float, r: float) -> None:
    star = []
    for k in range(8):
        reach = r if k % 2 == 0 else r * 0.16
        star.append((x + reach * math.sin(TAU * k / 8), y - reach * math.cos(TAU * k / 8)))
    pen.fade(star, 0xFFFFFF, 0xE9EEFF, lit=False)


def _meteors(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Shooting stars, one after another, each with a tail that fades."""
    _stars(pen, stage, moment, 0.6 * strength)
    for lane in range(3):
        gap = 1.5 + 0.5 * lane
        turn, since = divmod(moment.t + 0.8 * lane + 0.5, gap)
        dice = stage.dice("meteor", lane, int(turn))
        life = since / 0.95
        if life >= 1:
            continue
        slope = dice.between(0.42, 0.62)
        x = stage.width * dice.between(0.3, 1.15) - 0.75 * life * stage.tall
        y = stage.y(dice.between(0.02, 0.26)) + 0.75 * slope * life * stage.tall
        on = math.sin(math.pi * min(1.0, life)) * strength
        for k in range(9):
            a, b = 0.035 * k, 0.035 * (k + 1.1)
            tail = [((x + a, y - a * slope), (x + b, y - b * slope))]
            pen.hairs(
                tail,
                0.008 * (1 - k / 9) + 0.001,
                0xFFFFFF,
                alpha=on * (1 - k / 9) ** 1.5,
                lit=False,
            )
        pen.glow(x, y, 0.04, 0xE8F0FF, 0.9 * on)


def _fireworks(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Rockets that climb and open, one after another."""
    for lane in range(5):
        gap = 2.4 + 0.23 * lane
        turn, since = divmod(moment.t + 0.97 * lane + 1.2, gap)
        dice = stage.dice("firework", lane, int(turn))
        x = stage.width * (0.1 + 0.8 * (0.4 * lane % 1 + dice.between(0, 0.2)))
        y = stage.y(dice.between(0.1, 0.34))
        if since < 0.6:
            rise = stage.y(0.62) + (y - stage.y(0.62)) * smooth(since / 0.6)
            pen.hairs([((x, rise), (x, rise + 0.05))], 0.005, 0xFFE2A0, alpha=0.9, lit=False)
        elif since < 0.6 + BURST:
            _open(pen, (x, y), (since - 0.6) / BURST, dice, strength * stage.tall)


def _open(pen: Pen, centre: Point, life: float, dice: Dice, size: float) -> None:
    """One firework: rays that fly out, slow down, sink and go out."""
    colour, other = hsl(dice.between(0, 1), 0.9, 0.62), hsl(dice.between(0, 1), 0.9, 0.66)
    reach = dice.between(0.2, 0.3) * size * (1 - (1 - life) ** 3)
    fade = (1 - life) ** 0.8
    pen.glow(*centre, 0.3 * size, mix(colour, 0xFFFFFF, 0.4), 0.4 * fade * (1 - life))
    for ring, tone in ((1.0, colour), (0.62, other), (0.3, 0xFFF6D8)):
        count = round(20 * ring) + 4
        rays, tips = [], []
        for k in range(count):
            a = TAU * (k / count + 0.13 * ring)
            tip = (
                centre[0] + reach * ring * math.cos(a),
                centre[1] + reach * ring * math.sin(a) + 0.07 * life * life,
            )
            root = (
                centre[0] + (tip[0] - centre[0]) * (0.7 + 0.25 * life),
                centre[1] + (tip[1] - centre[1]) * (0.7 + 0.25 * life) - 0.01 * life,
            )
            rays.append((root, tip))
            tips.append(tip)
        pen.hairs(rays, 0.0045, tone, alpha=0.8 * fade, lit=False)
        pen.specks(tips, 0.009, lighter(tone, 0.45), alpha=fade, lit=False)


WEATHER = {
    "fog": Weather(dim=0.04, cloud=0.85, haze=0.75, mist=0.75, behind=_fog_behind, front=_fog),
    "storm": Weather(
        dim=0.95, cloud=0.95, haze=0.2, wind=0.7, mist=0.2, sky=_lightning, front=_flash
    ),
    "cloudy": Weather(dim=0.06, cloud=0.6, haze=0.1),
    "aurora": Weather(sky=_aurora),
    "rainbow": Weather(sky=_rainbow, behind=_rainbow_before),
    "stars": Weather(sky=_stars),
    "meteors": Weather(sky=_meteors),
    "fireworks": Weather(sky=_fireworks),
}
