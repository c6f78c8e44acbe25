"""A picture as first frame, brought to life: a move in depth, weather and style over it."""

from pathlib import Path
from typing import Any

import numpy as np
import skia
from PIL import Image, ImageOps

from filmgate.engines.animatic.camera import MOVES, Pose
from filmgate.engines.animatic.ease import smooth
from filmgate.engines.animatic.film import Film
from filmgate.engines.animatic.pixels import Frame, drawing, image_of
from filmgate.engines.animatic.scene import Scene

COLUMNS, ROWS = 20, 12
FADE = 1.6
"""Seconds until weather, light and style have come fully over the picture."""


def load(path: Path, width: int, height: int) -> Frame:
    """The picture at `path`, cropped to cover the size: height × width × BGRA."""
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    paper = Image.new("RGBA", upright.size, (255, 255, 255, 255))
    flat = Image.alpha_composite(paper, upright).convert("RGB")
    fitted = ImageOps.fit(flat, (width, height), Image.Resampling.LANCZOS)
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[:, :, :3] = np.asarray(fitted)[:, :, ::-1]
    return pixels


class Living:
    """Frames that start as the picture. Same face as `Film`."""

    def __init__(self, scene: Scene, picture: Frame) -> None:
        self._picture = picture
        height, width, _ = picture.shape
        self._air = Film(scene, width, height)
        self._width, self._height = width, height
        self._image = image_of(picture)
        self._scene = scene
        self._grid = [(c / COLUMNS, r / ROWS) for r in range(ROWS + 1) for c in range(COLUMNS + 1)]
        self._textures = [skia.Point(x * width, y * height) for x, y in self._grid]
        self._indices = _triangles()
        self._shader = self._image.makeShader(
            skia.TileMode.kMirror,
            skia.TileMode.kMirror,
            skia.SamplingOptions(skia.FilterMode.kLinear),
        )

    def frame(self, out: Frame, seconds: float) -> None:
        """Draw the frame at `seconds` into `out`."""
        t = self._scene.start + seconds
        alive = smooth(t / FADE)
        with drawing(out) as canvas:
            canvas.drawImage(self._image, 0, 0)
            if t > 0:
                self._warp(canvas, self._pose(t))
            self._air.draw_air(canvas, self._air.moment(seconds, alive))

    def _pose(self, t: float) -> Pose:
        """The scene's camera move, started from rest at the picture itself."""
        move = MOVES.get(self._scene.camera, MOVES["push"])
        now, then = (move(s / self._scene.span, s, self._scene.amount) for s in (t, 0.0))
        ease = smooth(t / FADE)
        still = self._scene.camera in {"drift", "track"}
        return Pose(
            (now.x - then.x) * 0.12,
            (now.y - then.y) * 0.3,
            1 + abs(now.zoom - then.zoom) * 0.5 + 0.05 * ease + 0.03 * still * ease,
            now.roll * ease,
        )

    def _warp(self, canvas: Any, pose: Pose) -> None:
        """The picture on a sheet, nearer below and in the middle: parallax without a depth map."""
        points = [skia.Point(*self._bent(x, y, pose)) for x, y in self._grid]
        mesh = skia.Vertices(
            skia.Vertices.VertexMode.kTriangles_VertexMode,
            points,
            self._textures,
            None,
            self._indices,
        )
        canvas.drawVertices(mesh, skia.Paint(Shader=self._shader), skia.BlendMode.kSrcOver)

    def _bent(self, x: float, y: float, pose: Pose) -> tuple[float, float]:
        middle = max(0.0, 1 - ((x - 0.5) / 0.42) ** 2 - ((y - 0.55) / 0.45) ** 2)
        near = 0.35 * y + 0.45 * middle
        zoom = pose.zoom + (pose.zoom - 1) * 0.5 * near
        px = 0.5 + (x - 0.5) * zoom - pose.x * (0.4 + near)
        py = 0.5 + (y - 0.5) * zoom - pose.y * (0.4 + near)
        return px * self._width, py * self._height


def _triangles() -> list[int]:
    indices = []
    for r in range(ROWS):
        for c in range(COLUMNS):
            a = r * (COLUMNS + 1) + c
            b = a + COLUMNS + 1
            indices += [a, a + 1, b, a + 1, b + 1, b]
    return indices
