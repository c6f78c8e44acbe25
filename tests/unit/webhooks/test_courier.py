"""What happened is told once if all is well, at least once in any case, and in time."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.util import await_only
from standardwebhooks import Webhook, WebhookVerificationError
from tests.support.videos import a_video
from tests.unit.webhooks.conftest import BROKEN, FINE, ME, Desk, Got, a_deliveries

from filmgate.domain import ids
from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.video import Problem
from filmgate.domain.webhook import EventType
from filmgate.domain.worker import Death
from filmgate.errors import NotFound, Unavailable
from filmgate.net.post import Answer
from filmgate.services import moves
from filmgate.services.webhooks import Changes
from filmgate.store import events, notices, queue
from filmgate.store.connections import ReadConnection
from filmgate.store.tables import webhook_events, webhook_notices
from filmgate.workers.courier import Courier

HOUR = 3600.0


def rows(conn: ReadConnection) -> tuple[int, int]:
    tables = (webhook_events, webhook_notices)
    events, notices = (
        conn.sql.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
    )
    return events, notices


def verified(got: Got, secret: str, now: float) -> bool:
    """Whether a signature holds, read at the test's own time."""
    stamp, sent = int(now), got.headers["webhook-signature"].split()
    assert got.headers["webhook-timestamp"] == str(stamp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Webhook, "_Webhook__verify_timestamp", _taken)
        try:
            Webhook(secret).verify(got.body, {**got.headers, "webhook-signature": " ".join(sent)})
        except WebhookVerificationError:
            return False
    return True


def _taken(_: Webhook, header: str) -> object:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(int(header), UTC)


