"""Letters on the frame: quoted text in its manner, and the card of a prompt that was not read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia

from animatic.colour import Colour, argb
from animatic.ease import smooth, wave
from animatic.pixels import canvas_on, image_of
from animatic.scene import CARD
from animatic.stage import Stage

SERIF = ("Noto Serif", "Liberation Serif", "DejaVu Serif", "Noto Serif CJK SC")
SANS = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Noto Sans CJK SC")
SHORT = 50
"""A prompt of fewer characters is set larger."""

FADE = 0.7
"""Seconds until the letters are all there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How letters look: from what colour above to what below, on what, in what light.

    `glow` and `shade` are a colour and how far it spreads, in the letters' heights.
    """

    fill: tuple[Colour, Colour]
    families: tuple[str, ...] = SERIF
    bold: bool = True
    slanted: bool = False
    edge: Colour | None = None
    glow: tuple[Colour, float] | None = None
    shade: tuple[Colour, float] = (0x0C0818, 0.12)
    board: Colour | None = None
    flickers: bool = False


MANNERS: Mapping[str, Manner] = {
    "title": Manner(fill=(0xFFFFFF, 0xF2ECE0), families=SANS),
    "neon": Manner(
        fill=(0xFFF4FB, 0xFFE0F4), families=SANS, bold=False, glow=(0xFF2FA8, 0.32), flickers=True
    ),
    "gold": Manner(fill=(0xFFF3B8, 0xC8861A), edge=0x6A4408, glow=(0xFFD97A, 0.2)),
    "brush": Manner(
        fill=(0x1A1416, 0x2C2226), slanted=True, shade=(0x1A1416, 0.03), board=0xF4EEDF
    ),
    "chalk": Manner(
        fill=(0xF4F4EC, 0xDADAD2), families=SANS, bold=False, shade=(0xFFFFFF, 0.03), board=0x24382E
    ),
    CARD: Manner(fill=(0xFFFDF6, 0xF3EBDD), bold=False, shade=(0x0A0612, 0.25)),
}


def missing_letters(text: str) -> str:
    """The letters that no font of this machine has."""
    fonts, style = skia.FontMgr(), skia.FontStyle()
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if not letter.isspace()
        and fonts.matchFamilyStyleCharacter("", style, [], ord(letter)) is None
    )


class Lettering:
    """Draws one text over every frame: all of it, or none where a font for it is missing."""

    def __init__(self, stage: Stage, text: str, manner: str) -> None:
        self._stage = stage
        self._text = "" if missing_letters(text) else text
        self._card = manner == CARD
        self._manner = MANNERS.get(manner, MANNERS["title"])
        self._image: Any = None
        self._at = (0, 0)

    def draw(self, canvas: Any, t: float) -> None:
        """Draw it at `t` seconds of the film."""
        if not self._text:
            return
        if self._image is None:
            self._paint()
        shown = 1.0 if self._card else smooth((t + 0.15) / FADE)
        if self._manner.flickers and t < 1.4:
            shown *= 0.35 if wave(t * 7.3) * wave(t * 4.1 + 0.2) > 0.35 else 1.0
        canvas.drawImage(
            self._image, *self._at, skia.SamplingOptions(), skia.Paint(Alpha=round(255 * shown))
        )

    def _paint(self) -> None:
        """The letters with all that is about them, as one picture."""
        unit, manner = self._stage.unit, self._manner
        w, h = (round(side * unit) for side in (self._stage.width, self._stage.height))
        paragraph, size = self._fit(0.8 * w, (0.6 if self._card else 0.26) * h)
        tall, wide = paragraph.Height, paragraph.LongestLine
        pad = round(0.6 * size + 2)
        left = (w - wide) / 2
        top = (0.5 * h if self._card else max(0.2 * h, 0.7 * pad + tall / 2)) - tall / 2
        pixels = np.zeros((round(tall) + 2 * pad, round(wide) + 2 * pad, 4), np.uint8)
        with canvas_on(pixels) as canvas:
            if manner.board is not None:
                self._board(canvas, pixels.shape[1], pixels.shape[0], size)
            spread = pad - (0.8 * w - wide) / 2

            def letters(to: Any) -> None:
                paragraph.paint(to, spread, pad)

            _shine(canvas, letters, *manner.shade, size, self._tone)
            if manner.glow:
                _shine(canvas, letters, *manner.glow, size, self._tone)
                _shine(canvas, letters, manner.glow[0], manner.glow[1] * 0.3, size, self._tone)
            if manner.edge is not None:
                for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 2)):
                    canvas.save()
                    canvas.translate(dx * size * 0.018, dy * size * 0.018)
                    _fill(canvas, letters, [self._tone(manner.edge)] * 2, (0, pixels.shape[0]))
                    canvas.restore()
            ends = [self._tone(colour) for colour in manner.fill]
            _fill(canvas, letters, ends, (pad + 0.2 * size, pad + tall - 0.1 * size))
        self._image, self._at = image_of(pixels), (round(left - pad), round(top - pad))

    def _tone(self, colour: Colour) -> Colour:
        return self._stage.style.shone(colour)

    def _board(self, canvas: Any, wide: int, tall: int, size: float) -> None:
        inset = 0.15 * size
        box = skia.Rect.MakeLTRB(inset, inset, wide - inset, tall - inset)
        colour = argb(self._tone(self._manner.board or 0), 0.94)
        canvas.drawRoundRect(
            box, 0.12 * size, 0.12 * size, skia.Paint(AntiAlias=True, Color=colour)
        )

    def _fit(self, wide: float, tall: float) -> tuple[Any, float]:
        """The text set as large as goes into a box, and the size of its letters."""
        size = (0.085 if self._card else 0.14) * self._stage.unit
        if self._card and len(self._text) < SHORT:
            size *= 1.4
        while True:
            paragraph = self._set(size)
            paragraph.layout(wide)
            if size < 0.02 * self._stage.unit or (
                paragraph.Height <= tall and paragraph.MinIntrinsicWidth <= wide
            ):
                return paragraph, size
            size *= 0.9

    def _set(self, size: float) -> Any:
        layout, manner = skia.textlayout, self._manner
        fonts = layout.FontCollection()
        fonts.setDefaultFontManager(skia.FontMgr())
        weight = skia.FontStyle.kBold_Weight if manner.bold else skia.FontStyle.kNormal_Weight
        slant = skia.FontStyle.kItalic_Slant if manner.slanted else skia.FontStyle.kUpright_Slant
        look = layout.TextStyle()
        look.setFontFamilies(list(manner.families))
        look.setFontStyle(skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant))
        look.setFontSize(size)
        look.setColor(0xFFFFFFFF)
        page = layout.ParagraphStyle()
        page.setTextAlign(layout.TextAlign.kCenter)
        page.setTextStyle(look)
        builder = layout.ParagraphBuilder.make(page, fonts, skia.Unicodes.ICU.Make())
        builder.pushStyle(look)
        builder.addText(self._text)
        return builder.Build()


Letters = Callable[[Any], None]


def _shine(
    canvas: Any,
    letters: Letters,
    colour: Colour,
    reach: float,
    size: float,
    tone: Callable[[Colour], Colour],
) -> None:
    """The letters out of focus, in one colour."""
    blur = skia.ImageFilters.Blur(reach * size / 2, reach * size / 2, skia.TileMode.kDecal)
    tint = skia.ColorFilters.Blend(argb(tone(colour)), skia.BlendMode.kSrcIn)
    for _ in range(2):
        canvas.saveLayer(None, skia.Paint(ImageFilter=blur, ColorFilter=tint))
        letters(canvas)
        canvas.restore()


def _fill(canvas: Any, letters: Letters, ends: list[Colour], rows: tuple[float, float]) -> None:
    """The letters, from one colour above to another below."""
    canvas.saveLayer(None, None)
    letters(canvas)
    shader = skia.GradientShader.MakeLinear(
        [(0, rows[0]), (0, rows[1])], [argb(colour) for colour in ends]
    )
    canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSrcIn))
    canvas.restore()
