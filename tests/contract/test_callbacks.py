"""Where upstreams ring: open to whoever has the address, and good for nothing but a look."""

import pytest
from tests.contract.harness import KEY, Server, Stock

from filmgate.store.sqlite import SqliteDatabase


async def heard(server: Server, worker: str) -> list[float]:
    return [at for at in (await server.house.queue.leases(worker)).values() if at is not None]


async def worker_of(server: Server, stock: Stock) -> str:
    caller = await server.house.keys.identify(KEY)
    video = await server.house.videos.get(caller, stock.ids["running"])
    assert video.worker_id is not None
    return video.worker_id


async def test_a_ring_is_heard_without_a_key(server: Server, stock: Stock) -> None:
    worker = await worker_of(server, stock)
    path = await server.house.queue.callback_path(f"{stock.ids['running']}-0-1")
    async with server.caller() as stranger:
        for body in (b"", b"{}", b"\xff no json", b'{"status": "failed", "id": "another"}'):
            answer = await stranger.post(path, content=body)
            assert answer.json() == {"object": "callback", "received": True}
    assert len(await heard(server, worker)) == 1
    seen = await server.seen(stock.ids["running"])
    assert seen["status"] == "processing", "nothing that a ring says is believed"


async def test_a_forged_one_costs_nothing(
    server: Server, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def untouched(*_: object) -> None:
        raise AssertionError("the database was asked")

    genuine = await server.house.queue.callback_path(f"{stock.ids['running']}-0-1")
    signature = genuine.rpartition("/")[2]
    with monkeypatch.context() as quiet:
        quiet.setattr(SqliteDatabase, "read", untouched)
        quiet.setattr(SqliteDatabase, "write", untouched)
        async with server.caller() as stranger:
            for tag, sign in (
                (f"{stock.ids['running']}-0-2", signature),
                (f"{stock.ids['running']}-0-1", "0" * 64),
                (f"{stock.ids['running']}-0-1", "%C3%BC"),
            ):
                answer = await stranger.post(f"/v1/callbacks/{tag}/{sign}")
                assert answer.status_code == 404


async def test_one_that_comes_again_or_too_late_writes_nothing(
    server: Server, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def untouched(*_: object) -> None:
        raise AssertionError("something was written")

    again = await server.house.queue.callback_path(f"{stock.ids['running']}-0-1")
    late = await server.house.queue.callback_path(f"{stock.ids['finished']}-0-1")
    assert (await server.client.post(again)).status_code == 200
    with monkeypatch.context() as quiet:
        quiet.setattr(SqliteDatabase, "write", untouched)
        for path in (again, late):
            assert (await server.client.post(path)).status_code == 200
