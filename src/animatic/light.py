"""The light of an hour: what it does to every colour, and where shadows fall."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from animatic.colour import Colour, darker, grey, mix, multiply


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One hour's light. Sun place: x as a share of the width, y of the sky (1 is the horizon)."""

    sky: tuple[Colour, Colour, Colour]
    sun: Colour
    place: tuple[float, float]
    tint: Colour = 0xFFFFFF
    haze: Colour
    rim: Colour
    shade: float = 0.28
    reach: float = 0.7
    glow: float = 0.5
    stars: float = 0.0
    moon: bool = False
    lamps: float = 0.0
    mist: float = 0.0
    cover: float = 0.0

    @property
    def slope(self) -> float:
        """Which way shadows lean, -1…1: away from the sun."""
        return (0.5 - self.place[0]) * 2

    @property
    def side(self) -> float:
        """The side that light comes from: -1 left, 1 right."""
        return 1.0 if self.place[0] > 0.5 else -1.0

    def lit(self, colour: Colour) -> Colour:
        """A thing's own colour under this light."""
        return multiply(colour, self.tint)

    def far(self, colour: Colour, distance: float) -> Colour:
        """The same from afar (0…1): air takes colours away, mist takes them sooner."""
        clear = (1 - distance) * (1 - self.mist * (0.3 + 0.7 * distance))
        return mix(self.lit(colour), self.haze, 1 - clear)

    def flip(self) -> "Light":
        """The sun on the other side."""
        return replace(self, place=(1 - self.place[0], self.place[1]))

    def under(
        self,
        *,
        dim: float,
        cloud: float,
        haze: float,
        mist: float = 0.0,
        air: Colour | None = None,
    ) -> "Light":
        """The same hour under weather: darker, greyer, hazier, mistier (each 0…1).

        `air` is the colour that the weather gives to the air: dust.
        """
        cover = mix(self.haze, 0x7E8A9C if not self.moon else 0x1E2638, 0.6)
        if air is not None:
            cover = multiply(air, mix(self.tint, 0xFFFFFF, 0.3))
        sky = tuple(mix(mix(c, cover, cloud), self.haze, haze * 0.6) for c in self.sky)
        return replace(
            self,
            sky=(darker(sky[0], dim * 0.6), darker(sky[1], dim * 0.5), darker(sky[2], dim * 0.4)),
            tint=mix(mix(self.tint, grey(self.tint, 1), cloud * 0.6), 0x4A4F6E, dim * 0.75),
            haze=darker(mix(self.haze, cover, cloud * 0.7), dim * 0.45),
            rim=mix(self.rim, grey(self.rim, 0.8), cloud),
            shade=self.shade * (1 - 0.65 * cloud),
            glow=self.glow * (1 - 0.85 * cloud),
            stars=self.stars * (1 - cloud),
            lamps=max(self.lamps, dim * 0.7),
            mist=mist,
            cover=max(self.cover, cloud),
        )


