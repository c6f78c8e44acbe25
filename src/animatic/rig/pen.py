"""The pen: how every subject, setting and weather draws. Nothing else needs to know the canvas.

Coordinates are the drawer's own: a subject's unit box (height 1, feet at the origin, y grows
downwards, facing +x) or the stage's units. Colours are a thing's own colours in white light: the
pen shows them in the light of the hour and in the film's style.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import skia

from animatic.colour import Colour, argb, darker, lighter, mix
from animatic.ease import Point
from animatic.light import Light
from animatic.styles import PAPER, Style, neon

LIFT = 2.6
"""How far a cut part's shadow falls, in widths of the style's line."""

WASH = 0.24
"""How much of a colour shows where paper shows through."""

CEL = 0.62
"""Where the second tone of a cel begins."""

DITHER = True
"""Smooth gradients without bands, and three times faster on the processor than without."""

ROUND = {"StrokeCap": skia.Paint.kRound_Cap, "StrokeJoin": skia.Paint.kRound_Join}


class Pen:
    """Draws on one canvas, in one light and style.

    `far` (0…1) is how much air lies before it; `pixels` how many of the film's pixels one of the
    canvas's own is (more than 1 where the canvas records for later); `period` how wide a thing is
    that repeats.
    """

    def __init__(
        self,
        canvas: Any,
        light: Light,
        style: Style,
        far: float = 0.0,
        *,
        pixels: float = 1.0,
        period: float = math.inf,
    ) -> None:
        self.canvas = canvas
        self._pixels = pixels
        self._period = period
        self._mould: tuple[float, float] | None = None
        self.light = light
        self.style = style
        self.far = far
        self._tones: dict[Colour, Colour] = {}

    # Colours

    def tone(self, colour: Colour) -> Colour:
        """A thing's own colour as it is seen."""
        seen = self._tones.get(colour)
        if seen is None:
            seen = self._tones[colour] = self.style.tone(self.light.far(colour, self.far))
        return seen

    def shine(self, colour: Colour) -> Colour:
        """The colour of what gives light itself: style only."""
        return self.style.shone(colour)

    def _as_seen(self, colour: Colour, lit: bool) -> Colour:
        return self.tone(colour) if lit else self.shine(colour)

    # Shapes

    def shapes(
        self, many: Iterable[Sequence[Point]], colour: Colour, *, alpha: float = 1.0
    ) -> None:
        """Many closed shapes of one flat colour at once."""
        path = skia.Path()
        for points in many:
            path.addPoly([skia.Point(*p) for p in points], True)
        self.fill(path, colour, shade=0, alpha=alpha)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        *,
        angle: float = 0.0,
        shade: float = 0.16,
        alpha: float = 1.0,
    ) -> None:
        """An ellipse about (x, y), turned by `angle` degrees."""
        path = skia.Path()
        path.addOval(skia.Rect.MakeLTRB(-rx, -ry, rx, ry))
        path.transform(skia.Matrix().setRotate(angle).postTranslate(x, y))
        self.fill(path, colour, shade=shade, alpha=alpha)

    def blob(
        self,
        points: Sequence[Point],
        colour: Colour,
        *,
        shade: float = 0.16,
        alpha: float = 1.0,
        tension: float = 1.0,
    ) -> None:
        """A smooth closed shape through `points`."""
        self.fill(spline(points, closed=True, tension=tension), colour, shade=shade, alpha=alpha)

    def poly(
        self, points: Sequence[Point], colour: Colour, *, shade: float = 0.12, alpha: float = 1.0
    ) -> None:
        """A closed shape with corners."""
        path = skia.Path()
        path.addPoly([skia.Point(*p) for p in points], True)
        self.fill(path, colour, shade=shade, alpha=alpha)

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: Colour,
        *,
        corner: float = 0.0,
        shade: float = 0.12,
        alpha: float = 1.0,
    ) -> None:
        """A rectangle from its top left corner, with rounded corners if asked."""
        path = skia.Path()
        path.addRoundRect(skia.Rect.MakeXYWH(x, y, w, h), corner, corner)
        self.fill(path, colour, shade=shade, alpha=alpha)

    def puffs(
        self,
        spots: Sequence[tuple[float, float, float]],
        top: Colour,
        bottom: Colour,
        *,
        alphas: tuple[float, float] = (1.0, 1.0),
        lit: bool = True,
    ) -> None:
        """Round heaps (x, y, radius) that melt into one: clouds, bushes, smoke."""
        path = skia.Path()
        for x, y, r in spots:
            path.addCircle(x, y, r)
        self._fade(path, top, bottom, alphas, lit)

    def limb(
        self,
        points: Sequence[Point],
        widths: Sequence[float],
        colour: Colour,
        *,
        shade: float = 0.12,
        alpha: float = 1.0,
    ) -> None:
        """A tapered round-ended limb along `points`; one width each, spread evenly."""
        self.fill(tube(points, widths), colour, shade=shade, alpha=alpha)

    def line(
        self,
        points: Sequence[Point],
        width: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        closed: bool = False,
        smooth: bool = True,
        lit: bool = True,
    ) -> None:
        """A line of even width through `points`."""
        path = spline(points, closed=closed) if smooth else _polyline(points)
        paint = _stroke(argb(self._as_seen(colour, lit), alpha), width)
        self.canvas.drawPath(path, paint)

    def oval_line(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        width: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        lit: bool = True,
    ) -> None:
        """The edge of an ellipse: rings on water, bubbles."""
        box = skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry)
        self.canvas.drawOval(box, _stroke(argb(self._as_seen(colour, lit), alpha), width))

    def hairs(
        self,
        roots: Iterable[tuple[Point, Point]],
        width: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        lit: bool = True,
    ) -> None:
        """Many short strokes of one colour: fur, grass, rain."""
        ends = [skia.Point(*end) for line in roots for end in line]
        if not ends:
            return
        lines = skia.Canvas.PointMode.kLines_PointMode
        self.canvas.drawPoints(lines, ends, _stroke(argb(self._as_seen(colour, lit), alpha), width))

    def locks(
        self, many: Iterable[tuple[Point, Point, Point]], width: float, colour: Colour
    ) -> None:
        """Many pointed locks (root, bend, tip) of one colour as a single shape: fur, feathers."""
        path = skia.Path()
        for (x, y), (mx, my), (tx, ty) in many:
            long = math.hypot(tx - x, ty - y) or 1.0
            nx, ny = -(ty - y) / long * width / 2, (tx - x) / long * width / 2
            path.moveTo(x + nx, y + ny)
            path.quadTo(mx + nx * 0.9, my + ny * 0.9, tx, ty)
            path.quadTo(mx - nx * 0.9, my - ny * 0.9, x - nx, y - ny)
            path.quadTo(
                x - (tx - x) / long * width / 2, y - (ty - y) / long * width / 2, x + nx, y + ny
            )
            path.close()
        self.fill(path, colour, shade=0.06)

    def specks(
        self,
        points: Iterable[Point],
        size: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        lit: bool = True,
    ) -> None:
        """Many round dots of one colour and size."""
        seen = self._as_seen(colour, lit)
        paint = _stroke(argb(seen, alpha), size)
        places = [skia.Point(x, y) for x, y in points]
        if not places:
            return
        self.canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, places, paint)

    def glow(self, x: float, y: float, radius: float, colour: Colour, alpha: float = 0.6) -> None:
        """Soft light around a point."""
        seen = self.shine(colour)
        stops = [argb(seen, alpha), argb(seen, alpha * 0.35), argb(seen, 0)]
        shader = skia.GradientShader.MakeRadial((x, y), radius, stops, [0.0, 0.4, 1.0])
        paint = skia.Paint(AntiAlias=True, Shader=shader, Dither=DITHER)
        self.canvas.drawCircle(x, y, radius, paint)

    def fade(
        self,
        points: Sequence[Point],
        top: Colour,
        bottom: Colour,
        *,
        alphas: tuple[float, float] = (1.0, 1.0),
        smooth: bool = False,
        lit: bool = True,
    ) -> None:
        """A closed shape that goes from one colour above to another below."""
        path = spline(points, closed=True) if smooth else _polygon(points)
        self._fade(path, top, bottom, alphas, lit)

    def _fade(
        self, path: Any, top: Colour, bottom: Colour, alphas: tuple[float, float], lit: bool
    ) -> None:
        whole = alphas == (1.0, 1.0)
        if lit and whole and self.style.fill in {"wash", "flat", "dark"}:
            self.fill(path, mix(top, bottom, 0.4), shade=0)
            return
        seen = (self.tone(top), self.tone(bottom)) if lit else (self.shine(top), self.shine(bottom))
        box = path.getBounds()
        shader = skia.GradientShader.MakeLinear(
            [(0, box.top()), (0, box.bottom())],
            [argb(seen[0], alphas[0]), argb(seen[1], alphas[1])],
        )
        self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader, Dither=DITHER))

    def soft(self, x: float, y: float, rx: float, ry: float, colour: Colour, alpha: float) -> None:
        """An ellipse that fades out to its edge: contact shadows, blush, spots of light."""
        shader = skia.GradientShader.MakeRadial(
            (0, 0),
            1.0,
            [argb(colour, alpha), argb(colour, alpha * 0.55), argb(colour, 0)],
            [0.0, 0.55, 1.0],
        )
        with self.at(x, y, sx=rx, sy=ry):
            self.canvas.drawCircle(
                0, 0, 1, skia.Paint(AntiAlias=True, Shader=shader, Dither=DITHER)
            )

    def fill(self, path: Any, colour: Colour, *, shade: float = 0.16, alpha: float = 1.0) -> None:
        """Fill a path: lit from the sun's side above, shaded below; styles change how."""
        seen, style = self.tone(colour), self.style
        whole = alpha == 1.0
        if style.cut and whole and shade:
            self._lift(path)
        if style.ink is not None and whole and not style.hollow:
            self._outline(path, colour, seen)
        self.canvas.drawPath(path, self._fill_paint(path, colour, shade, alpha))
        if style.hollow and whole:
            self._outline(path, colour, seen)

    def _fill_paint(self, path: Any, colour: Colour, shade: float, alpha: float) -> Any:
        seen, style = self.tone(colour), self.style.fill
        if style == "wash":
            seen = mix(PAPER, seen, WASH)
        elif style == "dark":
            seen = mix(seen, neon(colour), 0.1)
        if not shade or style in {"flat", "dark"}:
            return skia.Paint(AntiAlias=True, Color=argb(seen, alpha))
        box = path.getBounds()
        shader = (
            self._round(box, seen, shade, alpha)
            if style == "ball"
            else self._slope(box, seen, shade, alpha, hard=style == "cel")
        )
        return skia.Paint(AntiAlias=True, Shader=shader, Dither=DITHER)

    def _slope(self, box: Any, seen: Colour, shade: float, alpha: float, *, hard: bool) -> Any:
        """Light above on the sun's side, shade below; `hard` sets off two tones."""
        lean = 0.0 if self._mould else self.light.side * box.width() * (0.12 if hard else 0.25)
        middle = box.centerX()
        top, bottom = self._mould or (box.top(), box.bottom())
        ends = [(middle + lean, top), (middle - lean, bottom)]
        if hard:
            colours = [lighter(seen, shade * 0.35), darker(seen, 0.1 + shade)]
            stops = [colours[0], colours[0], colours[1], colours[1]]
            places = [0.0, CEL, CEL, 1.0]
        else:
            stops = [lighter(seen, shade), seen, darker(seen, shade * 1.5)]
            places = [0.0, 0.45, 1.0]
        return skia.GradientShader.MakeLinear(ends, [argb(c, alpha) for c in stops], places)

    def _round(self, box: Any, seen: Colour, shade: float, alpha: float) -> Any:
        """A ball's light: a bright spot above on the sun's side, dark at the far edge."""
        top, bottom = self._mould or (box.top(), box.bottom())
        high = bottom - top
        reach = max(box.width(), high) * 0.85
        x = box.centerX() + self.light.side * box.width() * 0.2
        stops = [lighter(seen, 0.1 + shade), seen, darker(seen, 0.08 + shade * 1.6)]
        colours = [argb(c, alpha) for c in stops]
        return skia.GradientShader.MakeRadial(
            (x, top + 0.22 * high), reach or 1.0, colours, [0.0, 0.4, 1.0]
        )

    def _pixel(self) -> float:
        """One of the film's pixels, in the units that are drawn in."""
        return 1 / (self._pixels * (self.canvas.getTotalMatrix().mapRadius(1.0) or 1.0))

    def _outline(self, path: Any, own: Colour, seen: Colour) -> None:
        """Ink along the edge: under the shape and twice as wide where colour covers its inside.

        Land that repeats has no ink where it meets itself.
        """
        style = self.style
        wide = style.line * self._pixel() * (1 if style.hollow else 2)
        paint = _stroke(argb(style.ink_or(own, seen)), wide)
        box = path.getBounds()
        if box.width() < self._period * 0.99:
            self.canvas.drawPath(path, paint)
            return
        self.canvas.save()
        self.canvas.clipRect(box.makeInset(wide / 2, -wide))
        self.canvas.drawPath(path, paint)
        self.canvas.restore()

    def _lift(self, path: Any) -> None:
        """The shadow of one sheet on another."""
        self.canvas.save()
        self.canvas.translate(0, LIFT * self.style.line * self._pixel())
        self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(0x1A0E2C, 0.26)))
        self.canvas.restore()

    # Places

    @contextmanager
    def at(
        self,
        x: float = 0.0,
        y: float = 0.0,
        *,
        scale: float = 1.0,
        angle: float = 0.0,
        sx: float = 1.0,
        sy: float = 1.0,
    ) -> Iterator[None]:
        """Draw about another origin: moved, then turned (degrees), then scaled."""
        self.canvas.save()
        self.canvas.translate(x, y)
        if angle:
            self.canvas.rotate(angle)
        self.canvas.scale(scale * sx, scale * sy)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextmanager
    def mould(self, top: float, bottom: float) -> Iterator[None]:
        """Shade all that follows as one body between two heights: its parts join without a seam."""
        held, self._mould = self._mould, (top, bottom)
        try:
            yield
        finally:
            self._mould = held

    @contextmanager
    def inside(self, points: Sequence[Point], *, smooth: bool = True) -> Iterator[None]:
        """Draw only within a shape: stripes on a coat, light on water."""
        path = spline(points, closed=True) if smooth else _polygon(points)
        self.canvas.save()
        self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextmanager
    def outside(self, points: Sequence[Point], *, smooth: bool = False) -> Iterator[None]:
        """Draw everywhere but in a shape: a wall with a window in it."""
        path = spline(points, closed=True) if smooth else _polygon(points)
        self.canvas.save()
        self.canvas.clipPath(path, skia.ClipOp.kDifference, True)
        try:
            yield
        finally:
            self.canvas.restore()


