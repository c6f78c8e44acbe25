"""Bodies that stand still, and how many connections there may be."""

import asyncio
import resource

import pytest
from starlette.types import Message, Receive, Scope, Send

from filmgate.processes import connections
from filmgate.processes.connections import Patient, most_connections, raise_descriptor_limit
from filmgate.testing.clock import ManualClock

SCOPE: Scope = {"type": "http"}


class Caller:
    """Sends pieces of a body, then stands still."""

    def __init__(self, *pieces: bytes, last: bool = False) -> None:
        self.messages: list[Message] = [
            {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
        ]
        if last:
            self.messages[-1]["more_body"] = False
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        if self.messages:
            return self.messages.pop(0)
        await asyncio.get_running_loop().create_future()
        raise AssertionError("it stands still for ever")

    async def send(self, message: Message) -> None:
        self.heard.append(message)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and says how it ended."""
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["type"].encode()})


async def test_a_whole_body_passes_and_its_connection_is_kept() -> None:
    caller = Caller(b"one", b"two", last=True)
    await Patient(app, ManualClock())(SCOPE, caller.receive, caller.send)
    assert caller.heard[0]["headers"] == [(b"server", b"")]
    assert caller.heard[1]["body"] == b"http.request"


async def test_a_body_that_stands_still_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STILL_S", 0.01)
    caller = Caller(b"one")
    await Patient(app, ManualClock())(SCOPE, caller.receive, caller.send)
    assert caller.heard[0]["headers"] == [(b"server", b""), (b"connection", b"close")]
    assert caller.heard[1]["body"] == b"http.disconnect"


async def test_a_body_that_trickles_is_ended_although_it_moves() -> None:
    caller, clock = Caller(*[b"."] * 1000), ManualClock()

    async def trickle() -> Message:
        clock.advance(10)
        await asyncio.sleep(0)
        return await caller.receive()

    await Patient(app, clock)(SCOPE, trickle, caller.send)
    assert caller.heard[1]["body"] == b"http.disconnect"
    assert len(caller.messages) > 990


async def test_after_its_body_a_request_may_wait_for_as_long_as_it_likes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "STILL_S", 0.01)

    async def waits(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(receive(), 0.05)

    caller = Caller(b"all", last=True)
    await Patient(waits, ManualClock())(SCOPE, caller.receive, caller.send)


@pytest.mark.parametrize(
    ("soft", "most"), [(20_000, 19_488), (1024, 512), (256, 128), (10**6, 20_000)]
)
def test_connections_leave_descriptors_for_the_rest(
    monkeypatch: pytest.MonkeyPatch, soft: int, most: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert most_connections() == most


@pytest.mark.parametrize(
    ("soft", "hard", "then"),
    [
        (1024, 4096, [(4096, 4096)]),
        (1024, resource.RLIM_INFINITY, [(65_536, resource.RLIM_INFINITY)]),
        (10**6, 10**6, []),
        (4096, 4096, []),
    ],
)
def test_the_limit_of_descriptors_is_raised_never_lowered(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, then: list[tuple[int, int]]
) -> None:
    said: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: said.append(limits))
    raise_descriptor_limit()
    assert said == then