HOURS: Mapping[str, Light] = {
    "dawn": Light(
        sky=(0x5E78B8, 0xE7A6A8, 0xFFDDA8),
        sun=0xFFF0C0,
        place=(0.24, 0.86),
        tint=0xFFE3D6,
        haze=0xF6C9B4,
        rim=0xFFE0A8,
        shade=0.24,
        reach=1.5,
        glow=0.9,
    ),
    "morning": Light(
        sky=(0x4E9BDD, 0x9CD0F0, 0xFFF1D2),
        sun=0xFFF6D8,
        place=(0.22, 0.42),
        tint=0xFFF7E6,
        haze=0xDCECF0,
        rim=0xFFF3C8,
        reach=1.0,
        glow=0.8,
    ),
    "day": Light(
        sky=(0x2F86D6, 0x7CC1F0, 0xDFF3F7),
        sun=0xFFF9E2,
        place=(0.27, 0.28),
        tint=0xFFFDF6,
        haze=0xCFE6F2,
        rim=0xFFF8DC,
        reach=0.6,
        glow=0.6,
    ),
    "sunny": Light(
        sky=(0x3F93DD, 0x97CFF0, 0xFFF0CC),
        sun=0xFFF4C8,
        place=(0.22, 0.3),
        tint=0xFFF6DE,
        haze=0xF3ECD0,
        rim=0xFFF0B4,
        reach=0.85,
        glow=1.0,
    ),
    "noon": Light(
        sky=(0x1F7AD2, 0x63B4F0, 0xD6F1FA),
        sun=0xFFFCEC,
        place=(0.4, 0.16),
        tint=0xFFFFFB,
        haze=0xC8E4F4,
        rim=0xFFFCEA,
        reach=0.32,
        glow=0.75,
    ),
    "afternoon": Light(
        sky=(0x4A93D0, 0xA4D0E8, 0xFFEFC8),
        sun=0xFFF2C4,
        place=(0.8, 0.5),
        tint=0xFFF1D8,
        haze=0xEFE3C6,
        rim=0xFFECB4,
        reach=1.15,
        glow=0.95,
    ),
    "overcast": Light(
        sky=(0x8C9BAE, 0xABB7C4, 0xD3D8DA),
        sun=0xF2F2EE,
        place=(0.35, 0.3),
        tint=0xDDE0E6,
        haze=0xC3CACF,
        rim=0xEEF0F0,
        shade=0.12,
        reach=0.5,
        glow=0.1,
        lamps=0.2,
        cover=0.6,
    ),
    "golden": Light(
        sky=(0x6C8FC4, 0xF4C58A, 0xFFE2A0),
        sun=0xFFF2BE,
        place=(0.2, 0.72),
        tint=0xFFE4BC,
        haze=0xFBD9A0,
        rim=0xFFDF94,
        shade=0.3,
        reach=1.6,
        glow=1.1,
    ),
    "sunset": Light(
        sky=(0x3C3F86, 0xE0687A, 0xFFB35C),
        sun=0xFFE9A0,
        place=(0.72, 0.84),
        tint=0xFFCFAE,
        haze=0xF59A70,
        rim=0xFFC070,
        shade=0.34,
        reach=1.9,
        glow=1.2,
        lamps=0.3,
    ),
    "dusk": Light(
        sky=(0x1D2456, 0x5D4B8C, 0xE28A8E),
        sun=0xFFC8A0,
        place=(0.7, 1.05),
        tint=0xAFA2D2,
        haze=0x8A6E9E,
        rim=0xFFB4A0,
        shade=0.22,
        reach=1.4,
        glow=0.7,
        stars=0.4,
        lamps=0.8,
    ),
    "night": Light(
        sky=(0x070C26, 0x14224E, 0x33497C),
        sun=0xF3F3DF,
        place=(0.74, 0.26),
        tint=0x7888C4,
        haze=0x2E4272,
        rim=0xC4D6FF,
        shade=0.3,
        reach=0.8,
        glow=0.55,
        stars=1.0,
        moon=True,
        lamps=1.0,
    ),
    "moonlight": Light(
        sky=(0x0C1738, 0x24406F, 0x6487AE),
        sun=0xFBFAE6,
        place=(0.68, 0.34),
        tint=0x93A8D8,
        haze=0x4A6A96,
        rim=0xE2ECFF,
        shade=0.36,
        reach=1.1,
        glow=1.0,
        stars=0.6,
        moon=True,
        lamps=0.7,
    ),
    "candle": Light(
        sky=(0x120E20, 0x2A1D33, 0x5A3A3C),
        sun=0xFFE2B0,
        place=(0.3, 0.3),
        tint=0xD99A68,
        haze=0x5A3B38,
        rim=0xFFC878,
        shade=0.4,
        reach=1.2,
        glow=0.4,
        stars=0.5,
        moon=True,
        lamps=1.0,
    ),
    "neon": Light(
        sky=(0x120A30, 0x3B1668, 0xB23A90),
        sun=0xFFE6FA,
        place=(0.72, 0.3),
        tint=0xB48CE8,
        haze=0x6A2C8C,
        rim=0xFF62D2,
        shade=0.32,
        reach=0.9,
        glow=0.5,
        stars=0.35,
        moon=True,
        lamps=1.0,
    ),
}
"""By the names that the lexicon gives to times of day and light."""
