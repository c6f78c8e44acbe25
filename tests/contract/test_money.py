"""Prices, balances, limits and idempotency, as the wire says them."""

import asyncio
import csv
import io
from typing import Any, Unpack

import httpx2
import pytest
from PIL import Image
from tests.contract.harness import KEY, SORA, Server, Stock

from filmgate.domain.account import DEFAULT_SCOPES, FIRST_ACCOUNT, BillingMode
from filmgate.services.accounts import Terms

PRICE = "0.050000"
DAY = 86_400


async def bound(server: Server, **terms: Unpack[Terms]) -> None:
    """Put the first account under terms; what is known of its key is forgotten."""
    await server.house.accounts.change(FIRST_ACCOUNT, terms)


async def credited(server: Server, usd: str) -> dict[str, Any]:
    path = f"/v1/admin/accounts/{FIRST_ACCOUNT}/credit"
    answer = await server.client.post(path, json={"usd": usd, "note": "paid in"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sent(server: Server, key: str | None = None, **change: Any) -> httpx2.Response:
    headers = {"idempotency-key": key} if key is not None else {}
    return await server.client.post("/v1/videos", json=SORA | change, headers=headers)


async def count(server: Server) -> int:
    return len((await server.client.get("/v1/videos?limit=100")).json()["data"])


# Prices


async def test_a_dry_run_prices_and_makes_nothing(bare: Server) -> None:
    with bare.untouched():
        answer = await bare.client.post("/v1/videos?dry_run=true", json=SORA | {"n": 3})
    assert answer.json() == {
        "object": "video.quote",
        "model": "sora-1.0",
        "seconds": "1.0",
        "size": "128x128",
        "fps": 2,
        "n": 3,
        "cost_usd": "0.150000",
        "affordable": True,
    }


@pytest.mark.parametrize("query", ["?dry_run=true", "?dry_run=1"])
async def test_a_dry_run_finds_what_is_wrong(bare: Server, query: str) -> None:
    answer = await bare.client.post(f"/v1/videos{query}", json=SORA | {"duration": 99})
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "duration")
    assert (await bare.client.post("/v1/videos?dry_run=maybe", json=SORA)).status_code == 400


async def test_models_show_their_prices(bare: Server) -> None:
    card = (await bare.client.get("/v1/models/sora-2-pro")).json()["card"]
    assert [tier["usd_per_second"] for tier in card["price"]] == ["0.30", "0.50", "0.70"]
    assert (card["usd_minimum"], card["usd_picture"]) == ("0", "0")


# Money


async def test_a_prepaid_account_pays_with_what_it_has(bare: Server) -> None:
    await bound(bare, billing=BillingMode.PREPAID)
    refused = await sent(bare)
    assert (refused.status_code, refused.json()["error"]["code"]) == (402, "insufficient_balance")
    assert "0.050000 USD is missing" in refused.json()["error"]["message"]
    assert (await credited(bare, "0.07"))["available_usd"] == "0.070000"
    video = (await sent(bare)).json()
    held = (await bare.client.get("/v1/balance")).json()
    assert (held["balance_usd"], held["held_usd"]) == ("0.020000", PRICE)
    quote = (await bare.client.post("/v1/videos?dry_run=true", json=SORA)).json()
    assert quote["affordable"] is False
    assert (await sent(bare)).status_code == 402
    await bare.client.post(f"/v1/videos/{video['id']}/cancel")
    freed = (await bare.client.get("/v1/balance")).json()
    assert (freed["balance_usd"], freed["held_usd"]) == ("0.070000", "0.000000")
    entries = (await bare.client.get(f"/v1/admin/accounts/{FIRST_ACCOUNT}/entries")).json()["data"]
    assert [(entry["kind"], entry["cause"]) for entry in entries] == [
        ("release", "cancelled"),
        ("hold", "create"),
        ("credit", "paid in"),
    ]


async def test_a_prepaid_account_is_not_corrected_below_zero(bare: Server) -> None:
    await bound(bare, billing=BillingMode.PREPAID)
    await credited(bare, "1")
    path = f"/v1/admin/accounts/{FIRST_ACCOUNT}/credit"
    assert (await bare.client.post(path, json={"usd": -2})).status_code == 400
    assert (await bare.client.post(path, json={"usd": "-0.4"})).json()["balance_usd"] == "0.600000"


async def test_an_account_that_owes_cannot_become_prepaid(bare: Server) -> None:
    await sent(bare)
    answer = await bare.client.patch(
        f"/v1/admin/accounts/{FIRST_ACCOUNT}", json={"billing": "prepaid"}
    )
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "billing")


async def test_usage_says_what_was_produced(server: Server) -> None:
    whole = (await server.client.get("/v1/usage")).json()
    assert whole["total"] == {"videos": 2, "outputs": 3, "seconds": 3.0, "cost_usd": "0.150000"}
    users = (await server.client.get("/v1/usage?group_by=user")).json()["data"]
    assert {row["user"]: row["outputs"] for row in users} == {"ann": 2, None: 1}
    (model,) = (await server.client.get("/v1/usage?group_by=model")).json()["data"]
    assert (model["model"], model["cost_usd"]) == ("sora-1.0", "0.150000")
    later = f"/v1/usage?start={int(server.clock.now()) + DAY}&end={int(server.clock.now()) + DAY}"
    assert (await server.client.get(later)).json()["data"] == []


@pytest.mark.parametrize(
    "query", ["?start=soon", "?start=2026-02-01&end=2026-01-01", "?group_by=x"]
)
async def test_wrong_days_are_refused(server: Server, query: str) -> None:
    assert (await server.client.get(f"/v1/usage{query}")).status_code == 400


