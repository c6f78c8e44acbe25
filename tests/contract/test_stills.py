"""Thumbnails at a width and a moment, and the last frame: the same each time."""

from io import BytesIO
from typing import Any

import av
import httpx2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.contract.harness import Server, Stock

from filmgate.domain.video import folder


async def fetch(server: Server, video_id: str, query: str, **headers: str) -> httpx2.Response:
    return await server.client.get(f"/v1/videos/{video_id}/content?{query}", headers=headers)


def pixels(data: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(np.int16)


async def film(server: Server, video_id: str) -> list[NDArray[np.int16]]:
    data = (await fetch(server, video_id, "variant=video")).content
    with av.open(BytesIO(data), "r") as container:
        return [
            frame.to_ndarray(format="rgb24", src_colorspace="ITU709").astype(np.int16)
            for frame in container.decode(video=0)
        ]


async def test_a_thumbnail_has_the_width_asked_for(server: Server, stock: Stock) -> None:
    answer = await fetch(server, stock.ids["finished"], "variant=thumbnail&width=64")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert Image.open(BytesIO(answer.content)).size == (64, 64)


@pytest.mark.parametrize(("at", "frame"), [("0", 0), ("0.49", 0), ("0.5", 1), ("1", 1)])
async def test_a_thumbnail_shows_the_moment_asked_for(
    server: Server, stock: Stock, at: str, frame: int
) -> None:
    """Two frames a second: what is on the screen at a moment is the last one that has begun."""
    shown = (await film(server, stock.ids["finished"]))[frame]
    answer = await fetch(server, stock.ids["finished"], f"variant=thumbnail&at={at}")
    assert np.abs(pixels(answer.content) - shown).mean() < 3


async def test_the_last_frame_is_a_png_of_the_films_own_pixels(
    server: Server, stock: Stock
) -> None:
    answer = await fetch(server, stock.ids["finished"], "variant=last_frame")
    assert answer.headers["content-type"] == "image/png"
    assert f'filename="{stock.ids["finished"]}-last_frame.png"' in str(answer.headers)
    shown = (await film(server, stock.ids["finished"]))[-1]
    assert np.array_equal(pixels(answer.content), shown)


@pytest.mark.parametrize("query", ["variant=last_frame", "variant=thumbnail&width=40&at=0.5"])
async def test_a_still_is_the_same_each_time_and_known_by_its_etag(
    server: Server, stock: Stock, query: str
) -> None:
    first = await fetch(server, stock.ids["finished"], query)
    again = await fetch(server, stock.ids["finished"], query)
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    etag = first.headers["etag"]
    held = await fetch(server, stock.ids["finished"], query, **{"if-none-match": etag})
    assert (held.status_code, held.content) == (304, b"")
    other = await fetch(server, stock.ids["finished"], f"{query}&index=1")
    assert other.headers["etag"] != etag


async def test_stills_are_under_the_links_of_their_video(server: Server, stock: Stock) -> None:
    video = await server.seen(stock.ids["finished"])
    link = video["outputs"][0]["thumbnail_url"]
    async with server.caller() as nobody:
        small = await nobody.get(f"{link}&width=32&at=0")
        last = await nobody.get(link.replace("thumbnail.webp", "last_frame.png"))
    assert Image.open(BytesIO(small.content)).size == (32, 32)
    assert last.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("variant=thumbnail&width=8", "width"),
        ("variant=thumbnail&width=129", "width"),
        ("variant=thumbnail&width=wide", "width"),
        ("variant=thumbnail&at=-1", "at"),
        ("variant=thumbnail&at=1.01", "at"),
        ("variant=thumbnail&at=nan", "at"),
        ("variant=thumbnail&at=1e400000", "at"),
        ("variant=spritesheet&width=64", "width"),
        ("variant=video&at=0", "at"),
    ],
)
async def test_a_still_that_is_none_is_refused(
    server: Server, stock: Stock, query: str, param: str
) -> None:
    answer = await fetch(server, stock.ids["finished"], query)
    error: dict[str, Any] = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (
        400,
        "invalid_parameter",
        param,
    )


async def test_a_still_of_a_film_that_is_gone_is_expired(server: Server, stock: Stock) -> None:
    await server.house.blobs.delete_under(folder(stock.ids["finished"]))
    answer = await fetch(server, stock.ids["finished"], "variant=last_frame")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "video_expired")


async def test_a_still_may_be_asked_for_by_its_head(server: Server, stock: Stock) -> None:
    path = f"/v1/videos/{stock.ids['finished']}/content?variant=last_frame"
    head, whole = await server.client.head(path), await server.client.get(path)
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.content == b""
