"""What the air carries: leaves, petals, dust, embers, fireflies, bubbles, confetti, lanterns."""

import math
from collections.abc import Iterator, Sequence

from animatic.colour import Colour, hsl, lighter
from animatic.ease import Point, gust, wave
from animatic.rig.pen import Pen
from animatic.stage import Draw, Moment, Stage, Weather

EDGE = 0.2


def _fall_about(
    stage: Stage, moment: Moment, name: str, count: int, speed: float
) -> Iterator[tuple[float, float, float, float, float]]:
    """Things that sway down with the wind: x, y, size, turn and tone (0…1) of each."""
    wide = stage.width + 2 * EDGE
    for x, y, size, phase, tone, s in stage.scatter(name, count):
        pace = speed * (0.7 + 0.6 * s)
        fall = (y + moment.t * pace) % 1.16 - 0.08
        sway = 0.05 * wave(moment.t * 0.3 * (0.6 + s) + phase)
        blown = (0.05 + 0.3 * stage.wind) * moment.t * (0.4 + 0.4 * size)
        px = (x * wide + sway + blown - moment.pose.x * (0.4 + size)) % wide - EDGE
        yield px, fall * stage.height, size, moment.t * (0.25 + s) + phase, tone


def _blades(colours: Sequence[Colour], count: int, size: float, speed: float, name: str) -> Draw:
    """Leaves or petals: pointed shapes that tumble as they fall."""

    def draw(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
        many = round(count * strength)
        for x, y, s, turn, tone in _fall_about(stage, moment, name, many, speed):
            r = size * (0.6 + 0.8 * s * s)
            flip = 0.35 + 0.65 * abs(wave(turn * 0.7))
            with pen.at(x, y, angle=360 * turn, sx=r, sy=r * flip):
                pen.blob(
                    [(-1, 0), (-0.3, -0.42), (0.5, -0.34), (1, 0), (0.5, 0.34), (-0.3, 0.42)],
                    colours[int(tone * len(colours))],
                    shade=0.25,
                )

    return draw


def _fireflies(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    for x, y, size, phase, speed, _ in stage.scatter("fireflies", round(34 * strength)):
        pace = moment.t * (0.05 + 0.05 * speed)
        px = (x + 0.06 * wave(pace + phase) + 0.03 * wave(2.3 * pace)) * stage.width
        py = stage.y(0.42 + 0.52 * y + 0.05 * wave(1.3 * pace + 2 * phase))
        px = (px - moment.pose.x * (0.4 + 0.5 * y)) % stage.width
        on = max(0.0, wave(moment.t * (0.18 + 0.14 * speed) + phase) + 0.35) / 1.35
        if on > 0.05:
            pen.glow(px, py, 0.022 + 0.03 * size, 0xD9F26A, 0.75 * on)
            pen.specks([(px, py)], 0.0065, 0xFBFFC8, alpha=on, lit=False)


def _dust(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Streaks of sand that the wind drives, in two depths, and veils near the ground."""
    for k, (count, speed, width) in enumerate(((70, 0.5, 0.003), (36, 0.85, 0.005))):
        wide = stage.width + 2 * EDGE
        streaks: list[tuple[Point, Point]] = []
        for x, y, s, phase, *_ in stage.scatter(f"dust {k}", round(count * strength)):
            px = (x * wide + moment.t * speed * (0.6 + 0.8 * s)) % wide - EDGE
            py = stage.y(0.3 + 0.7 * y**0.7) + 0.02 * wave(moment.t * 0.5 + phase)
            streaks.append(((px, py), (px - 0.02 - 0.06 * s, py + 0.004)))
        pen.hairs(streaks, width, 0xF0D4A0, alpha=0.4)
    for x, y, s, phase, *_ in stage.scatter("veils", 5):
        wide = stage.width + 1.2
        px = (x * wide + moment.t * 0.3 * (0.6 + s)) % wide - 0.6
        alpha = (0.2 + 0.08 * wave(moment.t * 0.15 + phase)) * strength
        pen.soft(px, stage.y(0.62 + 0.3 * y), 0.5, 0.1 + 0.06 * s, pen.tone(0xE6C48C), alpha)


def _embers(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Sparks that rise, swerve and go out."""
    hot: list[Point] = []
    for k, (x, y, size, phase, speed, _) in enumerate(
        stage.scatter("embers", round(60 * strength))
    ):
        life = (y + moment.t * (0.09 + 0.1 * speed)) % 1
        sway = 0.06 * wave(moment.t * 0.35 + phase) + 0.2 * stage.wind * life
        px = (x * stage.width + sway - moment.pose.x * 0.6) % (stage.width + 0.1)
        py = stage.y(1.04 - 1.05 * life)
        on = math.sin(math.pi * life) * (0.7 + 0.3 * wave(moment.t * 2.1 + phase))
        if k % 3 == 0:
            pen.glow(px, py, 0.016 + 0.02 * size, 0xFF7A2A, 0.6 * on)
        pen.specks([(px, py)], 0.005 + 0.005 * size, 0xFFC25A, alpha=on, lit=False)
        hot.append((px, py))
    pen.specks(hot[::4], 0.003, 0xFFF0B0, alpha=0.7, lit=False)


def bubbles(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Bubbles that wobble upwards, larger as they rise."""
    for x, y, size, phase, speed, _ in stage.scatter("bubbles", round(38 * strength)):
        life = (y + moment.t * (0.05 + 0.08 * speed)) % 1
        r = (0.005 + 0.017 * size * size) * (0.7 + 0.5 * life)
        px = x * stage.width + 0.025 * wave(moment.t * 0.4 + phase + life)
        px = (px - moment.pose.x * (0.4 + size)) % (stage.width + 0.1) - 0.05
        py = stage.y(1.05 - 1.1 * life)
        squash = 1 + 0.08 * wave(moment.t * 0.9 + phase)
        pen.soft(px, py, r, r, 0xE8FBFF, 0.16)
        pen.oval_line(px, py, r * squash, r / squash, r * 0.16, 0xF2FDFF, alpha=0.75)
        pen.specks([(px - r * 0.38, py - r * 0.4)], r * 0.42, 0xFFFFFF, alpha=0.85, lit=False)


def _confetti(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    many = round(80 * strength)
    for x, y, s, turn, tone in _fall_about(stage, moment, "confetti", many, 0.16):
        r = 0.009 + 0.009 * s
        flip = wave(turn * 0.9)
        colour = hsl(int(tone * 7) / 7, 0.78, 0.6)
        colour = lighter(colour, 0.25) if flip > 0 else colour
        with pen.at(x, y, angle=200 * turn, sx=r, sy=r * max(0.15, abs(flip))):
            pen.box(-1, -0.6, 2, 1.2, colour, shade=0)


def _lanterns(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Paper lanterns that rise into the night, small ones far away."""
    rows = sorted(stage.scatter("lanterns", round(18 * strength)).tolist(), key=lambda r: r[2])
    for x, y, size, phase, speed, _ in rows:
        life = (y + moment.t * (0.012 + 0.02 * size)) % 1
        r = (0.012 + 0.045 * size**2) * stage.tall
        px = (x * (stage.width + EDGE) + 0.02 * wave(moment.t * 0.1 + phase)) % (
            stage.width + EDGE
        ) - EDGE / 2
        py = stage.y(0.78 - 0.85 * life) + 0.01 * wave(moment.t * 0.17 + speed)
        flicker = 0.85 + 0.15 * gust(moment.t * 2, phase)
        pen.glow(px, py, 2.4 * r, 0xFFA040, 0.5 * flicker)
        with pen.at(px, py, angle=5 * wave(moment.t * 0.13 + phase), scale=r):
            shell = [(-0.6, 0.75), (-0.95, -0.5), (-0.5, -1), (0.5, -1), (0.95, -0.5), (0.6, 0.75)]
            pen.fade(shell, 0xE0622E, 0xFFE08A, lit=False, smooth=True)
            pen.oval(0, 0.78, 0.55, 0.13, 0xFFF3C0, shade=0)


LEAVES = (0xD9772E, 0xC8472F, 0xE9B23C, 0xA8662E, 0xB9A53A)
PETALS = (0xFBC4D4, 0xF7A6BE, 0xFFE3EA, 0xF4B8CC)


def _candles(pen: Pen, stage: Stage, moment: Moment, strength: float) -> None:
    """Candles before the lens, at the lower corners; their light trembles."""
    for k, (share, tall) in enumerate(((0.05, 0.3), (0.13, 0.2), (0.93, 0.26))):
        x, foot = stage.width * share, stage.height + 0.02
        top, waver = foot - tall, wave(moment.t * 1.9 + 0.31 * k)
        pen.glow(x, top - 0.06, 0.5 + 0.01 * waver, 0xFFB050, 0.5 * strength)
        pen.fade(
            [(x - 0.035, top), (x + 0.035, top), (x + 0.035, foot), (x - 0.035, foot)],
            0xFFE2A8,
            0xB88A5A,
            lit=False,
        )
        tip = [(x - 0.02, top - 0.02), (x + 0.004 * waver, top - 0.11), (x + 0.02, top - 0.02)]
        pen.fade([*tip, (x, top)], 0xFFF4C0, 0xFF9A3A, smooth=True, lit=False)


WEATHER = {
    "candles": Weather(front=_candles, inside=_candles),
    "leaves": Weather(wind=0.45, front=_blades(LEAVES, 38, 0.026, 0.09, "leaves")),
    "petals": Weather(
        wind=0.25,
        front=_blades(PETALS, 56, 0.017, 0.07, "petals"),
        inside=_blades(PETALS, 30, 0.017, 0.07, "petals"),
    ),
    "fireflies": Weather(front=_fireflies, inside=_fireflies),
    "dust": Weather(cloud=0.8, wind=0.8, mist=0.45, air=0xE4BE82, front=_dust),
    "embers": Weather(wind=0.2, front=_embers, inside=_embers),
    "bubbles": Weather(front=bubbles, inside=bubbles),
    "confetti": Weather(front=_confetti, inside=_confetti),
    "lanterns": Weather(behind=_lanterns),
}