async def test_usage_as_a_table(server: Server) -> None:
    plain = await server.client.get("/v1/usage?group_by=model&format=csv")
    asked = await server.client.get("/v1/usage?group_by=model", headers={"accept": "text/csv"})
    assert plain.text == asked.text
    assert list(csv.reader(io.StringIO(plain.text))) == [
        ["model", "videos", "outputs", "seconds", "cost_usd"],
        ["sora-1.0", "2", "3", "3.0", "0.150000"],
    ]


# Limits


async def test_a_full_queue_and_a_spent_minute_say_when(bare: Server) -> None:
    await bound(bare, max_queued=1, max_per_minute=2)
    first = (await sent(bare)).json()["id"]
    full = await sent(bare)
    assert (full.status_code, full.json()["error"]["code"]) == (429, "queue_full")
    assert "max_queued is 1" in full.json()["error"]["message"]
    assert 0 < int(full.headers["retry-after"]) <= 60
    await bare.client.delete(f"/v1/videos/{first}")
    second = (await sent(bare)).json()["id"]
    await bare.client.delete(f"/v1/videos/{second}")
    spent = await sent(bare)
    assert (spent.status_code, spent.json()["error"]["code"]) == (429, "rate_limit_exceeded")
    assert "max_per_minute is 2" in spent.json()["error"]["message"]
    bare.clock.advance(int(spent.headers["retry-after"]))
    assert (await sent(bare)).status_code == 200


async def test_films_are_kept_as_long_as_the_account_says(bare: Server) -> None:
    await bound(bare, retention_s=3600.0)
    bare.clock.advance(1)
    video = (await sent(bare)).json()
    assert video["expires_at"] - video["created_at"] == 3600
    async with bare.working():
        done = await bare.ended(video["id"])
    assert done["expires_at"] - done["completed_at"] == 3600


# Idempotency


async def test_the_same_key_gives_the_same_video(bare: Server) -> None:
    first, again = await sent(bare, "once"), await sent(bare, "once")
    assert first.json()["id"] == again.json()["id"]
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert (await sent(bare, "twice")).json()["id"] != first.json()["id"]
    assert (await bare.client.get("/v1/balance")).json()["held_usd"] == "0.100000"


async def test_two_at_once_make_one_video(bare: Server) -> None:
    answers = await asyncio.gather(*(sent(bare, "once") for _ in range(20)))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 19
    assert await count(bare) == 1


async def test_another_body_is_refused(bare: Server) -> None:
    await sent(bare, "once")
    answer = await sent(bare, "once", duration=2)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "idempotency_key_reused")
    assert await count(bare) == 1


async def test_the_body_is_what_it_means(bare: Server) -> None:
    first = await sent(bare, "once")
    form = {name: str(value) for name, value in SORA.items()} | {"duration": "1.0"}
    headers = {"idempotency-key": "once"}
    again = await bare.client.post("/v1/videos", data=form, headers=headers)
    assert again.json()["id"] == first.json()["id"]


async def test_uploaded_bytes_are_part_of_the_body(bare: Server, stock: Stock) -> None:
    form = {name: str(value) for name, value in SORA.items()}
    answers = [
        await bare.client.post(
            "/v1/videos",
            data=form,
            files={"image": ("a", picture)},
            headers={"idempotency-key": "once"},
        )
        for picture in (_picture("red"), _picture("red"), _picture("blue"))
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def _picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (128, 128), colour).save(data, "PNG")
    return data.getvalue()


async def test_a_refused_create_leaves_its_key_free(bare: Server) -> None:
    assert (await sent(bare, "once", duration=99)).status_code == 400
    await bound(bare, billing=BillingMode.PREPAID)
    assert (await sent(bare, "once")).status_code == 402
    await credited(bare, "1")
    assert (await sent(bare, "once")).status_code == 200


async def test_a_key_lasts_a_day_and_is_cleared_up(bare: Server) -> None:
    first = await sent(bare, "once")
    bare.clock.advance(DAY - 1)
    assert (await sent(bare, "once")).json()["id"] == first.json()["id"]
    bare.clock.advance(2)
    second = await sent(bare, "once")
    assert second.json()["id"] != first.json()["id"]
    assert await bare.house.retention.forget_replays() == 0
    bare.clock.advance(DAY)
    assert await bare.house.retention.forget_replays() == 1


async def test_accounts_share_no_keys(bare: Server) -> None:
    account = await bare.house.accounts.create("ann", Terms(billing=BillingMode.POSTPAID))
    _, key = await bare.house.accounts.create_key(
        account.id, name="", scopes=DEFAULT_SCOPES, expires_at=None
    )
    mine = await sent(bare, "once")
    async with bare.caller({"api-key": key, "idempotency-key": "once"}) as other:
        theirs = await other.post("/v1/videos", json=SORA)
    assert theirs.json()["id"] != mine.json()["id"]


@pytest.mark.parametrize("key", ["x" * 256, "caf\u00e9", "tab\tbed"])
async def test_a_wrong_key_is_refused(bare: Server, key: str) -> None:
    headers = {
        b"idempotency-key": key.encode("latin-1"),
        b"authorization": f"Bearer {KEY}".encode(),
    }
    answer = await bare.client.post("/v1/videos", json=SORA, headers=headers)
    error = answer.json()["error"]
    assert (answer.status_code, error["param"]) == (400, "Idempotency-Key")
    assert await count(bare) == 0
