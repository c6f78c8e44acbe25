"""A picture as first frame, brought to life: a move in depth, weather, light and style over it."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image, ImageOps

from animatic.camera import MOVES
from animatic.ease import clamp, smooth, wave
from animatic.film import Film
from animatic.finish import pixelate
from animatic.grade import grade_picture
from animatic.pixels import LINEAR, Frame, canvas_on, image_of
from animatic.scene import Scene

FADE = 1.6
"""Seconds until weather, light and style have come fully over the picture."""

BAND = 12
"""Rows that move as one: so few that no step shows between them."""

UPPER = 1 / 3
"""Where a picture is cropped towards: faces are rarely at its foot."""

FAR, NEAR = 0.15, 1.0
"""How far the picture's upper and lower edges are taken to be."""


def cover(picture: NDArray[np.uint8], width: int, height: int) -> Frame:
    """RGB or RGBA pixels, on white, cropped to cover the size: height × width × BGRA."""
    upright = Image.fromarray(picture).convert("RGBA")
    paper = Image.new("RGBA", upright.size, (255, 255, 255, 255))
    flat = Image.alpha_composite(paper, upright).convert("RGB")
    fitted = ImageOps.fit(flat, (width, height), Image.Resampling.LANCZOS, centering=(0.5, UPPER))
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[:, :, :3] = np.asarray(fitted)[:, :, ::-1]
    return pixels


@dataclass(frozen=True, slots=True)
class Glide:
    """How the picture has moved since its first frame: shares of its size, and how much larger."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    depth: float = 0.0

    @property
    def still(self) -> bool:
        """Whether it lies as it was given."""
        return self == Glide()


class Living:
    """Frames that start as the picture. Same face as `Film`."""

    def __init__(self, scene: Scene, picture: Frame) -> None:
        height, width, _ = picture.shape
        self._size = (width, height)
        self._scene = scene
        self._air = Film(scene, width, height)
        self._first = image_of(picture)
        self._picture = picture
        self._styled: Any = None

    def prepare(self) -> Iterator[float]:
        """Make the picture that the film goes to. Else a frame does."""
        self._styled = image_of(
            grade_picture(self._picture, self._air.style, self._air.stage.light)
        )
        yield 0.5
        self._air.prepare_air()
        yield 1.0

    def frame(self, out: Frame, seconds: float) -> None:
        """Draw the frame at `seconds` into `out`."""
        if self._styled is None:
            deque(self.prepare(), maxlen=0)
        t = self._scene.start + seconds
        alive = smooth(t / FADE)
        glide = self._glide(t)
        with canvas_on(out) as canvas:
            if alive < 1:
                self._show(canvas, self._first, glide, 1.0)
            if alive > 0:
                self._show(canvas, self._styled, glide, alive)
            self._air.draw_over(canvas, self._air.shot.moment(seconds, alive))
        if self._air.enlarged > 1 and alive > 0:
            pixelate(out, self._air.enlarged, alive)

    def _glide(self, t: float) -> Glide:
        """The scene's camera move, started from rest at the picture itself."""
        scene = self._scene
        move = MOVES.get(scene.camera, MOVES["push"])
        if scene.camera == "static" or t <= 0:
            return Glide()
        now, then = (move(s / scene.span, s, scene.amount) for s in (t, 0.0))
        ease = smooth(t / FADE)
        drift = 0.25 * wave(t * 0.05) if scene.camera in {"track", "drift"} else 0.0
        across = now.x - then.x + 0.6 * (now.orbit - then.orbit) + drift
        closer = abs(now.zoom - then.zoom) * 0.45 + abs(now.push - then.push) * 0.3
        return Glide(
            clamp(0.11 * across, -0.05, 0.05) * ease,
            clamp(0.3 * (now.y - then.y), -0.045, 0.045) * ease,
            1 + closer + 0.07 * ease,
            0.05 * ease + 0.35 * closer,
        )

    def _show(self, canvas: Any, image: Any, glide: Glide, alpha: float) -> None:
        """The picture in bands, nearer below: parallax without knowing its depth."""
        paint = skia.Paint(Alpha=round(255 * alpha))
        if glide.still:
            canvas.drawImage(image, 0, 0, LINEAR, paint)
            return
        (w, h) = self._size
        for top in range(0, h, BAND):
            bottom = min(h, top + BAND)
            zoom, dx, dy = self._bent((top + bottom) / 2 / h, glide)
            canvas.save()
            canvas.clipRect(skia.Rect.MakeLTRB(0, top, w, bottom))
            canvas.translate(w / 2 + dx * w, h / 2 + dy * h)
            canvas.scale(zoom, zoom)
            canvas.translate(-w / 2, -h / 2)
            canvas.drawImage(image, 0, 0, LINEAR, paint)
            canvas.restore()

    @staticmethod
    def _bent(y: float, glide: Glide) -> tuple[float, float, float]:
        """How large a row is and how far it has moved; never so far that an edge shows."""
        near = FAR + (NEAR - FAR) * y
        zoom = glide.zoom + glide.depth * near
        room = (zoom - 1) / 2
        dx = clamp(-glide.x * (0.4 + near), -room, room)
        dy = clamp(-glide.y - 0.5 * glide.depth * (near - FAR) * (y - 0.5), -room, room)
        return zoom, dx, dy


class Veil:
    """Light, style and weather over frames that are given. Same face as `Film`."""

    def __init__(self, scene: Scene, width: int, height: int) -> None:
        self._air = Film(scene, width, height)
        self._ready = False

    def prepare(self) -> Iterator[float]:
        """Paint what lies over every frame. Else a frame does."""
        self._air.prepare_air()
        self._ready = True
        yield 1.0

    def frame(self, out: Frame, seconds: float) -> None:
        """Change the frame in `out` as it is at `seconds`."""
        if not self._ready:
            deque(self.prepare(), maxlen=0)
        out[:] = grade_picture(out, self._air.style, self._air.stage.light)
        with canvas_on(out) as canvas:
            self._air.draw_over(canvas, self._air.shot.moment(seconds))
        if self._air.enlarged > 1:
            pixelate(out, self._air.enlarged, 1.0)
