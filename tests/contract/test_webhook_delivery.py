"""A real courier, real receivers, and the official SDK on the other side."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import InvalidWebhookSignatureError
from tests.contract.harness import BASE_URL, KEY, Server, Stock, running, settings_for

from filmgate.testing.clock import ManualClock
from filmgate.workers.courier import Courier

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
PATH = "/v1/webhook_endpoints"
BOTH: Any = ["video.completed", "video.failed"]


@dataclass
class Receiver:
    """What arrived at a port, and how it is answered: in turn, the last answer for ever."""

    port: int
    answers: list[Answer]
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@asynccontextmanager
async def receiving(*answers: Answer) -> AsyncIterator[Receiver]:
    receiver = Receiver(0, list(answers))

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
            headers = {
                name.lower(): value for name, value in (line.split(": ", 1) for line in head)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            receiver.got.append((headers, body))
            left = receiver.answers
            await (left.pop(0) if len(left) > 1 else left[0])(writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()


def says(status: str, extra: str = "") -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\n{extra}\r\n".encode())
        await writer.drain()

    return answer


async def silent(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def hangs_up(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


OK = says("200 OK")


@pytest.fixture
async def server(stock: Stock, tmp_path: Path) -> AsyncIterator[Server]:
    """An application at the time that it is, as the SDK wants it, that may reach this machine."""
    settings = settings_for(
        stock.copied("bare", tmp_path / "data"),
        webhook_networks=("127.0.0.1/32",),
        webhook_timeout_s=0.3,
    )
    async with running(settings, stock.document, ManualClock(time.time())) as server:
        yield server


@pytest.fixture
async def sdk(server: Server) -> AsyncIterator[openai.AsyncOpenAI]:
    async with server.caller() as http:
        yield openai.AsyncOpenAI(
            api_key=KEY, base_url=f"{BASE_URL}/v1", http_client=http, max_retries=0
        )


async def cancelled(server: Server) -> str:
    """The id of a video that has ended."""
    video_id: str = (await server.create())["id"]
    await server.client.post(f"/v1/videos/{video_id}/cancel")
    return video_id


async def tell(server: Server) -> None:
    courier = Courier(deliveries=server.house.deliveries)
    await courier.run_once()
    await courier.drain()


async def log(server: Server, endpoint_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        await server.client.get(f"{PATH}/{endpoint_id}/deliveries")
    ).json()["data"]
    return found


async def test_the_sdk_verifies_what_a_real_worker_sends(
    server: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with receiving(OK) as receiver:
        made = await sdk.webhooks.create(name="mine", url=receiver.url, event_types=BOTH)
        async with server.working():
            video = await server.create()
            await server.ended(video["id"])
            async with asyncio.timeout(10):
                while not receiver.got:
                    await asyncio.sleep(0.01)
    headers, body = receiver.got[0]
    event: Any = sdk.webhooks.unwrap(body, headers, secret=made.signing_secret)
    assert (event.object, event.type, event.data.id) == ("event", "video.completed", video["id"])
    assert event.id == headers["webhook-id"]
    with pytest.raises(InvalidWebhookSignatureError):
        sdk.webhooks.unwrap(body + b" ", headers, secret=made.signing_secret)
    (entry,) = await log(server, made.id)
    assert (entry["outcome"], entry["status_code"]) == ("delivered", 200)


async def test_the_sdk_verifies_with_either_secret_while_both_hold(
    server: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with receiving(OK) as receiver:
        old = await sdk.webhooks.create(name="mine", url=receiver.url, event_types=BOTH)
        new = await sdk.webhooks.rotate_secret(old.id, keep_old_secret_active_for_24_hours=True)
        video_id = await cancelled(server)
        await tell(server)
    headers, body = receiver.got[0]
    for secret in (old.signing_secret, new.signing_secret):
        event: Any = sdk.webhooks.unwrap(body, headers, secret=secret)
        assert (event.type, event.data.id) == ("video.failed", video_id)


async def test_a_test_sends_a_signed_sample_and_says_what_came_back(
    server: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with receiving(OK, says("418 I'm a teapot")) as receiver:
        made = await sdk.webhooks.create(name="mine", url=receiver.url, event_types=BOTH)
        result = await sdk.webhooks.test(made.id, event_type="video.completed")
        assert (result.status_code, result.success) == (200, True)
        assert (result.webhook_endpoint_id, result.event_type) == (made.id, "video.completed")
        assert (await sdk.webhooks.test(made.id, event_type="video.failed")).status_code == 418
    headers, body = receiver.got[0]
    event: Any = sdk.webhooks.unwrap(body, headers, secret=made.signing_secret)
    assert event.type == "video.completed"
    assert [entry["outcome"] for entry in await log(server, made.id)] == ["tested", "tested"]


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (says("500 Oops"), 500, "answered 500"),
        (says("410 Gone"), 410, "answered 410"),
        (silent, None, "no answer within 0.3 s"),
        (hangs_up, None, "the connection broke before an answer"),
    ],
)
async def test_a_receiver_that_fails_is_told_again_and_then_is_well(
    server: Server, sdk: openai.AsyncOpenAI, answer: Answer, status: int | None, error: str
) -> None:
    async with receiving(answer, OK) as receiver:
        made = await sdk.webhooks.create(name="mine", url=receiver.url, event_types=BOTH)
        await cancelled(server)
        await tell(server)
        server.clock.advance(10)
        await tell(server)
    after, before = await log(server, made.id)
    assert (before["outcome"], before["status_code"], before["error"]) == (
        "retried", status, error,
    )  # fmt: skip
    assert before["next_attempt_at"] is not None
    assert (after["outcome"], after["status_code"], after["attempt"]) == ("delivered", 200, 2)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


async def test_a_redirect_is_a_failure_and_is_never_followed(
    server: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with receiving(OK) as other:
        moved = says("307 Temporary Redirect", f"location: {other.url}\r\n")
        async with receiving(moved) as receiver:
            made = await sdk.webhooks.create(name="mine", url=receiver.url, event_types=BOTH)
            await cancelled(server)
            await tell(server)
    (entry,) = await log(server, made.id)
    assert entry["error"] == "answered 307; redirects are not followed"
    assert other.got == []


async def test_an_address_that_nobody_answers_at_is_put_off(
    server: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with receiving(OK) as receiver:
        url = receiver.url
    made = await sdk.webhooks.create(name="mine", url=url, event_types=BOTH)
    await cancelled(server)
    await tell(server)
    (entry,) = await log(server, made.id)
    assert entry["error"] == "it could not be reached"
    seen = (await server.client.get(f"{PATH}/{made.id}")).json()
    assert seen["failing_since"] == int(server.clock.now())
