"""What becomes of a film's address when the film is gone."""

import base64
from collections.abc import AsyncIterator

import httpx2
import pytest
from tests.contract.harness import Server, Stock


@pytest.fixture
def path(stock: Stock) -> str:
    return f"/v1/videos/{stock.ids['finished']}/content"


@pytest.fixture
async def nobody(server: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with server.caller() as client:
        yield client


@pytest.fixture
async def link(server: Server, stock: Stock) -> str:
    found: str = (await server.seen(stock.ids["finished"]))["url"]
    return found


async def test_a_link_dies_with_its_video(
    server: Server, nobody: httpx2.AsyncClient, link: str, path: str
) -> None:
    server.clock.advance(24 * 3600 - 1)
    assert (await nobody.get(link)).status_code == 200
    server.clock.advance(1)
    assert (await nobody.get(link)).status_code == 401
    assert (await server.client.get(path)).status_code == 410


async def test_a_deleted_video_has_no_link(
    server: Server, stock: Stock, nobody: httpx2.AsyncClient, link: str
) -> None:
    await server.client.delete(f"/v1/videos/{stock.ids['finished']}")
    assert (await nobody.get(link)).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-9"}], ids=["whole", "range"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_files_that_were_removed_are_410(
    server: Server, stock: Stock, path: str, method: str, headers: dict[str, str]
) -> None:
    await server.house.blobs.delete_under(f"videos/{stock.ids['finished']}")
    answer = await server.client.request(method, path, headers=headers)
    assert answer.status_code == 410


async def test_base64_is_the_same_film_on_retrieve_and_never_in_a_list(
    server: Server, stock: Stock
) -> None:
    video_id = stock.ids["embedded"]
    film = (await server.client.get(f"/v1/videos/{video_id}/content")).content
    one = await server.seen(video_id)
    assert base64.b64decode(one["outputs"][0]["b64_json"]) == film
    items = (await server.client.get("/v1/videos")).json()["data"]
    assert all("b64_json" not in entry for item in items for entry in item.get("outputs", []))
    await server.house.blobs.delete_under(f"videos/{video_id}")
    gone = await server.client.get(f"/v1/videos/{video_id}")
    assert gone.status_code == 200