async def test_the_end_of_a_video_is_told_once_and_signed(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    video = await desk.completed()
    assert await desk.turn() == 1
    assert await desk.turn() == 0
    (got,) = desk.receiver.got
    assert got.url == endpoint.url
    assert verified(got, endpoint.secret, desk.clock.now())
    assert json.loads(got.body) == {
        "id": got.event_id,
        "object": "event",
        "created_at": int(desk.clock.now()),
        "type": "video.completed",
        "data": {"id": video.id},
    }
    (entry,) = await desk.log(endpoint)
    assert (entry.outcome, entry.status_code, entry.attempt) == ("delivered", 200, 1)
    assert (entry.event_id, entry.video_id) == (got.event_id, video.id)


async def test_every_way_to_fail_is_told_as_failed(desk: Desk) -> None:
    await desk.endpoint()
    now, write = desk.clock.now(), desk.database.write
    for end in ("fail", "cancel", "lose"):
        video = a_video(max_attempts=1)
        await write(moves.enter, video)
        if end != "cancel":
            lease = await write(moves.claim, "animatic", "w1", now)
            assert lease is not None
        if end == "fail":
            broke = Problem(code="engine_error", message="it broke")
            await write(moves.fail, video.id, 1, broke, now)
        elif end == "cancel":
            await write(moves.cancel, video.id, FIRST_ACCOUNT, now)
        else:
            await write(moves.rescue_worker, "w1", now, Death.ALONE)
    assert await desk.turn() == 3
    assert {json.loads(got.body)["type"] for got in desk.receiver.got} == {"video.failed"}


async def test_nothing_is_written_where_nobody_wants_to_be_told(desk: Desk) -> None:
    await desk.endpoint(account_id="acct_other")
    off = await desk.endpoint("off")
    await desk.webhooks.update(ME, off.id, Changes(enabled=False))
    deaf = await desk.endpoint("deaf")
    only = Changes(event_types=(EventType.VIDEO_FAILED,))
    await desk.webhooks.update(ME, deaf.id, only)
    await desk.completed()
    assert await desk.database.read(rows) == (0, 0)


async def test_the_event_is_in_the_transaction_that_ends_the_video(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.endpoint()

    def broken(*_: object) -> None:
        raise RuntimeError("no room in the outbox")

    monkeypatch.setattr(events, "add", broken)
    with pytest.raises(RuntimeError):
        await desk.completed()
    beats = await desk.database.read(queue.beats)
    assert len(beats) == 1
    assert await desk.database.read(rows) == (0, 0)


async def test_500_then_200_is_delivered_later_under_the_same_id(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    desk.receiver.scripts[endpoint.url] = [BROKEN, FINE]
    await desk.completed()
    await desk.turn()
    assert (await desk.state(endpoint)).failing_since == desk.clock.now()
    assert await desk.turn() == 0
    desk.clock.advance(5)
    assert await desk.turn() == 1
    first, second = desk.receiver.got
    assert first.event_id == second.event_id
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    after, before = await desk.log(endpoint)
    assert (before.outcome, before.status_code, before.problem) == ("retried", 500, "answered 500")
    assert before.next_at == before.at + 5
    assert (after.outcome, after.attempt) == ("delivered", 2)
    assert (await desk.state(endpoint)).failing_since is None


async def test_a_courier_that_dies_after_its_post_leaves_the_event_to_another(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    await desk.completed()

    class Dead(Exception):
        pass

    async def told_then_dead(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        await desk.receiver.post(url, body, headers)
        raise Dead

    (due,) = await desk.deliveries.due()
    (notice,) = await desk.deliveries.lease(due, 1)
    dying = a_deliveries(desk.database, desk.clock, desk.receiver)
    dying._post = told_then_dead
    with pytest.raises(Dead):
        await dying.deliver(notice)
    assert await desk.turn() == 0
    desk.clock.advance(41)
    assert await desk.turn() == 1
    first, second = desk.receiver.got
    assert first.event_id == second.event_id
    assert [entry.attempt for entry in await desk.log(endpoint)] == [2]


async def test_a_late_courier_changes_nothing(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    await desk.completed()
    (due,) = await desk.deliveries.due()
    (late,) = await desk.deliveries.lease(due, 1)
    desk.clock.advance(41)
    assert await desk.turn() == 1
    assert await desk.deliveries.deliver(late) is None
    desk.receiver.scripts[endpoint.url] = [BROKEN]
    assert await desk.deliveries.deliver(late) is None
    assert len(await desk.log(endpoint)) == 1
    assert (await desk.state(endpoint)).failures == 0


async def test_two_couriers_share_the_work_and_tell_nothing_twice(desk: Desk) -> None:
    await desk.endpoint()
    for _ in range(8):
        await desk.completed()
    other = Courier(deliveries=a_deliveries(desk.database, desk.clock, desk.receiver))
    for _ in range(3):
        await asyncio.gather(desk.courier.run_once(), other.run_once())
        await asyncio.gather(desk.courier.drain(), other.drain())
    assert len(desk.receiver.got) == 8
    assert len({got.event_id for got in desk.receiver.got}) == 8


async def test_of_one_video_the_older_event_goes_first(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    desk.receiver.scripts[endpoint.url] = [BROKEN, FINE]
    video = await desk.completed()
    await desk.database.write(moves.announce, replace(video, completed_at=desk.clock.now()))
    assert await desk.turn() == 1
    assert await desk.turn() == 0
    desk.clock.advance(5)
    assert [await desk.turn(), await desk.turn(), await desk.turn()] == [1, 1, 0]
    told = [got.event_id for got in desk.receiver.got]
    assert told[0] == told[1] != told[2]


async def test_an_endpoint_that_fails_for_72_hours_is_switched_off_and_says_so(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    desk.receiver.scripts[endpoint.url] = [Answer(None, "no answer within 10 s")]
    await desk.completed()
    await desk.turn()
    start = desk.clock.now()
    await desk.turns(71 * HOUR, HOUR)
    assert (await desk.state(endpoint)).disabled_at is None
    await desk.turns(2 * HOUR, HOUR)
    state = await desk.state(endpoint)
    assert state.disabled_at == start + 72 * HOUR
    assert state.disabled_reason is not None
    assert "72 hours" in state.disabled_reason
    assert "no answer within 10 s" in state.disabled_reason
    last, *_ = await desk.log(endpoint)
    assert (last.outcome, last.next_at) == ("dropped", None)
    attempts = len(desk.receiver.got)
    assert 10 <= attempts <= 25
    await desk.completed()
    await desk.turns(24 * HOUR, 6 * HOUR)
    assert len(desk.receiver.got) == attempts


async def test_an_endpoint_that_is_switched_on_again_starts_afresh(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    await desk.webhooks.update(ME, endpoint.id, Changes(enabled=False))
    state = await desk.webhooks.update(ME, endpoint.id, Changes(enabled=True))
    assert (state.disabled_at, state.disabled_reason, state.failures) == (None, None, 0)
    await desk.completed()
    assert await desk.turn() == 1


async def test_one_event_that_is_refused_for_ever_does_not_end_the_endpoint(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    poison = await desk.completed()

    async def picky(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return BROKEN if json.loads(body)["data"]["id"] == poison.id else FINE

    desk.deliveries._post = picky
    await desk.turn()
    for _ in range(40):
        await desk.turns(2 * HOUR, 2 * HOUR)
        await desk.completed()
        await desk.turn()
    assert (await desk.state(endpoint)).disabled_at is None
    of_poison = [entry for entry in await desk.log(endpoint) if entry.video_id == poison.id]
    assert of_poison[0].outcome == "dropped"


async def test_a_silent_endpoint_slows_nobody(desk: Desk) -> None:
    dead = [await desk.endpoint(f"dead{number}") for number in range(3)]
    alive = await desk.endpoint("alive")
    hung = asyncio.Event()

    async def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if url != alive.url:
            await hung.wait()
        return await desk.receiver.post(url, body, headers)

    desk.deliveries._post = post
    for _ in range(10):
        await desk.completed()
    for _ in range(6):
        await desk.courier.run_once()
        await asyncio.sleep(0.05)
    assert [got.url for got in desk.receiver.got] == [alive.url] * 10
    hanging = [due.endpoint_id for due in desk.courier._running.values()]
    assert all(hanging.count(endpoint.id) == 4 for endpoint in dead)
    hung.set()
    await desk.courier.drain()


async def test_a_failing_endpoint_is_probed_by_one_notice_and_all_is_told_when_it_returns(
    desk: Desk,
) -> None:
    endpoint = await desk.endpoint()
    desk.receiver.scripts[endpoint.url] = [BROKEN]
    for _ in range(12):
        await desk.completed()
    await desk.turn()
    assert len(desk.receiver.got) == 4
    await desk.turns(60, 1)
    assert len(desk.receiver.got) <= 9
    desk.receiver.scripts[endpoint.url] = [FINE]
    desk.receiver.got.clear()
    await desk.turns(300, 20)
    assert len({got.event_id for got in desk.receiver.got}) == 12


async def test_a_rotated_secret_signs_beside_the_new_one_for_a_day(desk: Desk) -> None:
    old = await desk.endpoint()
    new = await desk.webhooks.rotate(ME, old.id, keep_old=True)
    assert new.secret != old.secret
    await desk.completed()
    await desk.turn()
    both = desk.receiver.got[-1]
    assert verified(both, old.secret, desk.clock.now())
    assert verified(both, new.secret, desk.clock.now())
    desk.clock.advance(24 * HOUR)
    await desk.completed()
    await desk.turn()
    alone = desk.receiver.got[-1]
    assert not verified(alone, old.secret, desk.clock.now())
    assert verified(alone, new.secret, desk.clock.now())


async def test_a_secret_rotated_without_overlap_ends_at_once(desk: Desk) -> None:
    old = await desk.endpoint()
    await desk.webhooks.rotate(ME, old.id, keep_old=True)
    new = await desk.webhooks.rotate(ME, old.id, keep_old=False)
    await desk.completed()
    await desk.turn()
    (got,) = desk.receiver.got
    assert not verified(got, old.secret, desk.clock.now())
    assert verified(got, new.secret, desk.clock.now())


async def test_a_deleted_endpoint_is_told_nothing_more(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    await desk.completed()
    (due,) = await desk.deliveries.due()
    (notice,) = await desk.deliveries.lease(due, 1)
    await desk.webhooks.delete(ME, endpoint.id)
    assert await desk.deliveries.deliver(notice) is None
    desk.clock.advance(100)
    assert await desk.turn() == 0
    with pytest.raises(NotFound):
        await desk.log(endpoint)


async def test_a_database_that_is_away_leaves_the_event_for_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.endpoint()
    await desk.completed()
    (due,) = await desk.deliveries.due()
    with monkeypatch.context() as away:

        def gone(*_: object) -> None:
            raise Unavailable("away")

        away.setattr(notices, "settle", gone)
        await desk.turn()
    assert due
    desk.clock.advance(41)
    assert await desk.turn() == 1


async def test_old_events_are_forgotten_but_not_those_still_to_be_told(desk: Desk) -> None:
    endpoint = await desk.endpoint()
    await desk.completed()
    await desk.turn()
    desk.clock.advance(31 * 24 * HOUR)
    assert await desk.deliveries.forget() == 2
    assert await desk.log(endpoint) == []
    await desk.completed()
    desk.clock.advance(31 * 24 * HOUR)
    assert await desk.deliveries.forget() == 0
    assert await desk.turn() == 1


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_an_endpoint_removed_while_a_video_ends_spoils_no_ending(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time."""
    endpoint = await desk.endpoint()
    found, fresh = asyncio.Event(), ids.event_id

    def slow() -> str:
        """Between the look for endpoints and the notice for one of them."""
        found.set()
        await_only(asyncio.sleep(0.2))
        return fresh()

    monkeypatch.setattr(ids, "event_id", slow)
    ending = asyncio.create_task(desk.completed())
    await found.wait()
    await desk.webhooks.delete(ME, endpoint.id)
    assert (await ending).state.final
    assert await desk.database.read(rows) == (1, 0)
