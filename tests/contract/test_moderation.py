"""An operator's judge sees each request before anything is stored, and its word holds."""

import asyncio
import base64
import io
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.contract.harness import SORA, Server, Stock, running, settings_for

from filmgate import settings
from filmgate.errors import SettingsError

Start = Callable[..., AbstractAsyncContextManager[Server]]

JUDGE = """
import json, sys
case = json.load(sys.stdin)
open(sys.argv[1], "w").write(json.dumps(case))
bad = "weapon" in case["prompt"]
print(json.dumps({"allow": not bad, "reason": "No weapons here" if bad else None}))
"""


@pytest.fixture
def start(stock: Stock, tmp_path: Path) -> Start:
    """An application with these settings."""

    @asynccontextmanager
    async def started(**given: Any) -> AsyncIterator[Server]:
        config = settings_for(stock.copied("bare", tmp_path / "data"), **given)
        async with running(config, stock.document) as server:
            yield server

    return started


def command(tmp_path: Path, source: str) -> str:
    file = tmp_path / "judge.py"
    file.write_text(source)
    return f"'{sys.executable}' '{file}' '{tmp_path / 'seen'}'"


def a_picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (128, 128), "red").save(held, "PNG")
    return held.getvalue()


async def test_a_command_sees_prompt_and_picture_and_allows(start: Start, tmp_path: Path) -> None:
    picture = a_picture()
    async with start(moderation_command=command(tmp_path, JUDGE)) as server:
        await server.create(user="eve", image=base64.b64encode(picture).decode())
    seen = json.loads((tmp_path / "seen").read_text())
    assert (seen["prompt"], seen["user"], seen["model"]) == (SORA["prompt"], "eve", "sora-1.0")
    assert seen["account_id"].startswith("acct_")
    assert base64.b64decode(seen["picture"]) == picture


async def test_what_it_denies_is_a_400_with_its_reason_and_nothing_is_stored(
    start: Start, tmp_path: Path
) -> None:
    async with start(moderation_command=command(tmp_path, JUDGE)) as server:
        with server.untouched():
            body = SORA | {"prompt": "a weapon", "image": base64.b64encode(a_picture()).decode()}
            answer = await server.client.post("/v1/videos", json=body)
            (tmp_path / "seen").unlink()
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["message"]) == ("content_policy_violation", "No weapons here")


FAILURES = {
    "exit": "raise SystemExit(3)",
    "crash": "raise RuntimeError('it broke')",
    "silence": "",
    "no json": "print('yes')",
    "no verdict": 'print(\'{"allow": "yes"}\')',
    "a list": "print('[true]')",
    "too slow": "import time; time.sleep(60)",
    "a child": "import subprocess; subprocess.run(['sleep', '60'])",
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_command_that_fails_closes_the_door(
    start: Start, tmp_path: Path, failure: str
) -> None:
    line = command(tmp_path, FAILURES[failure])
    async with start(moderation_command=line, moderation_timeout_s=1) as server:
        with server.untouched():
            answer = await server.client.post("/v1/videos", json=SORA)
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert "retry-after" in answer.headers


async def test_a_command_that_is_not_there_closes_it_too(start: Start) -> None:
    async with start(moderation_command="/no/such/judge") as server:
        assert (await server.client.post("/v1/videos", json=SORA)).status_code == 503


async def test_an_open_door_lets_pass_and_says_so_in_the_log(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    line = command(tmp_path, FAILURES["exit"])
    async with start(moderation_command=line, moderation_failure="open") as server:
        await server.create(prompt="a private matter")
    assert "the moderator failed (open): the command ended with 3" in caplog.text
    assert "private matter" not in caplog.text


async def test_a_denied_prompt_is_in_no_log(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with start(moderation_command=command(tmp_path, JUDGE)) as server:
            await server.client.post("/v1/videos", json=SORA | {"prompt": "my own weapon"})
    assert "my own weapon" not in caplog.text


@asynccontextmanager
async def judging(answer: bytes, status: str = "200 OK") -> AsyncIterator[tuple[str, list[Any]]]:
    """A judge at an address on this machine: its URL, and the cases that it saw."""
    cases: list[Any] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        cases.append(json.loads(await reader.readexactly(length)))
        fields = f"content-length: {len(answer)}\r\nlocation: /elsewhere\r\nconnection: close"
        writer.write(f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode() + answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/judge", cases
    finally:
        server.close()


async def test_an_address_allows_and_denies(start: Start) -> None:
    async with judging(b'{"allow": true}') as (url, cases), start(moderation_url=url) as server:
        await server.create()
        assert cases[0]["prompt"] == SORA["prompt"]
        assert cases[0]["picture"] is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [("", "content policy"), (', "reason": 7', "content policy"), (', "reason": "\\ud83d"', "?")],
)
async def test_an_address_denies_whatever_its_reason(start: Start, reason: str, told: str) -> None:
    verdict = f'{{"allow": false{reason}}}'.encode()
    async with judging(verdict) as (url, _), start(moderation_url=url) as server:
        answer = await server.client.post("/v1/videos", json=SORA)
    assert answer.json()["error"]["code"] == "content_policy_violation"
    assert told in answer.json()["error"]["message"]


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found", "500 Oops", "204 No Content"])
async def test_only_a_200_is_a_verdict(start: Start, status: str) -> None:
    async with (
        judging(b'{"allow": true}', status) as (url, cases),
        start(moderation_url=url) as server,
    ):
        assert (await server.client.post("/v1/videos", json=SORA)).status_code == 503
        assert len(cases) == 1


async def test_a_judge_that_says_too_much_is_none(start: Start) -> None:
    long = b'{"allow": true, "x": "' + b"x" * 70_000 + b'"}'
    async with judging(long) as (url, _), start(moderation_url=url) as server:
        assert (await server.client.post("/v1/videos", json=SORA)).status_code == 503


async def test_a_judge_that_is_away_is_none(start: Start) -> None:
    async with judging(b"") as (url, _):
        pass
    async with start(moderation_url=url) as server:
        assert (await server.client.post("/v1/videos", json=SORA)).status_code == 503


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"moderation_command": "x", "moderation_url": "http://x"}, "give one of them"),
        ({"moderation_command": "'x"}, "moderation_command cannot be read"),
        ({"moderation_command": " "}, "moderation_command is empty"),
        ({"moderation_url": "ftp://x"}, "moderation_url is"),
    ],
)
def test_settings_that_name_no_judge_stop_the_start(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        settings.load(**given)
