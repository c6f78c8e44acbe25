"""Lists that are narrowed: by their owner, and by the operator over all accounts."""

from typing import Any

import pytest
from tests.contract.harness import Server, Stock


async def found(server: Server, query: str, path: str = "/v1/videos") -> list[str]:
    answer = await server.client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return [video["id"] for video in answer.json()["data"]]


@pytest.mark.parametrize("query", ["modle=sora-2", "tag=x", "account=acct_first", "createdafter=1"])
async def test_a_filter_that_is_not_known_is_refused(server: Server, query: str) -> None:
    answer = await server.client.get(f"/v1/videos?{query}")
    error = answer.json()["error"]
    name = query.partition("=")[0]
    assert (answer.status_code, error["code"], error["param"]) == (400, "unknown_parameter", name)


async def test_a_slip_is_told_what_was_meant(server: Server) -> None:
    answer = await server.client.get("/v1/videos?modle=sora-2")
    assert "did you mean 'model'?" in answer.json()["error"]["message"]


@pytest.mark.parametrize("query", ["api-version=preview", "tag=", "model=&user="])
async def test_what_says_nothing_is_passed_over(server: Server, query: str) -> None:
    assert len(await found(server, query)) == 5


async def test_a_model_is_found_by_its_alias(server: Server, stock: Stock) -> None:
    by_alias = await found(server, "model=sora-2-2025-10-06")
    assert by_alias == await found(server, "model=sora-2") == [stock.ids["waiting"]]


async def test_words_and_times_narrow(bare: Server) -> None:
    whale = await bare.create(prompt="A blue whale")
    bare.clock.advance(86_400)
    gull = await bare.create(prompt="a gull")
    assert await found(bare, "search=BLUE") == [whale["id"]]
    after = gull["created_at"] - 10
    assert await found(bare, f"created_after={after}") == [gull["id"]]
    assert await found(bare, f"created_before={after}") == [whale["id"]]


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "99999999999999999999"])
async def test_a_time_that_is_none_is_named(server: Server, value: str) -> None:
    error = (await server.client.get(f"/v1/videos?created_after={value}")).json()["error"]
    assert (error["code"], error["param"]) == ("invalid_parameter", "created_after")


async def test_the_operator_sees_whose_and_where(server: Server, stock: Stock) -> None:
    listed = (await server.client.get("/v1/admin/videos?limit=100")).json()["data"]
    by_id: dict[str, dict[str, Any]] = {video["id"]: video for video in listed}
    assert set(stock.ids.values()) == set(by_id)
    running, foreign = by_id[stock.ids["running"]], by_id[stock.ids["foreign"]]
    assert (running["worker_id"], running["user"]) == ("worker_elsewhere", "ann")
    assert (foreign["account_id"], foreign["queue"]["position"] >= 1) == ("acct_second", True)
    path = "/v1/admin/videos"
    assert await found(server, "account=acct_second", path) == [stock.ids["foreign"]]
    assert await found(server, "status=in_progress", path) == [stock.ids["running"]]


async def test_the_operator_reads_who_did_what(server: Server, stock: Stock) -> None:
    path = f"/v1/admin/audit?subject={stock.ids['failed']}"
    acts = (await server.client.get(path)).json()["data"]
    assert [act["act"] for act in acts] == ["video.cancelled", "video.created"]
    wrong = await server.client.get("/v1/admin/audit?since=never")
    assert wrong.json()["error"]["param"] == "since"
