"""What a scene sounds of: wind, rain, waves, birds …, each from a seed and scene time alone.

A voice gives any stretch of its time, sample for sample the same whatever stretch is asked for, so
that films that continue each other join without a step. Nothing is looped: beds are noise made in
overlapping blocks, events are thrown for each slot of time.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from animatic.dice import Dice, digest

RATE = 48_000
"""Samples a second."""

BLOCK = 1 << 15
HOP = BLOCK // 2
TAU = 2 * math.pi
Track = NDArray[np.float64]
"""One channel, or samples × 2."""


@dataclass(frozen=True, slots=True)
class Band:
    """A colour of noise: from a low to a high frequency, falling off `steep` times 6 dB an octave
    beyond."""

    low: float
    high: float
    steep: float = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many samples from a sample of scene time on, of one seed's sound."""

    seed: int
    start: int
    count: int

    @property
    def times(self) -> Track:
        """Scene time of each sample, in seconds."""
        return (self.start + np.arange(self.count)) / RATE

    def noise(self, name: str, band: Band) -> Track:
        """Noise of a colour and of level 1."""
        out = np.zeros(self.count)
        for k in range(self.start // HOP - 1, (self.start + self.count - 1) // HOP + 1):
            self._lay(out, k * HOP, _block(digest(self.seed, name, k), band))
        return out

    def wide(self, name: str, band: Band) -> Track:
        """The same to the left and to the right, each of its own."""
        return np.column_stack([self.noise(f"{name} {side}", band) for side in "lr"])

    def events(
        self,
        name: str,
        slot: float,
        chance: float,
        make: Callable[[Dice], Track],
        longest: float = 0.25,
    ) -> Track:
        """What sounds now and then, so many seconds at most.

        In each slot of time, with a chance, somewhere in it, from one side or another.
        """
        out = np.zeros((self.count, 2))
        first = math.floor((self.start / RATE - longest) / slot) - 1
        for k in range(first, math.ceil((self.start + self.count) / RATE / slot)):
            dice = Dice(self.seed, name, k)
            if dice.coin(chance):
                at = round((k + dice.between(0, 1)) * slot * RATE)
                side = dice.between(0.1, 0.9) * math.pi / 2
                self._lay(out, at, np.outer(make(dice), (math.cos(side), math.sin(side))))
        return out

    def swell(self, name: str, slowest: float) -> Track:
        """0…1, rising and falling without a period; the slowest wave takes so many seconds."""
        dice, t = Dice(self.seed, "swell", name), self.times
        parts = [
            np.sin(TAU * (t * rate / slowest + dice.between(0, 1))) for rate in (1.0, 1.62, 2.7)
        ]
        return np.asarray(0.5 + (parts[0] + 0.6 * parts[1] + 0.4 * parts[2]) / 4)

    def _lay(self, out: Track, at: int, piece: Track) -> None:
        begin, end = max(at, self.start), min(at + len(piece), self.start + self.count)
        if begin < end:
            out[begin - self.start : end - self.start] += piece[begin - at : end - at]


@lru_cache(64)
def _weights(band: Band, size: int) -> Track:
    """How strong each frequency is, for noise of level 1 in so many samples."""
    f = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1.0)
    power = 1 / (1 + (band.low / f) ** (2 * band.steep)) / (1 + (f / band.high) ** (2 * band.steep))
    power[0] = power[-1] = 0
    return np.asarray(np.sqrt(power / (2 * power.sum())) * size)


