"""What a style does: to every colour, every shape, every edge, and over the whole frame."""

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from animatic.colour import Colour, join, luma, mix, split
from animatic.ease import smooth

Matrix = tuple[float, ...]
MEMORY = 4096
BRIGHT = 0.84
PAPER = 0xFBF7EC
TUBES = (0xFFA52E, 0x5CFF8A, 0x2FFFC8, 0x2FD8FF, 0x8F6BFF, 0xFF3FA8, 0x58C8FF)
"""The colours that neon comes in: by sixths of the hue, then for greys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Colours go through `matrix` (3 rows of r, g, b, offset), then `punch` (contrast that keeps
    black and white), then `toning` (colour of the shadows, of the lights, how much).

    The pen fills shapes as `fill` says: soft (gradients), flat, cel (two hard tones), ball (round,
    as of clay), wash (paper that shows through), dark (as if unlit). `ink` draws their outlines,
    `line` (a share of the frame's shorter side) wide, in `own` of their own colour; `cut` lays a
    shadow under each. `halo` is what shows about whole figures and layers, `tile` a texture of
    layers, `border` and `overlay` what lies over the frame.
    `edge` is the colour of a figure's rim, if not the light's.
    """

    matrix: Matrix | None = None
    punch: float = 0.0
    toning: tuple[Colour, Colour, float] | None = None
    fill: str = "soft"
    ink: Colour | None = None
    own: float = 0.0
    line: float = 0.0022
    cut: bool = False
    halo: str = ""
    tile: str = ""
    border: str = ""
    overlay: str = ""
    rim: bool = True
    edge: Colour | None = None
    wet: float = 0.0
    letterbox: float = 0.0
    vignette: float = 0.22
    paper: float = 0.0
    grain: float = 0.0
    damage: float = 0.0
    weave: float = 0.0
    pixels: int = 0
    _tones: dict[Colour, Colour] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def hollow(self) -> bool:
        """Whether shapes show paper instead of their colours."""
        return self.fill == "wash"

    def at_size(self, unit: float) -> "Style":
        """This style with its line in pixels."""
        return replace(self, line=max(0.8, self.line * unit))

    def tone(self, colour: Colour) -> Colour:
        """A colour as this style shows it."""
        seen = self._tones.get(colour)
        if seen is None:
            if len(self._tones) > MEMORY:
                self._tones.clear()
            seen = self._tones[colour] = self._tone_all(colour)
        return seen

    def shone(self, colour: Colour) -> Colour:
        """What gives light itself, as this style shows it: neon's lamps and sun stay bright."""
        if self.fill == "dark" and luma(colour) > BRIGHT:
            return mix(mix(TUBES[5], TUBES[0], 2 * luma(colour) - 1.1), 0x1A0636, 0.3)
        return self.tone(colour)

    def ink_or(self, own: Colour, seen: Colour) -> Colour:
        """The ink that outlines a shape of a colour, which is seen as another."""
        ink = self.ink or 0
        if self.fill == "dark":
            return neon(own)
        return mix(ink, mix(seen, ink, 0.55), self.own) if self.own else ink

    def _tone_all(self, colour: Colour) -> Colour:
        r, g, b = split(colour)
        if self.matrix is not None:
            m = self.matrix
            rows = (m[k] * r + m[k + 1] * g + m[k + 2] * b + 255 * m[k + 3] for k in (0, 4, 8))
            colour = join(*rows)
        if self.punch:
            parts = (v + (255 * smooth(v / 255) - v) * self.punch for v in split(colour))
            colour = join(*parts)
        if self.toning:
            dark, light, amount = self.toning
            colour = mix(colour, mix(dark, light, luma(colour)), amount)
        return colour


