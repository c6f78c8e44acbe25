"""The first frame reaches the upstream, of the film's size."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.unit.engines.relay.relays import a_row, make, relay_to

from filmgate.engines.base import PICTURE
from filmgate.testing.upstream.quirks import Quirks


def read(sent: Any) -> Image.Image:
    """The picture in a field: a file, or a data URL wherever it stands."""
    if isinstance(sent, list):
        sent = sent[0]["image_url"]["url"]
    if isinstance(sent, str):
        sent = base64.b64decode(sent.partition(",")[2])
    return Image.open(BytesIO(sent))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("openai", "input_reference"),
        ("filmgate", "input_reference"),
        ("sglang", "input_reference"),
        ("sora", "image"),
        ("new-api", "image"),
        ("llmgateway", "image"),
        ("openrouter", "frame_images"),
    ],
)
@pytest.mark.parametrize("size", [(128, 96), (300, 300)])
async def test_it_is_sent_as_each_reads_it(
    tmp_path: Path, kind: str, name: str, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, (200, 30, 30)).save(tmp_path / PICTURE, "PNG")
    async with relay_to(Quirks(), kind) as (engine, script):
        await make(engine, tmp_path, a_row(picture="videos/video_1/picture"))
    (job,) = script.jobs.values()
    picture = read(job.fields[name])
    assert picture.size == (128, 96)
    assert picture.getpixel((64, 48)) == (200, 30, 30)