def _hiss(seed: int, band: Band, size: int) -> Track:
    """So many samples of noise; quick if that is a power of two."""
    turns = np.random.Generator(np.random.Philox(seed)).random(size // 2 + 1)
    return np.asarray(np.fft.irfft(_weights(band, size) * np.exp(TAU * 1j * turns)))


@lru_cache(48)
def _block(seed: int, band: Band) -> Track:
    """Noise that, with the next block over its second half, goes on at one level."""
    window = np.sin(math.pi * (np.arange(BLOCK) + 0.5) / BLOCK)
    return np.asarray(_hiss(seed, band, BLOCK) * window)


def _both(track: Track) -> Track:
    return np.column_stack([track, track])


def _span(seconds: float) -> Track:
    return np.arange(round(seconds * RATE)) / RATE


def _tone(start: float, end: float, seconds: float, harmonics: tuple[float, ...]) -> Track:
    """A tone that slides from a frequency to another, swelling once."""
    t = _span(seconds)
    turns = start * t + (end - start) * t * t / (2 * seconds)
    shape = np.sin(math.pi * t / seconds) ** 2
    return np.asarray(shape * sum(a * np.sin(TAU * k * turns) for k, a in enumerate(harmonics, 1)))


def _burst(dice: Dice, band: Band, attack: float, fade: float) -> Track:
    """Noise that starts and dies away."""
    t = _span(6 * fade)
    noise = _hiss(int(dice.between(0, 1e9)), band, 1 << (len(t) - 1).bit_length())[: len(t)]
    return np.asarray(noise * np.minimum(1, t / attack) * np.exp(-t / fade))


def wind(now: Stretch) -> Track:
    """A low rush, and a whistle when it blows harder."""
    gust = now.swell("gust", 9.0)[:, None]
    low, high = Band(90, 380, 1.5), Band(500, 900, 3)
    return 1.25 * now.wide("wind", low) * (0.35 + gust) + 0.3 * now.wide("draught", high) * gust**2


def rain(now: Stretch) -> Track:
    """A hiss of many drops, and single ones that fall near."""
    drops = now.events("drop", 0.035, 0.6, lambda d: _burst(d, Band(1800, 5200), 5e-4, 0.004))
    return 0.9 * now.wide("rain", Band(700, 6500)) + 0.35 * now.wide("far", Band(150, 500)) + drops


def thunder(now: Stretch) -> Track:
    """It cracks, then rolls."""

    def roll(dice: Dice) -> Track:
        far = dice.between(0.4, 1)
        long = _burst(dice, Band(35, 120 + 160 * far), 0.05, 1.2)
        crack = _burst(dice, Band(200, 1800), 0.004, 0.12)
        long[: len(crack)] += far * crack
        return 3.2 * far * long

    return now.events("thunder", 5.0, 0.7, roll, 7.5)


def waves(now: Stretch) -> Track:
    """Each comes with a rush, breaks and runs out; the sea murmurs on."""
    swell = now.swell("wave", 7.5)[:, None] ** 2
    foam = now.wide("foam", Band(500, 4200))
    return 0.35 * now.wide("sea", Band(60, 420)) + 1.5 * foam * (0.08 + swell)


def stream(now: Stretch) -> Track:
    """Water that runs over stones."""
    ripple = now.swell("ripple", 1.3)[:, None]
    body = now.wide("stream", Band(350, 2600, 1.5))
    gurgle = now.events("gurgle", 0.09, 0.7, lambda d: _plop(d, 380, 900, 0.05))
    return body * (0.65 + 0.4 * ripple) + 0.5 * gurgle


def fall(now: Stretch) -> Track:
    """A waterfall: all of it at once."""
    return 0.8 * now.wide("fall", Band(60, 3200)) + 0.5 * now.wide("spray", Band(2500, 9000))


def _plop(dice: Dice, low: float, high: float, seconds: float) -> Track:
    pitch = dice.between(low, high)
    return dice.between(0.3, 1) * _tone(pitch, pitch * 1.7, seconds, (1.0,))


def bubbles(now: Stretch) -> Track:
    """Under water: a dull hum, and air that rises."""
    rising = now.events("bubble", 0.3, 0.5, lambda d: _plop(d, 260, 700, 0.07))
    return 0.9 * now.wide("deep", Band(45, 180, 1.5)) + 0.8 * rising


def drips(now: Stretch) -> Track:
    """A cave: drops that ring, and hardly a breath of air."""
    falling = now.events("drip", 0.9, 0.6, lambda d: _echo(_plop(d, 900, 1500, 0.03)), 1.0)
    return 0.25 * now.wide("air", Band(60, 250)) + 1.6 * falling


def _echo(sound: Track) -> Track:
    """The same again and again, fainter."""
    gap = round(0.11 * RATE)
    out = np.zeros(len(sound) + 5 * gap)
    for k in range(6):
        out[k * gap : k * gap + len(sound)] += sound * 0.55**k
    return out


def fire(now: Stretch) -> Track:
    """It breathes and crackles."""
    breath = now.swell("flame", 2.2)[:, None]
    snaps = now.events("snap", 0.06, 0.5, _snap)
    return 0.8 * now.wide("fire", Band(70, 480)) * (0.6 + 0.6 * breath) + 1.6 * snaps


def _snap(dice: Dice) -> Track:
    return dice.between(0.1, 1) ** 3 * 4 * _burst(dice, Band(1500, 7000), 3e-4, 0.006)


def crowd(now: Stretch) -> Track:
    """Many who talk at once, none to be understood."""
    out = 0.4 * now.wide("room", Band(80, 400))
    for k, base in enumerate((220, 330, 470, 700, 1150)):
        swell = 1.6 * now.swell(f"talk {k}", 0.9) ** 1.5 / (0.7 + 0.25 * k)
        side = (0.2 + 0.15 * (k * 3 % 5)) * math.pi / 2
        talk = swell * now.noise(f"talk {k}", Band(base, base * 1.5, 3))
        out += np.outer(talk, (math.cos(side), math.sin(side)))
    return out


def applause(now: Stretch) -> Track:
    """Hands."""
    return 2.2 * now.events("clap", 0.012, 0.8, lambda d: _burst(d, Band(900, 2600), 1e-3, 0.01))


def city(now: Stretch) -> Track:
    """The rumble of traffic, cars that pass, now and then a horn."""
    passing = now.swell("cars", 6.0)[:, None] ** 2
    horns = now.events("horn", 7.0, 0.5, _horn, 0.7)
    rumble = 0.85 * now.wide("rumble", Band(45, 220))
    return rumble + 0.9 * now.wide("tyres", Band(300, 1500)) * passing + horns


def _horn(dice: Dice) -> Track:
    pitch = dice.pick((311.0, 370.0, 415.0))
    tone = _tone(pitch, pitch, dice.between(0.25, 0.6), (1.0, 0.6, 0.4, 0.2))
    return dice.between(0.1, 0.35) * tone


def crickets(now: Stretch) -> Track:
    """Some near, some far, each at its own pitch and pace."""
    t, out = now.times, np.zeros((now.count, 2))
    for k in range(5):
        dice = Dice(now.seed, "cricket", k)
        beat = t * dice.between(1.7, 2.6) + dice.between(0, 1)
        chirp = np.clip(np.sin(TAU * beat) * 1.6, 0, 1)
        tone = np.sin(TAU * t * dice.between(3900, 4900)) * np.sin(TAU * t * 31) ** 2
        side = dice.between(0.1, 0.9) * math.pi / 2
        loud = dice.between(0.4, 1.0)
        out += np.outer(loud * chirp * tone, (math.cos(side), math.sin(side)))
    return out + 0.12 * now.wide("night", Band(100, 600))


def birds(now: Stretch) -> Track:
    """Short songs of a few notes, from here and there."""
    songs = now.events("song", 1.1, 0.75, _song, 1.5)
    return 3.2 * songs + 0.12 * now.wide("leaves", Band(800, 4000))


def _song(dice: Dice) -> Track:
    pitch, notes = dice.between(2300, 4600), dice.pick((2, 3, 4, 6))
    bend, length = dice.pick((0.75, 0.9, 1.15, 1.35)), dice.between(0.06, 0.14)
    gap = np.zeros(round(dice.between(0.02, 0.07) * RATE))
    loud = dice.between(0.25, 1.0)
    line: list[Track] = []
    for _ in range(notes):
        low = pitch * dice.between(0.92, 1.08)
        line += [loud * _tone(low, low * bend, length, (1.0, 0.15)), gap]
    return np.concatenate(line)


def gulls(now: Stretch) -> Track:
    """Cries that fall."""
    return 2.8 * now.events("gull", 2.2, 0.7, _cry, 1.2)


def _cry(dice: Dice) -> Track:
    pitch, loud = dice.between(900, 1250), dice.between(0.3, 1)
    calls = [
        _tone(pitch * 1.25, pitch * 0.85, dice.between(0.2, 0.32), (0.6, 0.8, 0.5, 0.25))
        for _ in range(dice.pick((1, 2, 3)))
    ]
    return loud * np.concatenate(calls)


def engine(now: Stretch, pitch: float = 42.0, hiss: float = 0.5) -> Track:
    """A motor that turns: its harmonics, wandering a little, and the rush about it."""
    t, dice = now.times, Dice(now.seed, "engine")
    base, rate = pitch * dice.between(0.9, 1.1), 0.23
    turns = base * t - base * 0.03 / (TAU * rate) * np.cos(TAU * rate * t)
    hum = sum(np.sin(TAU * k * turns + k * k) / k**0.8 for k in range(1, 9))
    rush = hiss * now.wide("rush", Band(200, 1600))
    return _both(np.asarray(0.55 * hum)) * (0.85 + 0.15 * now.wide("rough", Band(8, 40))) + rush


def jet(now: Stretch) -> Track:
    """Something that tears through the air."""
    return 0.9 * now.wide("jet", Band(80, 700)) + 0.4 * now.wide("whine", Band(2100, 2600, 4))


def rails(now: Stretch) -> Track:
    """Wheels over joints."""
    clack = now.events("clack", 0.32, 0.95, lambda d: _burst(d, Band(250, 1800), 1e-3, 0.03))
    return 0.7 * now.wide("roll", Band(60, 500)) + 1.6 * clack


def bangs(now: Stretch) -> Track:
    """Fireworks: they burst, and sparks fall."""

    def burst(dice: Dice) -> Track:
        far = dice.between(0.3, 1)
        long = _burst(dice, Band(1500, 6000), 0.05, 0.35) * 0.5
        boom = _burst(dice, Band(45, 500), 2e-3, 0.16)
        long[: len(boom)] += 3 * boom[: len(long)]
        return far * long

    return now.events("bang", 0.8, 0.75, burst, 2.5)


VOICES: Mapping[str, Callable[[Stretch], Track]] = {
    "applause": applause,
    "bangs": bangs,
    "birds": birds,
    "bubbles": bubbles,
    "city": city,
    "crickets": crickets,
    "crowd": crowd,
    "drips": drips,
    "engine": engine,
    "fall": fall,
    "fire": fire,
    "gulls": gulls,
    "jet": jet,
    "propeller": partial(engine, pitch=85.0, hiss=0.8),
    "rails": rails,
    "rain": rain,
    "stream": stream,
    "thunder": thunder,
    "waves": waves,
    "wind": wind,
}
