"""An engine over tiny folders, driven as a worker drives it."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from filmgate.domain.shape import Shape
from filmgate.domain.video import Video
from filmgate.engines.base import PICTURE
from filmgate.engines.diffusers.engine import Diffusers
from filmgate.engines.diffusers.options import Options
from filmgate.testing import contracts

STEPS = 3


@asynccontextmanager
async def opened(models: dict[str, dict[str, Any]], **options: Any) -> AsyncIterator[Diffusers]:
    """An open engine of these models, on one CPU thread."""
    table = {"device": "cpu", "threads": 1, "models": models} | options
    engine = Diffusers(Options.model_validate(table))
    await engine.open()
    try:
        yield engine
    finally:
        await engine.close()


def shape(fps: int, frames: int, size: tuple[int, int] = (96, 64)) -> Shape:
    """Measures of so many frames."""
    return Shape(width=size[0], height=size[1], fps=fps, duration_ms=round(frames * 1000 / fps))


def video(model: str, wanted: Shape, *, n: int = 1, **extras: Any) -> Video:
    """A claimed video of a few steps."""
    claimed = contracts.video(wanted, n=n, model=model, prompt="a red kite over the sea")
    extras = {"num_inference_steps": STEPS} | extras
    return replace(claimed, request=replace(claimed.request, extras=extras))


def picture() -> Image.Image:
    """A gradient, wider than a film of ours."""
    return Image.linear_gradient("L").resize((120, 64)).convert("RGB")


def data_url() -> str:
    """The same as a client may send it."""
    file = BytesIO()
    picture().save(file, "PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def with_picture(claimed: Video, scratch: Path) -> Video:
    """The video with a picture in its scratch folder."""
    picture().save(scratch / PICTURE, "PNG")
    return replace(claimed, request=replace(claimed.request, picture="picture"))
