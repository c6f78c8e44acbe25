"""Accounts, keys and scopes: who may what, and that nothing leaks from one to another."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.contract.harness import KEY, OTHER_KEY, SORA, Server, Stock

from filmgate.domain.account import Scope

ADMIN = "/v1/admin/accounts"
TRUST_S = 0.5


async def made(server: Server, path: str, **body: Any) -> dict[str, Any]:
    answer = await server.client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
async def ann(bare: Server) -> dict[str, Any]:
    return await made(bare, ADMIN, name="ann")


async def key_of(server: Server, account: dict[str, Any], **body: Any) -> dict[str, Any]:
    return await made(server, f"{ADMIN}/{account['id']}/keys", **body)


async def asked(server: Server, key: str, method: str, path: str, **more: Any) -> httpx2.Response:
    async with server.caller({"authorization": f"Bearer {key}"}) as caller:
        return await caller.request(method, path, **more)


async def code_of(server: Server, key: str, method: str = "GET", path: str = "/v1/videos") -> str:
    answer = await asked(server, key, method, path)
    return "ok" if answer.is_success else answer.json()["error"]["code"]


async def test_an_account_is_opened_seen_and_changed(bare: Server, ann: dict[str, Any]) -> None:
    assert (ann["billing"], ann["balance_usd"], ann["max_running"]) == ("prepaid", "0.000000", None)
    path = f"{ADMIN}/{ann['id']}"
    change = {"billing": "postpaid", "ceiling_usd": "2.5", "max_queued": 7, "retention_hours": 48}
    changed = (await bare.client.patch(path, json=change)).json()
    assert (changed["ceiling_usd"], changed["available_usd"]) == ("2.500000", "2.500000")
    assert (changed["max_queued"], changed["retention_hours"], changed["name"]) == (7, 48, "ann")
    assert (await bare.client.get(path)).json() == changed
    listed = (await bare.client.get(ADMIN)).json()["data"]
    assert {"acct_first", "acct_second", ann["id"]} == {account["id"] for account in listed}


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        ({}, "missing_required_parameter", "name"),
        ({"name": "x", "cieling_usd": "1"}, "unknown_parameter", "cieling_usd"),
        ({"name": "x", "ceiling_usd": "-1"}, "invalid_parameter", "ceiling_usd"),
        ({"name": "x", "ceiling_usd": "0.0000001"}, "invalid_parameter", "ceiling_usd"),
        ({"name": "x", "billing": "never"}, "invalid_parameter", "billing"),
        ({"name": "x", "max_queued": -1}, "invalid_parameter", "max_queued"),
    ],
)
async def test_wrong_terms_are_named(
    bare: Server, body: dict[str, Any], code: str, param: str
) -> None:
    error = (await bare.client.post(ADMIN, json=body)).json()["error"]
    assert (error["code"], error["param"]) == (code, param)


async def test_a_key_is_shown_once_and_stored_as_a_hash(bare: Server, ann: dict[str, Any]) -> None:
    fresh = await key_of(bare, ann, name="laptop")
    assert fresh["scopes"] == ["videos:read", "videos:write", "usage:read", "keys"]
    listed = (await bare.client.get(f"{ADMIN}/{ann['id']}/keys")).json()["data"]
    assert listed == [{name: value for name, value in fresh.items() if name != "key"}]
    assert fresh["key"].startswith(fresh["prefix"])
    assert fresh["key"] not in str(bare.stored())


async def test_every_dead_key_says_what_it_is(bare: Server, ann: dict[str, Any]) -> None:
    soon = bare.clock.now() + 10
    lasting = await key_of(bare, ann)
    brief, taken = await key_of(bare, ann, expires_at=soon), await key_of(bare, ann)
    keys = [lasting["key"], brief["key"], taken["key"]]
    assert [await code_of(bare, key) for key in keys] == ["ok"] * 3
    await bare.client.delete(f"/v1/admin/keys/{taken['id']}")
    bare.clock.advance(10)
    assert [await code_of(bare, key) for key in keys] == [
        "ok", "invalid_api_key", "invalid_api_key",
    ]  # fmt: skip
    await bare.client.post(f"{ADMIN}/{ann['id']}/disable")
    bare.clock.advance(TRUST_S)
    assert await code_of(bare, lasting["key"]) == "account_disabled"
    await bare.client.post(f"{ADMIN}/{ann['id']}/enable")
    assert await code_of(bare, lasting["key"]) == "ok"
    assert await code_of(bare, "nonsense") == "invalid_api_key"


async def test_links_of_a_disabled_account_open_nothing(bare: Server) -> None:
    owner = {"authorization": f"Bearer {OTHER_KEY}"}
    async with asyncio.timeout(120), bare.working(), bare.caller(owner) as caller:
        video = (await caller.post("/v1/videos", json=SORA)).json()
        while video["status"] != "completed":
            assert video["status"] != "failed", video
            await asyncio.sleep(0.02)
            video = (await caller.get(f"/v1/videos/{video['id']}")).json()
    async with bare.caller({}) as nobody:
        assert (await nobody.get(video["url"])).status_code == 200
        await bare.client.post(f"{ADMIN}/acct_second/disable")
        refused = await nobody.get(video["url"])
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "account_disabled")


REQUESTS = [
    ("GET", "/v1/videos", Scope.VIDEOS_READ),
    ("GET", "/videos", Scope.VIDEOS_READ),
    ("GET", "/v1/videos/x", Scope.VIDEOS_READ),
    ("GET", "/openai/v1/videos/x", Scope.VIDEOS_READ),
    ("GET", "/v1/videos/x/content", Scope.VIDEOS_READ),
    ("HEAD", "/v1/videos/x/content", Scope.VIDEOS_READ),
    ("GET", "/v1/videos/x/content/video.mp4", Scope.VIDEOS_READ),
    ("GET", "/v1/models", Scope.VIDEOS_READ),
    ("GET", "/v1/models/sora-2", Scope.VIDEOS_READ),
    ("POST", "/v1/videos", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos?dry_run=true", Scope.VIDEOS_WRITE),
    ("POST", "/openai/videos", Scope.VIDEOS_WRITE),
    ("DELETE", "/v1/videos/x", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/x/cancel", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/x/remix", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/remix", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/edits", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/extensions", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/sync", Scope.VIDEOS_WRITE),
    ("POST", "/v1/videos/characters", Scope.VIDEOS_WRITE),
    ("GET", "/v1/videos/characters/x", Scope.VIDEOS_READ),
    ("DELETE", "/v1/videos/characters/x", Scope.VIDEOS_WRITE),
    ("GET", "/v1/videos/x/events", Scope.VIDEOS_READ),
    ("GET", "/v1/files", Scope.VIDEOS_READ),
    ("POST", "/v1/files", Scope.VIDEOS_WRITE),
    ("GET", "/v1/files/x", Scope.VIDEOS_READ),
    ("DELETE", "/v1/files/x", Scope.VIDEOS_WRITE),
    ("GET", "/v1/files/x/content", Scope.VIDEOS_READ),
    ("GET", "/v1/batches", Scope.VIDEOS_READ),
    ("POST", "/v1/batches", Scope.VIDEOS_WRITE),
    ("GET", "/v1/batches/x", Scope.VIDEOS_READ),
    ("POST", "/v1/batches/x/cancel", Scope.VIDEOS_WRITE),
    ("GET", "/v1/webhook_event_types", Scope.VIDEOS_READ),
    ("GET", "/v1/webhook_endpoints", Scope.VIDEOS_READ),
    ("GET", "/webhook_endpoints", Scope.VIDEOS_READ),
    ("GET", "/v1/webhook_endpoints/x", Scope.VIDEOS_READ),
    ("GET", "/v1/webhook_endpoints/x/deliveries", Scope.VIDEOS_READ),
    ("POST", "/v1/webhook_endpoints", Scope.VIDEOS_WRITE),
    ("POST", "/v1/webhook_endpoints/x", Scope.VIDEOS_WRITE),
    ("DELETE", "/v1/webhook_endpoints/x", Scope.VIDEOS_WRITE),
    ("POST", "/v1/webhook_endpoints/x/rotate_secret", Scope.VIDEOS_WRITE),
    ("POST", "/v1/webhook_endpoints/x/test", Scope.VIDEOS_WRITE),
    ("GET", "/v1/keys", Scope.KEYS),
    ("POST", "/v1/keys", Scope.KEYS),
    ("POST", "/v1/keys/x/rotate", Scope.KEYS),
    ("DELETE", "/v1/keys/x", Scope.KEYS),
    ("GET", "/v1/admin/status", Scope.ADMIN),
    ("GET", "/v1/admin/videos", Scope.ADMIN),
    ("GET", "/v1/admin/audit", Scope.ADMIN),
    ("GET", "/v1/balance", Scope.USAGE_READ),
    ("GET", "/v1/usage", Scope.USAGE_READ),
    ("GET", "/usage", Scope.USAGE_READ),
    ("GET", "/openai/v1/usage", Scope.USAGE_READ),
    ("GET", ADMIN, Scope.ADMIN),
    ("POST", ADMIN, Scope.ADMIN),
    ("GET", "/openai/admin/accounts", Scope.ADMIN),
    ("GET", f"{ADMIN}/acct_first", Scope.ADMIN),
    ("PATCH", f"{ADMIN}/acct_first", Scope.ADMIN),
    ("POST", f"{ADMIN}/acct_first/disable", Scope.ADMIN),
    ("POST", f"{ADMIN}/acct_first/enable", Scope.ADMIN),
    ("POST", f"{ADMIN}/acct_first/credit", Scope.ADMIN),
    ("GET", f"{ADMIN}/acct_first/entries", Scope.ADMIN),
    ("GET", f"{ADMIN}/acct_first/usage", Scope.ADMIN),
    ("POST", f"{ADMIN}/acct_first/keys", Scope.ADMIN),
    ("GET", f"{ADMIN}/acct_first/keys", Scope.ADMIN),
    ("DELETE", "/v1/admin/keys/x", Scope.ADMIN),
    ("POST", "/v1/admin/keys/x/rotate", Scope.ADMIN),
    ("GET", "/v1/admin/drifts", Scope.ADMIN),
    ("GET", "/v1/admin/upstreams", Scope.ADMIN),
    ("GET", "/v1/admin/doctor", Scope.ADMIN),
]


def test_the_walk_leaves_out_no_route(stock: Stock) -> None:
    walked = {(method, path.partition("?")[0]) for method, path, _ in REQUESTS}
    for path, item in stock.document.content["paths"].items():
        one = path
        for hole, word in HOLES.items():
            one = one.replace(hole, word)
        for method in item if path.startswith("/v1/") and path not in UNWALKED else ():
            method = "get" if method == "head" else method
            assert (method.upper(), one) in walked


UNWALKED = {"/v1/me", "/v1/events", "/v1/callbacks/{tag}/{signature}"}
"""Any key opens the first; the second is a stream that does not end; the third takes no key."""
HOLES = {
    "{video_id}": "x",
    "{endpoint_id}": "x",
    "{model_id}": "sora-2",
    "{account_id}": "acct_first",
    "{key_id}": "x",
    "{file_id}": "x",
    "{character_id}": "x",
    "{batch_id}": "x",
    "{file}": "video.mp4",
}


@pytest.mark.parametrize("scope", Scope)
async def test_a_key_opens_its_scope_alone(bare: Server, ann: dict[str, Any], scope: Scope) -> None:
    """Every route; a key that lacks the scope is told so, before anything else is looked at."""
    key = (await key_of(bare, ann, scopes=[scope]))["key"]
    with bare.untouched():
        for method, path, needed in REQUESTS:
            if needed is not scope:
                answer = await asked(bare, key, method, path, json=SORA)
                assert answer.status_code == 403, (method, path)
                assert method == "HEAD" or str(needed) in answer.json()["error"]["message"]
    for method, path, needed in REQUESTS:
        if needed is scope and method in ("GET", "HEAD"):
            answer = await asked(bare, key, method, path)
            assert answer.status_code in (200, 404), (method, path)


@pytest.fixture
async def foreign(server: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with server.caller({"authorization": f"Bearer {OTHER_KEY}"}) as other:
        yield other


@pytest.mark.parametrize("name", ["finished", "running", "waiting", "failed"])
async def test_another_account_s_video_is_not_there(
    server: Server, stock: Stock, foreign: httpx2.AsyncClient, name: str
) -> None:
    path = f"/v1/videos/{stock.ids[name]}"
    before = await server.seen(stock.ids[name])
    for method, rest in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/cancel"),
        ("GET", "/content"),
        ("HEAD", "/content"),
        ("GET", f"?after={stock.ids[name]}"),
    ):
        answer = await foreign.request(method, path + rest)
        assert answer.status_code == 404, (method, rest)
    assert (await foreign.get(f"/v1/videos?after={stock.ids[name]}")).status_code == 400
    assert stock.ids[name] not in (await foreign.get("/v1/videos?limit=100")).text
    assert await server.seen(stock.ids[name]) == before


async def test_another_account_s_money_is_not_there(
    server: Server, foreign: httpx2.AsyncClient
) -> None:
    mine = (await server.client.get("/v1/balance")).json()
    theirs = (await foreign.get("/v1/balance")).json()
    assert mine["account_id"] == "acct_first"
    assert theirs["account_id"] == "acct_second"
    assert (await foreign.get("/v1/usage")).json()["data"] == []
    assert (await server.client.get("/v1/usage")).json()["total"]["videos"] == 2


async def test_a_deleted_video_s_link_is_dead(server: Server, stock: Stock) -> None:
    link = (await server.seen(stock.ids["finished"]))["url"]
    async with server.caller() as nobody:
        assert (await nobody.get(link)).status_code == 200
        await server.client.delete(f"/v1/videos/{stock.ids['finished']}")
        assert (await nobody.get(link)).status_code == 404


async def test_a_link_needs_no_scope(server: Server, stock: Stock) -> None:
    account = {"id": "acct_first"}
    key = (await key_of(server, account, scopes=["usage:read"]))["key"]
    link = (await server.seen(stock.ids["finished"]))["url"]
    assert (await asked(server, key, "GET", link)).status_code == 200
    assert (await asked(server, KEY, "GET", link)).status_code == 200
