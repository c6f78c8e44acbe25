"""What a style does: to every colour, to every edge, and over the whole frame."""

from collections.abc import Mapping
from dataclasses import dataclass

from filmgate.engines.animatic.colour import Colour, join, split

Matrix = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Colours go through `matrix` (3 rows of r, g, b, offset); the rest is drawn by the film."""

    matrix: Matrix | None = None
    letterbox: float = 0.0
    vignette: float = 0.22
    grain: float = 0.0
    paper: float = 0.0
    ink: Colour | None = None
    hollow: bool = False
    cut: bool = False
    pixels: int = 0
    glow: float = 0.0

    def tone(self, colour: Colour) -> Colour:
        """A colour as this style shows it."""
        if self.matrix is None:
            return colour
        r, g, b = split(colour)
        m = self.matrix
        rows = (m[k] * r + m[k + 1] * g + m[k + 2] * b + 255 * m[k + 3] for k in (0, 4, 8))
        return join(*rows)


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
        matrix=saturate(0.92, tint=(1.02, 1.0, 0.97), contrast=1.08), letterbox=0.1, vignette=0.4
    ),
    "noir": Style(matrix=saturate(0.0, contrast=1.25, lift=-0.04), vignette=0.6, grain=0.1),
    "vintage": Style(
        matrix=saturate(0.45, tint=(1.08, 0.98, 0.8), contrast=0.9, lift=0.03),
        vignette=0.5,
        grain=0.12,
    ),
    "anime": Style(matrix=saturate(1.3, contrast=1.04), ink=0x2B2140, vignette=0.1),
    "watercolour": Style(matrix=saturate(0.8, contrast=0.82, lift=0.09), paper=0.5, vignette=0.0),
    "papercut": Style(matrix=saturate(1.1), cut=True, paper=0.25, vignette=0.15),
    "pixel": Style(matrix=saturate(1.2, contrast=1.05), pixels=150, vignette=0.0),
    "neon": Style(
        matrix=saturate(1.5, tint=(0.95, 0.62, 1.15), contrast=1.15, lift=-0.1),
        glow=1.0,
        ink=0xFF4FD8,
        vignette=0.4,
    ),
    "line": Style(
        matrix=saturate(0.0, lift=0.55, contrast=0.4),
        ink=0x2A2A32,
        hollow=True,
        paper=0.4,
        vignette=0.0,
    ),
    "clay": Style(matrix=saturate(1.08, tint=(1.03, 0.99, 0.95)), vignette=0.25, paper=0.15),
}
"""By the names that the lexicon gives to styles."""
