"""Webhook endpoints by the unmodified official SDK, and what it never asks."""

from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
from tests.contract.harness import BASE_URL, KEY, OTHER_KEY, Server
from tests.unit.net.origins import says, serving

from filmgate.domain.account import FIRST_ACCOUNT, Caller
from filmgate.domain.audit import AuditFilter
from filmgate.services.webhooks import MOST

BOTH: Any = ["video.completed", "video.failed"]
COMPLETED: Any = ["video.completed"]
URL = "https://hooks.example/filmgate"
PATH = "/v1/webhook_endpoints"


@pytest.fixture
async def sdk(bare: Server) -> AsyncIterator[openai.AsyncOpenAI]:
    async with bare.caller() as http:
        yield openai.AsyncOpenAI(
            api_key=KEY, base_url=f"{BASE_URL}/v1", http_client=http, max_retries=0
        )


async def test_the_sdk_creates_reads_changes_and_deletes(sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    assert made.object == "webhook_endpoint"
    assert made.signing_secret.startswith("whsec_")
    assert made.signing_secret_hint == f"whsec_…{made.signing_secret[-4:]}"
    seen = await sdk.webhooks.retrieve(made.id)
    assert (seen.name, seen.url, seen.event_types) == ("mine", URL, BOTH)
    assert seen.created_at == seen.updated_at
    assert made.signing_secret not in seen.to_json()
    changed = await sdk.webhooks.update(made.id, name="yours", event_types=COMPLETED)
    assert (changed.name, changed.url, changed.event_types) == ("yours", URL, COMPLETED)
    gone = await sdk.webhooks.delete(made.id)
    assert (gone.id, gone.object, gone.deleted) == (made.id, "webhook_endpoint.deleted", True)
    with pytest.raises(openai.NotFoundError):
        await sdk.webhooks.retrieve(made.id)


async def test_an_unchanged_update_is_no_change(bare: Server, sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    bare.clock.advance(60)
    same = await sdk.webhooks.update(made.id, name="mine")
    assert same.updated_at == made.updated_at
    other = await sdk.webhooks.update(made.id, name="other")
    assert other.updated_at == int(bare.clock.now())


async def test_the_sdk_pages_through_them_newest_first(sdk: openai.AsyncOpenAI) -> None:
    made = [
        (await sdk.webhooks.create(name=f"n{number}", url=URL, event_types=BOTH)).id
        for number in range(5)
    ]
    first = await sdk.webhooks.list(limit=2)
    assert [endpoint.id for endpoint in first.data] == made[:-3:-1]
    assert first.has_next_page()
    walked = [endpoint.id async for endpoint in sdk.webhooks.list(limit=2)]
    assert walked == made[::-1]
    with pytest.raises(openai.BadRequestError) as caught:
        await sdk.webhooks.list(after="we_none")
    assert caught.value.param == "after"


async def test_the_sdk_lists_the_event_types(sdk: openai.AsyncOpenAI) -> None:
    assert (await sdk.webhooks.event_types.list()).data == BOTH


async def test_the_sdk_rotates_a_secret(bare: Server, sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    kept = await sdk.webhooks.rotate_secret(made.id, keep_old_secret_active_for_24_hours=True)
    me = Caller(account_id=FIRST_ACCOUNT, key_id="key_mine")
    endpoint = await bare.house.webhooks.get(me, made.id)
    assert endpoint.secrets(bare.clock.now()) == (kept.signing_secret, made.signing_secret)
    assert endpoint.secrets(bare.clock.now() + 86400) == (kept.signing_secret,)
    fresh = await sdk.webhooks.rotate_secret(made.id)
    endpoint = await bare.house.webhooks.get(me, made.id)
    assert endpoint.secrets(bare.clock.now()) == (fresh.signing_secret,)


async def test_another_account_sees_none_of_it(bare: Server, sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    other = sdk.with_options(api_key=OTHER_KEY)
    assert (await other.webhooks.list()).data == []
    for ask in (
        other.webhooks.retrieve(made.id),
        other.webhooks.update(made.id, name="stolen"),
        other.webhooks.rotate_secret(made.id),
        other.webhooks.test(made.id, event_type="video.completed"),
        other.webhooks.delete(made.id),
    ):
        with pytest.raises(openai.NotFoundError) as caught:
            await ask
        assert caught.value.code == "not_found"
    with pytest.raises(openai.BadRequestError):
        await other.webhooks.list(after=made.id)
    async with bare.caller({"authorization": f"Bearer {OTHER_KEY}"}) as http:
        assert (await http.get(f"{PATH}/{made.id}/deliveries")).status_code == 404
    assert (await sdk.webhooks.retrieve(made.id)).name == "mine"


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        ({"name": None}, "missing_required_parameter", "name"),
        ({"name": "  "}, "missing_required_parameter", "name"),
        ({"name": "x" * 201}, "invalid_parameter", "name"),
        ({"name": "nul\0"}, "invalid_parameter", "name"),
        ({"url": None}, "missing_required_parameter", "url"),
        ({"url": "ftp://hooks.example/"}, "invalid_parameter", "url"),
        ({"url": "hooks.example"}, "invalid_parameter", "url"),
        ({"url": "https://me:secret@hooks.example/"}, "invalid_parameter", "url"),
        ({"url": "https://hooks.example:99999/"}, "invalid_parameter", "url"),
        ({"url": "http://127.0.0.1/"}, "invalid_parameter", "url"),
        ({"url": "http://[::1]/"}, "invalid_parameter", "url"),
        ({"url": "http://169.254.169.254/latest"}, "invalid_parameter", "url"),
        ({"url": "https://x/" + "y" * 2048}, "invalid_parameter", "url"),
        ({"event_types": None}, "missing_required_parameter", "event_types"),
        ({"event_types": []}, "missing_required_parameter", "event_types"),
        ({"event_types": ["batch.completed"]}, "invalid_parameter", "event_types"),
        ({"event_types": [{}]}, "invalid_parameter", "event_types"),
        ({"event_types": {"a": 1}}, "invalid_parameter", "event_types"),
        ({"event_type": ["video.failed"]}, "unknown_parameter", "event_type"),
    ],
)
async def test_what_cannot_be_an_endpoint_is_refused(
    bare: Server, change: dict[str, Any], code: str, param: str
) -> None:
    given = {"name": "mine", "url": URL, "event_types": BOTH} | change
    with bare.untouched():
        answer = await bare.client.post(PATH, json=given)
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert (error["code"], error["param"]) == (code, param)


async def test_forms_are_read_too(bare: Server) -> None:
    form = {"name": "mine", "url": URL, "event_types[]": BOTH}
    answer = await bare.client.post(PATH, data=form)
    assert answer.status_code == 200, answer.text
    assert answer.json()["event_types"] == BOTH


async def test_an_account_has_so_many_and_no_more(bare: Server, sdk: openai.AsyncOpenAI) -> None:
    for _ in range(MOST):
        await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    with pytest.raises(openai.BadRequestError, match=f"at most {MOST}"):
        await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)


async def test_an_endpoint_is_switched_off_and_on(bare: Server, sdk: openai.AsyncOpenAI) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    off = await bare.client.post(f"{PATH}/{made.id}", json={"enabled": False})
    assert off.json()["enabled"] is False
    assert off.json()["disabled_reason"] == "switched off by its owner"
    on = await bare.client.post(f"{PATH}/{made.id}", json={"enabled": True})
    assert (on.json()["enabled"], on.json()["disabled_reason"]) == (True, None)
    answer = await bare.client.post(f"{PATH}/{made.id}", json={"enabled": "perhaps"})
    assert answer.json()["error"]["param"] == "enabled"


async def test_paths_without_v1_reach_them(bare: Server) -> None:
    for path in ("/webhook_endpoints", "/openai/v1/webhook_endpoints", "/webhook_event_types"):
        assert (await bare.client.get(path)).status_code == 200


async def test_every_act_is_in_the_audit_and_no_secret_with_it(
    bare: Server, sdk: openai.AsyncOpenAI
) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    await sdk.webhooks.update(made.id, name="yours")
    fresh = await sdk.webhooks.rotate_secret(made.id)
    await sdk.webhooks.delete(made.id)
    acts = await bare.house.audit.page(AuditFilter(subject=made.id))
    assert [entry.act for entry in acts] == [
        "webhook.deleted", "webhook.rotated", "webhook.updated", "webhook.created",
    ]  # fmt: skip
    assert all(entry.key_id for entry in acts)
    assert made.signing_secret not in str(acts)
    assert fresh.signing_secret not in str(acts)


async def test_a_test_of_an_address_inside_says_the_rule_alone(
    bare: Server, sdk: openai.AsyncOpenAI
) -> None:
    async with serving(says()) as origin:
        url = f"http://localhost:{origin.port}/"
        made = await sdk.webhooks.create(name="mine", url=url, event_types=BOTH)
        with pytest.raises(openai.BadRequestError) as caught:
            await sdk.webhooks.test(made.id, event_type="video.failed")
        assert caught.value.code == "webhook_unreachable"
        assert "loopback addresses are not allowed" in caught.value.message
        assert origin.heads == []
    log = (await bare.client.get(f"{PATH}/{made.id}/deliveries")).json()
    (entry,) = log["data"]
    assert (entry["outcome"], entry["status_code"]) == ("tested", None)
    assert entry["error"].startswith("loopback addresses are not allowed")


async def test_a_test_needs_an_event_type_that_is_one(
    bare: Server, sdk: openai.AsyncOpenAI
) -> None:
    made = await sdk.webhooks.create(name="mine", url=URL, event_types=BOTH)
    for given, code in (
        ({}, "missing_required_parameter"),
        ({"event_type": "video.lost"}, "invalid_parameter"),
    ):
        answer = await bare.client.post(f"{PATH}/{made.id}/test", json=given)
        assert answer.json()["error"]["code"] == code
        assert answer.json()["error"]["param"] == "event_type"
