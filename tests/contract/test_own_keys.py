"""Who a key is, and the keys that an account makes, rotates and revokes for itself."""

from typing import Any

import httpx2
import pytest
from tests.contract.harness import Server

from filmgate.errors import Unavailable

TRUST_S = 0.5
READ_ONLY = ["videos:read", "usage:read"]


@pytest.fixture
async def owner(bare: Server) -> dict[str, Any]:
    """A key of an account beside the operator's, as the operator makes it."""
    account = (await bare.client.post("/v1/admin/accounts", json={"name": "ann"})).json()
    path = f"/v1/admin/accounts/{account['id']}/keys"
    made: dict[str, Any] = (await bare.client.post(path, json={"name": "desk"})).json()
    return made


async def ask(
    server: Server, key: dict[str, Any], method: str, path: str, **more: Any
) -> httpx2.Response:
    async with server.caller({"authorization": f"Bearer {key['key']}"}) as caller:
        return await caller.request(method, path, **more)


async def made(server: Server, key: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = await ask(server, key, "POST", "/v1/keys", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def code_of(server: Server, key: dict[str, Any], path: str = "/v1/me") -> str:
    answer = await ask(server, key, "GET", path)
    return "ok" if answer.is_success else answer.json()["error"]["code"]


async def test_every_key_is_told_who_it_is(bare: Server, owner: dict[str, Any]) -> None:
    narrow = await made(bare, owner, name="reports", scopes=["usage:read"])
    me = (await ask(bare, narrow, "GET", "/v1/me")).json()
    assert (me["account_id"], me["account_name"]) == (owner["account_id"], "ann")
    assert (me["key"]["id"], me["key"]["name"]) == (narrow["id"], "reports")
    assert me["key"]["scopes"] == ["usage:read"]
    assert (me["max_running"], me["max_queued"], me["max_per_minute"]) == (4, 100, 60)
    first = (await bare.client.get("/v1/me")).json()
    assert (first["account_id"], first["max_queued"]) == ("acct_first", 0)
    async with bare.caller({}) as nobody:
        assert (await nobody.get("/v1/me")).status_code == 401


async def test_an_account_makes_keys_that_make_none(bare: Server, owner: dict[str, Any]) -> None:
    app = await made(bare, owner, name="app")
    assert app["scopes"] == ["videos:read", "videos:write", "usage:read"]
    assert await code_of(bare, app, "/v1/videos") == "ok"
    assert await code_of(bare, app, "/v1/keys") == "scope_missing"
    listed = (await ask(bare, owner, "GET", "/v1/keys")).json()["data"]
    assert [key["name"] for key in listed] == ["desk", "app"]
    assert "key" not in listed[1]


@pytest.mark.parametrize("scopes", [["admin"], ["videos:read", "admin"]])
async def test_no_key_makes_a_mightier_one(
    bare: Server, owner: dict[str, Any], scopes: list[str]
) -> None:
    answer = await ask(bare, owner, "POST", "/v1/keys", json={"scopes": scopes})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "scope_missing")


async def test_no_key_moves_a_mightier_one(bare: Server) -> None:
    chief = await made_by_first(bare, ["keys", "admin"])
    clerk = await made_by_first(bare, ["keys"])
    for method, path in (("POST", "/rotate"), ("DELETE", "")):
        answer = await ask(bare, clerk, method, f"/v1/keys/{chief['id']}{path}", json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "scope_missing")
    assert await code_of(bare, chief) == "ok"


async def made_by_first(server: Server, scopes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = (await server.client.post("/v1/keys", json={"scopes": scopes})).json()
    return found


async def test_a_key_that_ends_makes_none_that_outlives_it(bare: Server) -> None:
    end = int(bare.clock.now()) + 3600
    body = {"scopes": ["keys", "videos:read"], "expires_at": end}
    brief = (await bare.client.post("/v1/keys", json=body)).json()
    for expires_at in (None, end + 1):
        answer = await ask(
            bare, brief, "POST", "/v1/keys",
            json={"scopes": ["videos:read"], "expires_at": expires_at},
        )  # fmt: skip
        assert answer.json()["error"]["param"] == "expires_at"
    dead = await bare.client.post("/v1/keys", json={"expires_at": int(bare.clock.now())})
    assert dead.json()["error"]["param"] == "expires_at"


async def test_a_rotated_key_is_taken_until_its_overlap_ends(
    bare: Server, owner: dict[str, Any]
) -> None:
    old = await made(bare, owner, name="app", scopes=READ_ONLY)
    path = f"/v1/keys/{old['id']}/rotate"
    new = (await ask(bare, owner, "POST", path, json={"overlap_hours": 1})).json()
    assert (new["name"], new["scopes"]) == ("app", ["videos:read", "usage:read"])
    assert new["key"] != old["key"]
    assert [await code_of(bare, key) for key in (old, new)] == ["ok", "ok"]
    bare.clock.advance(3601)
    assert [await code_of(bare, key) for key in (old, new)] == ["invalid_api_key", "ok"]
    again = await ask(bare, owner, "POST", path, json={})
    assert again.status_code == 400, "what is not in force is not rotated"


async def test_a_key_rotated_without_overlap_ends_at_once(
    bare: Server, owner: dict[str, Any]
) -> None:
    old = await made(bare, owner)
    await ask(bare, owner, "POST", f"/v1/keys/{old['id']}/rotate", json={"overlap_hours": 0})
    bare.clock.advance(TRUST_S)
    assert await code_of(bare, old) == "invalid_api_key"


async def test_the_first_key_is_its_operators(bare: Server) -> None:
    me = (await bare.client.get("/v1/me")).json()
    answer = await bare.client.post(f"/v1/keys/{me['key']['id']}/rotate", json={})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "key_id")


async def test_a_revoked_key_is_refused(bare: Server, owner: dict[str, Any]) -> None:
    app = await made(bare, owner)
    gone = (await ask(bare, owner, "DELETE", f"/v1/keys/{app['id']}")).json()
    assert gone["revoked"] is True
    bare.clock.advance(TRUST_S)
    assert await code_of(bare, app) == "invalid_api_key"


async def test_keys_of_others_are_not_there(bare: Server, owner: dict[str, Any]) -> None:
    for method, path in (("POST", "/rotate"), ("DELETE", "")):
        answer = await bare.client.request(method, f"/v1/keys/{owner['id']}{path}")
        assert answer.status_code == 404
    listed = (await bare.client.get("/v1/keys")).json()["data"]
    assert owner["id"] not in [key["id"] for key in listed]


async def test_what_was_done_with_keys_is_written_down(bare: Server, owner: dict[str, Any]) -> None:
    app = await made(bare, owner)
    await ask(bare, owner, "POST", f"/v1/keys/{app['id']}/rotate", json={})
    await ask(bare, owner, "DELETE", f"/v1/keys/{app['id']}")
    query = f"account={owner['account_id']}&subject={app['id']}"
    acts = (await bare.client.get(f"/v1/admin/audit?{query}")).json()["data"]
    assert [act["act"] for act in acts] == ["key.revoked", "key.rotated", "key.created"]
    assert {act["key_id"] for act in acts} == {owner["id"]}


async def test_it_is_known_when_a_key_was_last_used(bare: Server, owner: dict[str, Any]) -> None:
    async def last_used() -> int | None:
        listed = (await ask(bare, owner, "GET", "/v1/keys")).json()["data"]
        moment: int | None = listed[0]["last_used_at"]
        return moment

    assert await last_used() is None
    await bare.house.keys.run_once()
    first = await last_used()
    assert first == int(bare.clock.now())
    bare.clock.advance(60)
    await code_of(bare, owner)
    assert await last_used() == first, "not before it is written down"
    await bare.house.keys.run_once()
    assert await last_used() == int(bare.clock.now())


async def test_a_use_that_cannot_be_written_is_written_later(
    bare: Server, owner: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise Unavailable("away")

    await code_of(bare, owner)
    with monkeypatch.context() as patch:
        patch.setattr(bare.house.keys._db, "write", refuse)
        with pytest.raises(Unavailable):
            await bare.house.keys.run_once()
    await bare.house.keys.run_once()
    listed = (await ask(bare, owner, "GET", "/v1/keys")).json()["data"]
    assert listed[0]["last_used_at"] is not None


async def test_a_key_made_or_rotated_keeps_the_limits_of_its_maker(bare: Server) -> None:
    path = "/v1/admin/accounts/acct_second/keys"
    body = {"scopes": ["keys", "videos:read"], "models": ["sora-2"], "max_per_minute": 5}
    maker = (await bare.client.post(path, json=body)).json()
    child = await made(bare, maker, scopes=["videos:read"])
    heir = (await ask(bare, maker, "POST", f"/v1/keys/{child['id']}/rotate", json={})).json()
    for key in (child, heir):
        assert (key["models"], key["max_per_minute"]) == (["sora-2"], 5)
