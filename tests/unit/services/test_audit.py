"""Who did what is written with the act, and tells nothing that was said."""

import json
import logging

import pytest
from tests.unit.workers.acts import submit
from tests.unit.workers.conftest import caller, clock, house

from filmgate.api.operator import act_object
from filmgate.cli import audit as command
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act, AuditFilter
from filmgate.errors import NotFound, VideoNotCancellable, VideoNotFound
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House

__all__ = ["caller", "clock", "house"]

SAID = "a very private cat"


async def test_every_act_is_written_with_its_key_and_time(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    video = await submit(house, caller, prompt=SAID)
    clock.advance(5)
    await house.videos.cancel(caller, video.id)
    clock.advance(5)
    await house.videos.delete(caller, video.id)
    acts = await house.audit.page(AuditFilter(subject=video.id))
    assert [entry.act for entry in acts] == [
        Act.VIDEO_DELETED,
        Act.VIDEO_CANCELLED,
        Act.VIDEO_CREATED,
    ]
    assert [entry.at for entry in acts] == [clock.now(), clock.now() - 5, clock.now() - 10]
    assert {(entry.account_id, entry.key_id) for entry in acts} == {
        (caller.account_id, caller.key_id)
    }
    assert SAID not in str(acts)


async def test_what_was_refused_is_not_written(house: House, caller: Caller) -> None:
    video = await submit(house, caller)
    await house.videos.cancel(caller, video.id)
    with pytest.raises(VideoNotCancellable):
        await house.videos.cancel(caller, video.id)
    with pytest.raises(VideoNotFound):
        await house.videos.delete(caller, "video_none")
    assert len(await house.audit.page(AuditFilter())) == 2


async def test_an_act_and_its_entry_are_one_transaction(
    house: House, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no room in the audit")

    monkeypatch.setattr("filmgate.store.audit.add", broken)
    with pytest.raises(RuntimeError):
        await submit(house, caller)
    assert await house.queue.claim("animatic", "w1") is None


async def test_a_credit_is_written_with_its_amount_and_who_gave_it(
    house: House, caller: Caller
) -> None:
    await house.billing.credit(caller.account_id, 5_000_000, "paid", caller.key_id)
    await house.billing.credit(caller.account_id, -1, "mended", None)
    by_operator, by_key = await house.audit.page(AuditFilter(act=Act.ACCOUNT_CREDITED))
    assert (by_key.key_id, by_operator.key_id) == (caller.key_id, None)
    assert by_key.detail == {"micros": 5_000_000, "cause": "paid"}
    with pytest.raises(NotFound):
        await house.billing.credit("acct_none", 1, "paid", None)
    assert len(await house.audit.page(AuditFilter(act=Act.ACCOUNT_CREDITED))) == 2


async def test_it_is_read_by_account_kind_and_time(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    first = await submit(house, caller)
    clock.advance(60)
    await house.videos.cancel(caller, first.id)
    read = house.audit.page
    assert len(await read(AuditFilter(account_id=caller.account_id))) == 2
    assert await read(AuditFilter(account_id="acct_other")) == []
    assert len(await read(AuditFilter(act=Act.VIDEO_CREATED))) == 1
    assert [entry.act for entry in await read(AuditFilter(since=clock.now()))] == [
        Act.VIDEO_CANCELLED
    ]
    assert len(await read(AuditFilter(limit=1))) == 1


async def test_it_forgets_what_is_older_than_the_setting(
    house: House, caller: Caller, clock: ManualClock
) -> None:
    await submit(house, caller)
    clock.advance(399 * 86400)
    assert await house.audit.forget() == 0
    clock.advance(2 * 86400)
    assert await house.audit.forget() == 1
    assert await house.audit.page(AuditFilter()) == []


async def test_a_line_and_an_object_for_each_act(
    house: House, caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    video = await submit(house, caller)
    entries = await house.audit.page(AuditFilter(subject=video.id, limit=10))
    acts = [act_object(entry) for entry in entries]
    command.print_acts(acts, as_json=False)
    command.print_acts(acts, as_json=True)
    line, written = capsys.readouterr().out.split("\n", 1)
    assert caller.key_id in line
    assert video.id in line
    assert json.loads(written)[0]["act"] == "video.created"


async def test_creating_logs_neither_prompt_nor_key(
    house: House, caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await submit(house, caller, prompt=SAID)
    assert SAID not in caplog.text
    assert "test-key" not in caplog.text


async def test_operators_leave_a_trace(house: House) -> None:
    account = await house.accounts.create("ann", {}, by="key_operator")
    key, plain = await house.accounts.create_key(
        account.id, name="app", scopes=[], expires_at=None, by="key_operator"
    )
    await house.accounts.revoke_key(key.id, by="key_operator")
    await house.accounts.change(account.id, {"max_queued": 5}, by="key_operator")
    await house.accounts.disable(account.id)
    await house.accounts.enable(account.id)
    acts = await house.audit.page(AuditFilter(account_id=account.id))
    assert [(entry.act, entry.key_id) for entry in reversed(acts)] == [
        (Act.ACCOUNT_CREATED, "key_operator"),
        (Act.KEY_CREATED, "key_operator"),
        (Act.KEY_REVOKED, "key_operator"),
        (Act.ACCOUNT_CHANGED, "key_operator"),
        (Act.ACCOUNT_DISABLED, None),
        (Act.ACCOUNT_ENABLED, None),
    ]
    assert plain not in repr(acts)


async def test_an_act_that_fails_leaves_none(house: House) -> None:
    with pytest.raises(NotFound):
        await house.accounts.disable("acct_nobody")
    assert await house.audit.page(AuditFilter(account_id="acct_nobody")) == []
