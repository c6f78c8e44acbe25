"""The first frame as an upstream takes it: of the film's own size, whatever was given."""

import base64
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from filmgate.domain.shape import Shape
from filmgate.media.pictures import read, upright


@dataclass(frozen=True, slots=True)
class FirstFrame:
    """A picture file in memory, and its kind: png, jpeg or webp."""

    data: bytes
    kind: str

    @property
    def media_type(self) -> str:
        """As headers spell it."""
        return f"image/{self.kind}"

    @property
    def name(self) -> str:
        """A file name for it."""
        return f"picture.{self.kind}"

    @property
    def data_url(self) -> str:
        """It as text."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"


def fit_first_frame(path: Path, shape: Shape) -> FirstFrame:
    """The picture at `path`, cropped and scaled to cover `shape`; as it is where it fits.

    Raises:
        InvalidImage: it is no picture.
    """
    picture = read(path.read_bytes())
    if (picture.width, picture.height) == (shape.width, shape.height):
        return FirstFrame(picture.data, picture.kind)
    size = (shape.width, shape.height)
    fitted = ImageOps.fit(upright(picture), size, Image.Resampling.LANCZOS)
    file = BytesIO()
    fitted.save(file, "PNG", compress_level=1)
    return FirstFrame(file.getvalue(), "png")
