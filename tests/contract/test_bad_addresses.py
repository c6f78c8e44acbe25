"""Picture URLs that must not be followed: 400, which rule, the caller's spelling, and no trace."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.contract import bodies
from tests.contract.bodies import JSON, MULTIPART, as_json, form
from tests.contract.harness import SORA, Server, Stock, running, settings_for
from tests.unit.net.origins import Answer, redirects, says, serving, trickles

LOOPBACK = "127.0.0.1/32"
ENDLESS = trickles(bytes(1 << 16), 0)
PICTURE = bodies.picture()


@asynccontextmanager
async def reaching(stock: Stock, tmp_path: Path, *networks: str) -> AsyncIterator[Server]:
    """A server whose operator lets picture URLs reach these ranges."""
    data = stock.copied("bare", tmp_path / "reaching")
    settings = settings_for(data, allowed_networks=networks, max_picture_mib=1)
    async with running(settings, stock.document) as server:
        yield server


async def refused(server: Server, url: str, name: str = "image") -> str:
    """Ask for a video with a picture at `url`; return what the refusal says."""
    with server.untouched():
        body = {"content": as_json(SORA | {name: url}), "headers": {"content-type": JSON}}
        answer = await server.client.post("/v1/videos", **body)  # type: ignore[arg-type]
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, "image_fetch_failed"), answer.text
    assert error["param"] == name
    message: str = error["message"]
    return message


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://127.0.0.1/cat.png", "loopback"),
        ("http://127.0.0.1:1/cat.png", "loopback"),
        ("https://127.255.255.254/", "loopback"),
        ("HTTP://127.0.0.1/", "loopback"),
        ("http://2130706433/", "loopback"),
        ("http://0x7f.1/", "loopback"),
        ("http://[::1]/", "loopback"),
        ("http://[::ffff:127.0.0.1]/", "loopback"),
        ("http://localhost/", "loopback"),
        ("http://10.0.0.1/", "private"),
        ("http://192.168.0.1/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://0.0.0.0/", "unspecified"),
        ("http://224.0.0.1/", "multicast"),
        ("http://192.0.2.1/", "documentation"),
        ("http://[fd00::1]/", "unique-local"),
        ("http://user:word@127.0.0.1/", "user name or password"),
        ("http://", "not a valid"),
        ("http://:80/", "not a valid"),
        ("http://127.0.0.1:99999/", "not a valid"),
        ("http://exa mple/", ""),
        ("http://\0/", ""),
        ("http://\ud800/", ""),
    ],
)
async def test_an_address_that_a_rule_forbids(bare: Server, url: str, rule: str) -> None:
    assert rule in await refused(bare, url)


@pytest.mark.parametrize("name", ["image", "input_reference", "image_reference"])
async def test_the_field_is_named_as_the_caller_spelled_it(bare: Server, name: str) -> None:
    await refused(bare, "http://127.0.0.1/", name)


async def test_a_form_is_held_to_the_same_rules(bare: Server) -> None:
    body = form(SORA | {"input_reference[image_url]": "http://127.0.0.1/"})
    with bare.untouched():
        headers = {"content-type": MULTIPART}
        answer = await bare.client.post("/v1/videos", content=body, headers=headers)
    assert answer.json()["error"]["param"] == "input_reference"


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.216.34", "10.0.0.7"], ["::1"]])
async def test_a_name_that_resolves_to_what_is_forbidden(
    bare: Server, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    monkeypatch.setattr("filmgate.net.guard._look_up", lambda host, port: answers)
    message = await refused(bare, "http://pictures.example/cat.png")
    assert "addresses are not allowed" in message
    assert not any(answer in message for answer in answers)


async def test_a_name_that_resolves_to_nothing(
    bare: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror("no such name")

    monkeypatch.setattr("filmgate.net.guard._look_up", nothing)
    await refused(bare, "http://nowhere.example/cat.png")


async def test_an_address_where_nobody_listens(stock: Stock, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with reaching(stock, tmp_path, LOOPBACK) as server:
            message = await refused(server, f"http://127.0.0.1:{port}/cat.png")
    assert "could not be reached" in message


ORIGINS: dict[str, tuple[Answer, str]] = {
    "redirect-to-loopback": (redirects("http://127.0.0.2/cat.png"), "loopback"),
    "redirect-to-private": (redirects("http://10.0.0.1/cat.png"), "private"),
    "redirect-to-a-file": (redirects("file:///etc/passwd"), "only http and https"),
    "redirect-without-end": (redirects("/again"), "more than 3 redirects"),
    "endless": (ENDLESS, "larger than 1048576 bytes"),
    "said-to-be-large": (says(b"x", content_length=str(2 << 20)), "larger than 1048576 bytes"),
    "not-found": (says(b"gone", status="404 Not Found"), "no image"),
    "empty": (says(b""), "no image"),
    "compressed": (says(b"x", content_encoding="gzip"), "compressed"),
}


@pytest.mark.parametrize(("origin", "rule"), ORIGINS.values(), ids=ORIGINS.keys())
async def test_an_address_that_answers_badly(
    stock: Stock, tmp_path: Path, origin: Answer, rule: str
) -> None:
    async with reaching(stock, tmp_path, LOOPBACK) as server, serving(origin) as found:
        assert rule in await refused(server, found.url)


@pytest.mark.parametrize("data", [b"<html>", bodies.SVG, bodies.animated_gif(), PICTURE[:-20]])
async def test_an_address_that_holds_no_picture(stock: Stock, tmp_path: Path, data: bytes) -> None:
    async with reaching(stock, tmp_path, LOOPBACK) as server, serving(says(data)) as found:
        with server.untouched():
            fields = SORA | {"input_reference": found.url}
            answer = await server.client.post("/v1/videos", json=fields)
    error = answer.json()["error"]
    assert (error["code"], error["param"]) == ("invalid_image", "input_reference")


async def test_an_address_that_the_operator_allows(stock: Stock, tmp_path: Path) -> None:
    async with reaching(stock, tmp_path, LOOPBACK) as server, serving(says(PICTURE)) as found:
        video = await server.create(image=found.url)
        assert await server.house.blobs.get(f"videos/{video['id']}/picture") == PICTURE
