"""Colours as screens mean them: what a picture's own profile says, turned into sRGB."""

from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

MAX_PROFILE = 4 << 20
"""Bytes. Those of large printing profiles are about two million."""

_NEAR = 2
"""Of 255. A profile that moves no colour further is sRGB under one of its many names."""

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))

_FAILURES = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours of an L, RGB or CMYK image, as the profile means them, in sRGB.

    A profile that is broken, too large or of another kind of picture is ignored.
    """
    if not profile or len(profile) > MAX_PROFILE:
        return image
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            _SRGB,
            image.mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        if _changes_nothing(transform, image.mode):
            return image
        return ImageCms.applyTransform(image, transform) or image
    except _FAILURES:
        return image


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    if mode == "CMYK":
        return False
    colours = _swatches(mode)
    changed = ImageCms.applyTransform(colours, transform)
    if changed is None:
        return False
    before, after = (np.asarray(image, np.int16) for image in (colours.convert("RGB"), changed))
    return int(np.abs(after - before).max()) <= _NEAR


@cache
def _swatches(mode: str) -> Image.Image:
    """Every grey, or colours from all over the cube."""
    if mode == "L":
        return Image.fromarray(np.arange(256, dtype=np.uint8).reshape(1, 256))
    steps = np.linspace(0, 255, 17).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    return Image.fromarray(cube.reshape(17, 17 * 17, 3))
