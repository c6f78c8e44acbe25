"""Budgets of a month, prices of an account, limits of a key, and what answers say of them."""

from typing import Any

import httpx2
import pytest
from tests.contract.harness import SORA, Server

DAY_S = 86400


async def an_account(server: Server, **terms: Any) -> str:
    body = {"name": "ann", "billing": "postpaid"} | terms
    answer = await server.client.post("/v1/admin/accounts", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def a_caller(server: Server, account: str, **limits: Any) -> httpx2.AsyncClient:
    made = await server.client.post(f"/v1/admin/accounts/{account}/keys", json=limits)
    assert made.status_code == 200, made.text
    return server.caller({"authorization": f"Bearer {made.json()['key']}"})


async def cost_of(caller: httpx2.AsyncClient) -> float:
    answer = await caller.post("/v1/videos?dry_run=1", json=SORA)
    assert answer.status_code == 200, answer.text
    return float(answer.json()["cost_usd"])


async def test_a_month_s_budget_ends_creates_until_the_month_does(server: Server) -> None:
    account = await an_account(server)
    caller = await a_caller(server, account)
    cost = await cost_of(caller)
    assert cost > 0
    budget = {"monthly_budget_usd": str(round(cost * 2, 6))}
    await server.client.patch(f"/v1/admin/accounts/{account}", json=budget)
    first = await caller.post("/v1/videos", json=SORA)
    assert (await caller.post("/v1/videos", json=SORA)).status_code == 200
    refused = await caller.post("/v1/videos", json=SORA)
    assert refused.status_code == 402
    assert refused.json()["error"]["code"] == "budget_exceeded"
    assert refused.json()["error"]["type"] == "insufficient_quota"
    cancelled = await caller.post(f"/v1/videos/{first.json()['id']}/cancel")
    assert cancelled.status_code == 200
    assert (await caller.post("/v1/videos", json=SORA)).status_code == 200
    assert (await caller.post("/v1/videos", json=SORA)).status_code == 402
    server.clock.advance(32 * DAY_S)
    assert (await caller.post("/v1/videos", json=SORA)).status_code == 200
    seen = (await server.client.get(f"/v1/admin/accounts/{account}")).json()
    assert float(seen["month_spent_usd"]) == pytest.approx(cost)


async def test_what_ends_in_another_month_gives_that_month_nothing(server: Server) -> None:
    account = await an_account(server)
    caller = await a_caller(server, account)
    cost = await cost_of(caller)
    old = (await caller.post("/v1/videos", json=SORA)).json()["id"]
    server.clock.advance(32 * DAY_S)
    assert (await caller.post("/v1/videos", json=SORA)).status_code == 200
    await caller.post(f"/v1/videos/{old}/cancel")
    seen = (await server.client.get(f"/v1/admin/accounts/{account}")).json()
    assert float(seen["month_spent_usd"]) == pytest.approx(cost)


async def test_a_reseller_s_customers_pay_their_own_price(server: Server) -> None:
    """Quoted, held and charged alike, and shown on the card."""
    plain = await a_caller(server, await an_account(server))
    dear_account = await an_account(server, price_percent=150)
    dear = await a_caller(server, dear_account)
    cost = await cost_of(plain)
    assert await cost_of(dear) == pytest.approx(cost * 1.5)
    await dear.post("/v1/videos", json=SORA)
    seen = (await server.client.get(f"/v1/admin/accounts/{dear_account}")).json()
    assert float(seen["held_usd"]) == pytest.approx(cost * 1.5)
    cards = [(await one.get("/v1/models/sora-1.0")).json()["card"] for one in (plain, dear)]
    prices = [float(card["price"][0]["usd_per_second"]) for card in cards]
    assert prices[1] == pytest.approx(prices[0] * 1.5)
    free = await a_caller(server, await an_account(server, price_percent=0))
    assert await cost_of(free) == 0


async def test_a_key_has_limits_of_its_own(server: Server) -> None:
    account = await an_account(server)
    narrow = await a_caller(server, account, models=["sora-2"], max_per_minute=2)
    wide = await a_caller(server, account)
    refused = await narrow.post("/v1/videos", json=SORA)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "model_not_allowed"
    fit = {"model": "sora-2", "prompt": "a quiet sea", "seconds": "4"}
    assert [(await narrow.post("/v1/videos", json=fit)).status_code for _ in range(3)] == [
        200,
        200,
        429,
    ]
    assert (await wide.post("/v1/videos", json=SORA)).status_code == 200
    server.clock.advance(61)
    assert (await narrow.post("/v1/videos", json=fit)).status_code == 200


async def test_answers_say_how_many_are_left(server: Server) -> None:
    caller = await a_caller(server, await an_account(server, max_per_minute=2))
    told = []
    for _ in range(3):
        answer = await caller.post("/v1/videos", json=SORA)
        names = ("limit", "remaining", "reset")
        told.append([answer.headers[f"x-ratelimit-{name}-requests"] for name in names])
    assert answer.status_code == 429
    assert told == [["2", "1", "60s"], ["2", "0", "60s"], ["2", "0", "60s"]]
    free = await a_caller(server, await an_account(server, max_per_minute=0))
    assert "x-ratelimit-limit-requests" not in (await free.post("/v1/videos", json=SORA)).headers
