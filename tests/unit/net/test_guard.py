import asyncio
import threading
from ipaddress import ip_network

import httpx2
import pytest
from tests.unit.net.origins import LOOPBACK, Script, redirects, says, serving

from filmgate.net import guard
from filmgate.net.guard import AddressRefused, GuardedBackend, guarded_client, resolve


async def test_a_refusal_is_a_connect_error_that_names_the_rule_only() -> None:
    async with guarded_client(resolver=Script([["10.1.2.3"]])) as client:
        with pytest.raises(httpx2.ConnectError) as caught:
            await client.get("http://inside.test/")
    assert isinstance(caught.value, AddressRefused)
    assert str(caught.value) == "private addresses are not allowed"


async def test_the_client_posts_and_follows_no_redirect() -> None:
    async with serving(redirects("/x")) as origin, guarded_client(allowed=LOOPBACK) as client:
        answer = await client.post(origin.url, content=b"event")
    assert answer.status_code == 302
    assert len(origin.heads) == 1
    assert origin.heads[0].startswith(b"POST / ")


async def test_a_time_limit_comes_as_httpx2_says_it() -> None:
    async def silent(head: bytes, writer: object) -> None:
        await asyncio.sleep(60)

    async with serving(silent) as origin, guarded_client(allowed=LOOPBACK, timeout=0.1) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.get(origin.url)


@pytest.mark.parametrize("scheme", ["ws", "wss", "ftp", "file"])
async def test_the_transport_itself_refuses_other_schemes(scheme: str) -> None:
    async with guarded_client(allowed=[ip_network("0.0.0.0/0")]) as client:
        with pytest.raises(httpx2.UnsupportedProtocol):
            await client.get(f"{scheme}://127.0.0.1/")


async def test_no_unix_socket_is_reached() -> None:
    with pytest.raises(AddressRefused):
        await GuardedBackend((), resolve).connect_unix_socket("/run/docker.sock")


async def test_each_new_connection_looks_its_name_up() -> None:
    resolver = Script([["127.0.0.1"]])
    async with (
        serving(says(b"ok", connection="close")) as origin,
        guarded_client(allowed=LOOPBACK, resolver=resolver) as client,
    ):
        for _ in range(2):
            assert (await client.get(f"http://a.test:{origin.port}/")).content == b"ok"
    assert resolver.asked == ["a.test", "a.test"]


async def test_the_system_resolver_gives_addresses_and_refuses_with_os_error() -> None:
    assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]
    assert await resolve("0x7f.1", 80) == ["127.0.0.1"]
    with pytest.raises(OSError):
        await resolve("a..b", 80)


async def test_a_silent_name_server_has_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(guard, "LOOKUP_S", 0.05)
    monkeypatch.setattr(guard, "_look_up", lambda host, port: answered.wait(10) and [])
    try:
        with pytest.raises(OSError):
            await resolve("slow.test", 80)
    finally:
        answered.set()


async def test_slow_names_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def look_up(host: str, port: int) -> object:
        return ["203.0.113.1"] if host == "quick.test" else answered.wait(10) and []

    monkeypatch.setattr(guard, "_look_up", look_up)
    slow = [asyncio.create_task(resolve(f"slow{number}.test", 80)) for number in range(32)]
    try:
        await asyncio.sleep(0)
        assert await resolve("quick.test", 80) == ["203.0.113.1"]
    finally:
        answered.set()
        await asyncio.gather(*slow)
