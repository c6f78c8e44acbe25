"""The client waits out what passes, and says clearly what does not."""

import asyncio
import json
from io import BytesIO
from typing import Any

import httpx2
import pytest

from filmgate.cli import client
from filmgate.cli.client import Client, RequestRefused, base_url
from filmgate.cli.maker import FilmOrder
from filmgate.errors import FilmgateError, InvalidKey, Unavailable

VIDEO = {
    "id": "video_1",
    "status": "processing",
    "progress": 7,
    "metadata": {"seed": 5, "render": {"not_drawn": ["a ladle"]}},
}
ERROR = {"error": {"message": "No such thing", "type": "x", "param": None, "code": "x"}}

Answer = httpx2.Response | Exception


@pytest.fixture(autouse=True)
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


class Server:
    """Answers in turn, and keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx2.Request] = []
        self.told: list[str] = []
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        self.client = Client(http, "http://server/v1", self.told.append)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def said(content: Any, status: int = 200) -> httpx2.Response:
    return httpx2.Response(status, json=content)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://a:1", "http://a:1/v1"),
        ("http://a/", "http://a/v1"),
        ("https://a/v1/", "https://a/v1"),
        ("http://a/openai", "http://a/openai"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
    ],
)
def test_a_bare_address_gets_the_version(url: str, base: str) -> None:
    assert base_url(url) == base


@pytest.mark.parametrize("url", ["a", "a:80", "ftp://a", "http://", "http://a:x", "http://["])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(FilmgateError, match="must be an address"):
        base_url(url)


async def test_without_a_file_it_asks_in_json() -> None:
    server = Server(said(VIDEO))
    await server.client.create(
        FilmOrder(fields={"prompt": "猫", "seconds": "4"}, picture="http://p")
    )
    (asked,) = server.asked
    assert json.loads(asked.content) == {
        "prompt": "猫",
        "seconds": "4",
        "input_reference": "http://p",
    }
    assert asked.headers["x-filmgate-dialect"] == "sora"


async def test_a_file_goes_as_multipart() -> None:
    server = Server(said(VIDEO))
    await server.client.create(FilmOrder(fields={"prompt": "猫", "fps": 24}, picture=b"\x89PNG"))
    (asked,) = server.asked
    assert asked.headers["content-type"].startswith("multipart/form-data")
    assert b'name="input_reference"' in asked.content
    assert b"\x89PNG" in asked.content
    assert "猫".encode() in asked.content


async def test_a_body_can_go_word_for_word() -> None:
    server = Server(said(VIDEO))
    await server.client.create_raw(b'{ "n":1 }')
    assert server.asked[0].content == b'{ "n":1 }'
    assert server.asked[0].headers["content-type"] == "application/json"


async def test_a_look_tells_when_to_look_again() -> None:
    told = httpx2.Response(200, json=VIDEO, headers={"openai-poll-after-ms": "2500"})
    server = Server(told, said(VIDEO))
    look = await server.client.look("video_1")
    assert (look.progress, look.final, look.wait_s, look.seed) == (7, False, 2.5, 5)
    assert look.not_drawn == ("a ladle",)
    assert (await server.client.look("video_1")).wait_s == 1


@pytest.mark.parametrize("status", ["failed", "cancelled", "expired"])
async def test_every_bad_end_is_an_end(status: str) -> None:
    server = Server(said(VIDEO | {"status": status, "error": {"code": "c", "message": "why"}}))
    look = await server.client.look("video_1")
    assert (look.final, look.failure) == (True, "why")


async def test_a_broken_connection_is_tried_again_and_told_once(sleeps: list[float]) -> None:
    server = Server(httpx2.ReadError("gone"), httpx2.ReadError("gone"), said(VIDEO))
    assert (await server.client.look("video_1")).id == "video_1"
    assert server.told == ["http://server/v1 does not answer (gone); trying again"]
    assert sleeps == [0.2, 0.4]


async def test_a_create_is_tried_again_under_one_key() -> None:
    server = Server(httpx2.ConnectError("refused"), said({}, 503), said(VIDEO))
    await server.client.create(FilmOrder(fields={"prompt": "x"}))
    assert len({asked.headers["idempotency-key"] for asked in server.asked}) == 1


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_FIRST_PATIENCE_S", 0)
    server = Server(httpx2.ConnectError("refused"))
    with pytest.raises(Unavailable, match="is a server running there"):
        await server.client.create(FilmOrder(fields={}))


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (said(ERROR, 400), RequestRefused, "No such thing"),
        (said(ERROR, 401), InvalidKey, "No such thing .give --key or OPENAI_API_KEY"),
        (httpx2.Response(404, text="<html>"), RequestRefused, "answered 404 Not Found"),
        (httpx2.Response(200, text="<html>"), RequestRefused, "did not answer with JSON"),
        (said([1]), RequestRefused, "did not answer with an object"),
        (said({"id": "x"}), RequestRefused, "did not answer with a video"),
    ],
)
async def test_a_no_is_said_in_the_servers_words(
    answer: httpx2.Response, kind: type[FilmgateError], says: str
) -> None:
    with pytest.raises(kind, match=says):
        await Server(answer).client.look("video_1")


async def test_a_download_that_breaks_starts_again() -> None:
    class Breaks(httpx2.AsyncByteStream):
        async def __aiter__(self) -> Any:
            yield b"half"
            raise httpx2.ReadError("gone")

    server = Server(httpx2.Response(200, stream=Breaks()), httpx2.Response(200, content=b"whole"))
    file = BytesIO()
    await server.client.download("video_1", 1, file)
    assert file.getvalue() == b"whole"
    assert server.asked[0].url.params["index"] == "1"


async def test_a_download_that_is_refused_says_why() -> None:
    file = BytesIO()
    with pytest.raises(RequestRefused, match="No such thing"):
        await Server(said(ERROR, 404)).client.download("video_1", 0, file)
    assert file.getvalue() == b""


async def test_models_that_are_no_list_are_refused() -> None:
    with pytest.raises(RequestRefused, match="does not list models"):
        await Server(said({"data": None})).client.models()
