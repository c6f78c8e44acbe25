"""The first frame as an upstream takes it: of the film's own size, whatever was given."""

import base64
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from filmgate.domain.shape import Shape
from filmgate.media.pictures import pixels


@dataclass(frozen=True, slots=True)
class FirstFrame:
    """A PNG file in memory."""

    data: bytes
    name = "picture.png"
    media_type = "image/png"

    @property
    def data_url(self) -> str:
        """It as text."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"


def fit_first_frame(path: Path, shape: Shape) -> FirstFrame:
    """The picture at `path`, cropped and scaled to cover `shape`; as it is where it fits."""
    picture = Image.fromarray(pixels(path))
    if picture.size == (shape.width, shape.height):
        return FirstFrame(path.read_bytes())
    return fit_picture(picture, shape)


def fit_picture(picture: Image.Image, shape: Shape) -> FirstFrame:
    """A picture, cropped and scaled to cover `shape`."""
    file = BytesIO()
    fitted = ImageOps.fit(picture, (shape.width, shape.height), Image.Resampling.LANCZOS)
    fitted.save(file, "PNG", compress_level=1)
    return FirstFrame(file.getvalue())
