"""Pictures at the service: whose turn it is."""

import asyncio
import io

import pytest
from PIL import Image

from filmgate.domain.draft import FileRef
from filmgate.errors import InvalidImage, NotFound
from filmgate.services.pictures import Pictures


def png() -> bytes:
    Image.new("RGB", (2, 3)).save(file := io.BytesIO(), "PNG")
    return file.getvalue()


async def nowhere(_url: str) -> bytes:
    raise AssertionError


async def no_file(_account_id: str, file_id: str) -> bytes:
    raise NotFound(f"No file with the id '{file_id}'")


async def test_slow_addresses_of_one_account_hold_up_no_other() -> None:
    slow = asyncio.Event()
    asked = []

    async def fetch(url: str) -> bytes:
        asked.append(url)
        if "slow" in url:
            await slow.wait()
        return png()

    pictures = Pictures(fetch, no_file)
    waiting = [
        asyncio.create_task(pictures.load(f"http://slow{k}.test/", "acct_a")) for k in range(16)
    ]
    while len(asked) < 2:
        await asyncio.sleep(0)
    assert (await pictures.load("http://quick.test/", "acct_b")).height == 3
    assert [url for url in asked if "slow" in url] == ["http://slow0.test/", "http://slow1.test/"]
    slow.set()
    assert {(await task).width for task in waiting} == {2}


async def test_a_refused_picture_gives_its_turn_back() -> None:
    async def fetch(url: str) -> bytes:
        return b"no picture"

    pictures = Pictures(fetch, no_file)
    for _ in range(4):
        with pytest.raises(InvalidImage, match="unknown kind"):
            await pictures.load("http://a.test/", "acct_a")
    assert (await pictures.load(png(), "acct_a")).width == 2


async def test_a_file_that_is_not_there_is_no_picture() -> None:
    with pytest.raises(InvalidImage, match="file-1"):
        await Pictures(nowhere, no_file).load(FileRef("file-1"), "acct_a")
