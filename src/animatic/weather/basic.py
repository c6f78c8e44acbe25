"""Sun, wind, rain, snow."""

import math

from animatic.ease import Point, gust, wave
from animatic.rig.pen import Pen
from animatic.stage import Moment, Stage, Weather


def _motes(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Specks of pollen that float through warm light."""
    table = stage.scatter("motes", 36)
    for k, (x, y, size, speed, phase, _) in enumerate(table):
        px = (x * stage.width * 1.2 + moment.t * (0.01 + 0.09 * stage.wind) * (0.5 + speed)) % (
            stage.width * 1.2
        )
        py = stage.y(0.25 + 0.7 * y) + 0.03 * wave(moment.t * 0.12 + phase)
        alpha = (0.35 + 0.35 * wave(moment.t * 0.3 + phase)) * strength
        pen.specks(
            [(px, py)],
            0.003 + 0.007 * size * (k % 4 == 0),
            0xFFF3C0,
            alpha=max(0.0, alpha),
            lit=False,
        )


def _rays(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Beams from the sun, breathing slowly."""
    light = stage.light
    x, y = stage.width * light.place[0], stage.height * light.place[1] * 0.5
    reach = 1.5 * max(stage.width, stage.height)
    for k in range(5):
        angle = math.radians(38 + 22 * k + 3 * wave(moment.t * 0.05 + k * 0.3))
        if light.side > 0:
            angle = math.pi - angle
        half = math.radians(2.2 + 1.6 * (k % 3))
        ends = [
            (x + reach * math.cos(angle + d), y + reach * math.sin(angle + d))
            for d in (-half, half)
        ]
        alpha = (0.085 + 0.035 * wave(moment.t * 0.09 + 0.37 * k)) * strength
        pen.poly([(x, y), *ends], light.sun, shade=0, alpha=alpha)


def _sun(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    _rays(pen, stage, moment, strength)
    _motes(pen, stage, moment, strength)


def _gusts(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Curling lines of air, and a few leaves and seeds upon them."""
    for x, y, speed, phase, size, _ in stage.scatter("gusts", 5):
        life = (moment.t * (0.16 + 0.12 * speed) + phase) % 1
        head = -0.4 + (stage.width + 0.9) * life
        line = [
            (
                head - 0.028 * k * (1 + size),
                stage.y(0.15 + 0.6 * y) + 0.018 * math.sin(4 * (head - 0.03 * k) + 9 * x),
            )
            for k in range(12)
        ]
        pen.line(line, 0.0035, 0xFFFFFF, alpha=0.32 * strength * math.sin(math.pi * life))
    _seeds(pen, stage, moment, strength)


def _seeds(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    for x, y, speed, phase, size, tone in stage.scatter("seeds", round(14 * strength)):
        travel = stage.width + 0.4
        px = (x * travel + moment.t * (0.18 + 0.25 * speed)) % travel - 0.2
        py = stage.y(0.2 + 0.65 * y) + 0.05 * wave(moment.t * 0.4 + phase)
        turn = 360 * (moment.t * (0.3 + speed) + phase)
        colour = (0xE9C46A, 0xD98B45, 0xA7C957)[int(tone * 3)]
        pen.oval(px, py, 0.008 + 0.006 * size, 0.0035, colour, angle=turn, shade=0)


def rain(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Two sheets of slanting drops, and rings and splashes where they land."""
    lean = 0.10 + 0.25 * stage.wind
    for sheet, (count, length, speed, width) in enumerate(
        ((150, 0.05, 1.5, 0.0016), (80, 0.1, 2.2, 0.0027))
    ):
        drops: list[tuple[Point, Point]] = []
        table = stage.scatter(f"rain {sheet}", round(count * (0.5 + strength)))
        for x, y, s, *_ in table:
            fall = (y + moment.t * speed * (0.85 + 0.3 * s)) % 1.15 - 0.1
            px = (x * (stage.width + 0.4) + lean * fall) % (stage.width + 0.4) - 0.2
            py = fall * stage.height
            drops.append(((px - lean * length, py - length), (px, py)))
        pen.hairs(drops, width, 0xD8E6F6, alpha=0.34 + 0.12 * sheet, lit=False)
    if stage.floor:
        _landings(pen, stage, moment, *stage.floor)


def _landings(pen: Pen, stage: Stage, moment: Moment, far: float, near: float) -> None:
    """Rings that widen on the ground, and the splash at their start."""
    splashes: list[tuple[Point, Point]] = []
    for x, y, speed, phase, *_ in stage.scatter("rings", 34):
        life = (moment.t * (0.9 + 0.5 * speed) + phase) % 1
        px = (x * stage.width - moment.pose.x * 0.7) % stage.width
        r = (0.4 + y) * (0.004 + 0.024 * life)
        py = stage.y(far + (near - far) * y)
        pen.oval_line(px, py, r, 0.3 * r, 0.0022, 0xEAF4FF, alpha=0.55 * (1 - life))
        if life < 0.3:
            up = (0.4 + y) * 0.03 * math.sin(math.pi * life / 0.3)
            splashes += [
                ((px + d * up * 0.5, py), (px + d * up, py - up)) for d in (-0.6, 0.1, 0.7)
            ]
    pen.hairs(splashes, 0.0024, 0xF2F8FF, alpha=0.6)


def _snow(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Three depths of flakes, swaying as they fall."""
    for depth, (count, size, speed) in enumerate(
        ((110, 0.006, 0.07), (60, 0.011, 0.11), (22, 0.02, 0.16))
    ):
        table = stage.scatter(f"snow {depth}", round(count * (0.5 + 0.6 * strength)))
        flakes = []
        for x, y, s, phase, *_ in table:
            fall = (y + moment.t * speed * (0.8 + 0.5 * s)) % 1.1 - 0.05
            drift = 0.03 * wave(moment.t * 0.25 + phase) + (0.05 + 0.35 * stage.wind) * fall * gust(
                0, phase
            )
            px = (x * (stage.width + 0.2) + drift - moment.pose.x * 0.3 * (depth + 1)) % (
                stage.width + 0.2
            ) - 0.1
            flakes.append((px, fall * stage.height))
        pen.specks(flakes, size, 0xFFFFFF, alpha=0.92 - 0.14 * depth, lit=False)


WEATHER = {
    "sun": Weather(front=_sun, inside=_motes),
    "wind": Weather(wind=0.9, front=_gusts),
    "rain": Weather(dim=0.45, cloud=0.9, haze=0.3, wind=0.25, mist=0.18, front=rain),
    "snow": Weather(
        cloud=0.75,
        haze=0.35,
        wind=0.15,
        mist=0.15,
        air=0xC9D8EC,
        front=_snow,
        cover=0xF4F8FF,
    ),
}
