"""Arrays as canvases and pictures: height × width × BGRA, premultiplied."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
MIPMAPS = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
CUBIC = skia.SamplingOptions(skia.CubicResampler.Mitchell())
NEAREST = skia.SamplingOptions()
Frame = NDArray[np.uint8]


@contextmanager
def canvas_on(pixels: Frame) -> Iterator[Any]:
    """A canvas that draws straight into the array, alive within the block only."""
    h, w, _ = pixels.shape
    surface = skia.Surface.MakeRasterDirect(info(w, h), pixels, pixels.strides[0])
    yield surface.getCanvas()


def image_of(pixels: Frame) -> Any:
    """The array's pixels as a picture of its own."""
    h, w, _ = pixels.shape
    return skia.Image.MakeRasterCopy(skia.Pixmap(info(w, h), pixels, pixels.strides[0]))


def info(width: int, height: int, *, opaque: bool = False) -> Any:
    """How the pixels of a picture lie."""
    alpha = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    return skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, alpha)