@lru_cache(4096)
def neon(colour: Colour) -> Colour:
    """The neon tube of a colour's hue; what has none shines cold."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in split(colour)))
    if saturation < 0.12:
        return TUBES[-1]
    return TUBES[min(int(hue * 6), 5)]


def saturate(
    amount: float,
    *,
    tint: tuple[float, float, float] = (1, 1, 1),
    lift: float = 0.0,
    contrast: float = 1.0,
) -> Matrix:
    """A colour matrix: saturation, then tint, contrast about the middle, and lift."""
    weights = (0.2126, 0.7152, 0.0722)
    rows: list[float] = []
    for k in range(3):
        row = [w * (1 - amount) + (amount if j == k else 0) for j, w in enumerate(weights)]
        rows += [v * tint[k] * contrast for v in row]
        rows.append((1 - contrast) * 0.5 + lift)
    return tuple(rows)


STYLES: Mapping[str, Style] = {
    "plain": Style(),
    "cinematic": Style(
        matrix=saturate(0.95),
        punch=0.55,
        toning=(0x0B2A3C, 0xFFD9A0, 0.2),
        letterbox=2.39,
        vignette=0.45,
        grain=0.25,
    ),
    "documentary": Style(matrix=saturate(0.72, contrast=0.96), grain=0.35, vignette=0.12),
    "noir": Style(
        matrix=saturate(0.0, contrast=1.12, lift=-0.09),
        punch=1.0,
        overlay="shaft",
        vignette=0.8,
        grain=0.7,
        wet=0.32,
    ),
    "vintage": Style(
        matrix=saturate(0.1, contrast=1.12),
        toning=(0x1F0E05, 0xFFEBC4, 0.85),
        border="gate",
        vignette=0.62,
        grain=0.55,
        damage=1.0,
        weave=0.0022,
    ),
    "anime": Style(
        matrix=saturate(1.32, contrast=1.06, lift=0.02),
        fill="cel",
        ink=0x2B1B3A,
        own=0.3,
        line=0.0036,
        rim=False,
        vignette=0.0,
    ),
    "comic": Style(
        matrix=saturate(1.35, contrast=1.15),
        fill="cel",
        ink=0x120C18,
        line=0.0042,
        rim=False,
        overlay="dots",
        border="panel",
        vignette=0.0,
    ),
    "watercolour": Style(
        matrix=saturate(0.95, contrast=0.7, lift=0.15),
        halo="wash",
        tile="wash",
        border="deckle",
        rim=False,
        paper=0.5,
        vignette=0.0,
    ),
    "inkwash": Style(
        matrix=saturate(0.12, tint=(1.0, 0.985, 0.94), contrast=1.05, lift=0.17),
        toning=(0x1C1E22, 0xF8F2E2, 0.6),
        ink=0x16161A,
        line=0.0034,
        halo="wash",
        tile="wash",
        border="deckle",
        rim=False,
        paper=0.6,
        vignette=0.0,
    ),
    "oil": Style(
        matrix=saturate(1.12, contrast=1.08),
        punch=0.25,
        tile="strokes",
        overlay="canvas",
        rim=True,
        vignette=0.35,
    ),
    "papercut": Style(
        matrix=saturate(1.08, contrast=0.95, lift=0.02),
        fill="flat",
        cut=True,
        halo="drop",
        tile="fibre",
        edge=0xFFFDF6,
        paper=0.12,
        vignette=0.2,
    ),
    "pixel": Style(matrix=saturate(1.25, contrast=1.08), pixels=120, rim=False, vignette=0.0),
    "neon": Style(
        matrix=saturate(0.7, tint=(0.42, 0.3, 0.75), contrast=0.62, lift=-0.22),
        toning=(0x07021C, 0xFF3FB4, 0.25),
        fill="dark",
        ink=0xFF3FB4,
        line=0.0036,
        halo="bloom",
        rim=False,
        vignette=0.5,
    ),
    "line": Style(
        matrix=saturate(0.0, lift=0.34, contrast=0.55),
        fill="wash",
        ink=0x26262E,
        line=0.0032,
        rim=False,
        paper=0.5,
        vignette=0.0,
    ),
    "clay": Style(
        matrix=saturate(1.08, tint=(1.03, 0.99, 0.94), contrast=0.95),
        fill="ball",
        halo="bevel",
        tile="prints",
        rim=False,
        vignette=0.3,
    ),
}
"""By the names that the lexicon gives to styles."""