def _stroke(colour: int, width: float) -> Any:
    return skia.Paint(
        AntiAlias=True, Color=colour, Style=skia.Paint.kStroke_Style, StrokeWidth=width, **ROUND
    )


def spline(points: Sequence[Point], *, closed: bool, tension: float = 1.0) -> Any:
    """A smooth path through `points` (Catmull-Rom)."""
    if closed:
        line = [points[-1], *points, points[0], points[1]]
    else:
        line = [points[0], *points, points[-1]]
    c = tension / 6
    path = skia.Path()
    path.moveTo(*points[0])
    add = path.cubicTo
    (ax, ay), (bx, by), (cx, cy) = line[:3]
    for dx, dy in line[3:]:
        add(
            bx + (cx - ax) * c,
            by + (cy - ay) * c,
            cx - (dx - bx) * c,
            cy - (dy - by) * c,
            cx,
            cy,
        )
        ax, ay, bx, by, cx, cy = bx, by, cx, cy, dx, dy
    if closed:
        path.close()
    return path


def bend(points: Sequence[Point], steps: int = 4) -> list[Point]:
    """More points along the smooth line through `points`."""
    weights = _weights(steps)
    padded = [points[0], *points, points[-1]]
    return [
        (
            a * padded[k][0] + b * padded[k + 1][0] + c * padded[k + 2][0] + d * padded[k + 3][0],
            a * padded[k][1] + b * padded[k + 1][1] + c * padded[k + 2][1] + d * padded[k + 3][1],
        )
        for k in range(len(points) - 1)
        for a, b, c, d in weights
    ] + [points[-1]]


