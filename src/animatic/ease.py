"""Time into motion: easings, cycles and jointed limbs."""

import math

Point = tuple[float, float]
TAU = 2 * math.pi


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """`value`, kept between two others."""
    return min(high, max(low, value))


def lerp(one: float, two: float, share: float) -> float:
    """From `one` to `two`."""
    return one + (two - one) * share


def smooth(x: float) -> float:
    """0…1 eased at both ends."""
    x = clamp(x)
    return x * x * (3 - 2 * x)


def wave(turns: float) -> float:
    """A sine whose unit is one turn."""
    return math.sin(TAU * turns)


def there_and_back(x: float) -> float:
    """0 → 1 → 0 → …, one way a unit of `x`, eased at the ends and without a jump for ever."""
    return (1 - math.cos(math.pi * x)) / 2


def hop(phase: float) -> float:
    """A parabola, 0 → 1 → 0 over a cycle."""
    p = phase % 1
    return 4 * p * (1 - p)


def gust(t: float, place: float = 0.0) -> float:
    """Wind, 0…1: slow swells with a quick flutter, travelling past `place`."""
    swell = 0.5 + 0.5 * wave(t * 0.13 - place * 0.35) * wave(t * 0.071 + 0.2)
    return 0.35 + 0.45 * swell + 0.2 * wave(t * 0.9 - place * 0.8)


def blink(t: float, seed: float) -> float:
    """How shut the eyes are, 0…1: a quick blink every few seconds."""
    period = 2.7 + 1.9 * seed
    p = (t + 3 * seed) % period
    return hop(p / 0.22) if p < 0.22 else 0.0


def stride(phase: float, length: float, lift: float) -> Point:
    """A foot on its walk cycle: half on the ground going back, half in the air coming forward."""
    p = phase % 1
    if p < 0.5:
        return length * (0.5 - 2 * p), 0.0
    q = smooth(2 * p - 1)
    return length * (q - 0.5), -lift * math.sin(math.pi * (2 * p - 1))


def knee(hip: Point, foot: Point, upper: float, lower: float, bend: float) -> Point:
    """Where the joint between two bones lies; `bend` is +1 or -1 for the side that it goes to."""
    dx, dy = foot[0] - hip[0], foot[1] - hip[1]
    reach = max(1e-6, math.hypot(dx, dy))
    span = min(reach, (upper + lower) * 0.999)
    along = (upper**2 - lower**2 + span**2) / (2 * span)
    out = math.sqrt(max(0.0, upper**2 - along**2)) * bend
    ux, uy = dx / reach, dy / reach
    return hip[0] + ux * along - uy * out, hip[1] + uy * along + ux * out


def turn(point: Point, angle: float, about: Point = (0.0, 0.0)) -> Point:
    """`point` turned by `angle` (radians) about another."""
    x, y = point[0] - about[0], point[1] - about[1]
    c, s = math.cos(angle), math.sin(angle)
    return about[0] + x * c - y * s, about[1] + x * s + y * c