@lru_cache
def _weights(steps: int) -> list[tuple[float, float, float, float]]:
    """What each of four neighbours gives to the points between the middle two (Catmull-Rom)."""
    return [
        (
            0.5 * (-t + 2 * t**2 - t**3),
            0.5 * (2 - 5 * t**2 + 3 * t**3),
            0.5 * (t + 4 * t**2 - 3 * t**3),
            0.5 * (-(t**2) + t**3),
        )
        for t in (k / steps for k in range(steps))
    ]


def tube(points: Sequence[Point], widths: Sequence[float]) -> Any:
    """The outline of a tapered, round-ended tube along `points`."""
    line = bend(points)
    last = len(line) - 1
    left: list[Point] = []
    right: list[Point] = []
    for k, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(k - 1, 0)], line[min(k + 1, last)]
        dx, dy = bx - ax, by - ay
        r = _along(widths, k / last) / 2 / (math.hypot(dx, dy) or 1.0)
        left.append((x - dy * r, y + dx * r))
        right.append((x + dy * r, y - dx * r))
    tip, root = _cap(line[-2], line[-1], widths[-1]), _cap(line[1], line[0], widths[0])
    return spline([*left, tip, *reversed(right), root], closed=True)


def _along(widths: Sequence[float], share: float) -> float:
    place = share * (len(widths) - 1)
    k = min(int(place), len(widths) - 2)
    return widths[k] + (widths[k + 1] - widths[k]) * (place - k)


def _cap(inner: Point, end: Point, width: float) -> Point:
    dx, dy = end[0] - inner[0], end[1] - inner[1]
    length = math.hypot(dx, dy) or 1.0
    return end[0] + dx / length * width / 2, end[1] + dy / length * width / 2


def _polyline(points: Sequence[Point]) -> Any:
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in points], False)
    return path


def _polygon(points: Sequence[Point]) -> Any:
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in points], True)
    return path
