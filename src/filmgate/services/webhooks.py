"""What an owner does with webhook endpoints: create, change, rotate, test, read the log."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.domain.audit import Act
from filmgate.domain.webhook import OVERLAP_S, Delivery, Endpoint, Event, Outcome
from filmgate.errors import BadRequest, InvalidParameter, WebhookUnreachable
from filmgate.net.post import Answer
from filmgate.services.audit import record_act
from filmgate.services.deliveries import Post, keep, log_entry, payload, sign, switch_off
from filmgate.services.lookup import or_missing
from filmgate.store import deliveries, endpoints
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

MOST = 20
"""Endpoints of one account."""

Refused = Callable[[str], str | None]
"""Why nothing is ever sent to a URL, as far as its text tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to change of an endpoint; None is left as it is."""

    name: str | None = None
    url: str | None = None
    event_types: tuple[str, ...] | None = None
    enabled: bool | None = None


class Webhooks:
    """The verbs of an endpoint's owner."""

    def __init__(self, *, database: Database, clock: Clock, post: Post, refused: Refused) -> None:
        self._db = database
        self._clock = clock
        self._post = post
        self._refused = refused

    async def create(
        self, caller: Caller, *, name: str, url: str, event_types: tuple[str, ...]
    ) -> Endpoint:
        """Make an endpoint with a fresh secret.

        Raises:
            InvalidParameter: the URL is one that nothing is ever sent to.
            BadRequest: the account has as many as it may.
        """
        self._check(url)
        now = self._clock.now()
        fresh = Endpoint(
            id=ids.endpoint_id(),
            account_id=caller.account_id,
            name=name,
            url=url,
            event_types=event_types,
            secret=ids.fresh_webhook_secret(),
            created_at=now,
            updated_at=now,
        )
        if not await self._db.write(_add, caller, fresh):
            raise BadRequest(f"An account has at most {MOST} webhook endpoints")
        return fresh

    async def get(self, caller: Caller, endpoint_id: str) -> Endpoint:
        """The caller's endpoint.

        Raises:
            NotFound: unknown, deleted, or another account's.
        """
        return _endpoint_or_missing(
            await self._db.read(endpoints.get, endpoint_id, caller.account_id), endpoint_id
        )

    async def page(
        self, caller: Caller, after: str | None, limit: int
    ) -> tuple[list[Endpoint], bool]:
        """Endpoints, newest first, and whether more follow.

        Raises:
            InvalidParameter: `after` is no endpoint of the caller.
        """
        found = await self._db.read(endpoints.page, caller.account_id, after, limit)
        if found is None:
            raise InvalidParameter("after", "must be the id of one of your webhook endpoints")
        return found

    async def update(self, caller: Caller, endpoint_id: str, changes: Changes) -> Endpoint:
        """Change an endpoint; one that is enabled again starts without its past failures.

        Raises:
            NotFound: unknown, deleted, or another account's.
            InvalidParameter: the URL is one that nothing is ever sent to.
        """
        if changes.url is not None:
            self._check(changes.url)
        now = self._clock.now()
        return _endpoint_or_missing(
            await self._db.write(_update, caller, endpoint_id, changes, now), endpoint_id
        )

    async def rotate(self, caller: Caller, endpoint_id: str, *, keep_old: bool) -> Endpoint:
        """Give an endpoint a fresh secret; the old one signs beside it for a day, if so asked.

        Raises:
            NotFound: unknown, deleted, or another account's.
        """
        now = self._clock.now()
        return _endpoint_or_missing(
            await self._db.write(_rotate, caller, endpoint_id, keep_old, now), endpoint_id
        )

    async def delete(self, caller: Caller, endpoint_id: str) -> None:
        """Remove an endpoint; what it was still to be told is told no more.

        Raises:
            NotFound: unknown, deleted, or another account's.
        """
        if not await self._db.write(_remove, caller, endpoint_id, self._clock.now()):
            _endpoint_or_missing(None, endpoint_id)

    async def test(self, caller: Caller, endpoint_id: str, event_type: str) -> int:
        """Send a sample event at once and return the status that the receiver answered.

        Raises:
            NotFound: unknown, deleted, or another account's.
            WebhookUnreachable: it answered nothing; says why.
        """
        endpoint = await self.get(caller, endpoint_id)
        answer = await self._sample(endpoint, event_type)
        if answer.status is None:
            raise WebhookUnreachable(f"The webhook endpoint gave no answer: {answer.problem}")
        return answer.status

    async def log(
        self, caller: Caller, endpoint_id: str, after: str | None, limit: int
    ) -> tuple[list[Delivery], bool]:
        """Deliveries to an endpoint, newest first, and whether more follow.

        Raises:
            NotFound: unknown, deleted, or another account's endpoint.
            InvalidParameter: `after` is no delivery to it.
        """
        await self.get(caller, endpoint_id)
        found = await self._db.read(deliveries.page, endpoint_id, after, limit)
        if found is None:
            raise InvalidParameter("after", "must be the id of a delivery to this endpoint")
        return found

    def _check(self, url: str) -> None:
        if problem := self._refused(url):
            raise InvalidParameter("url", f"cannot be used: {problem}")

    async def _sample(self, endpoint: Endpoint, event_type: str) -> Answer:
        at, started = self._clock.now(), self._clock.monotonic()
        event = Event(id=ids.event_id(), type=event_type, video_id=ids.video_id(), created_at=at)
        body = payload(event)
        answer = await self._post(endpoint.url, body, sign(event.id, body, endpoint, at))
        seconds = self._clock.monotonic() - started
        entry = log_entry(
            endpoint, event, answer, at=at, seconds=seconds, attempt=1, outcome=Outcome.TESTED
        )
        await self._db.write(keep, entry)
        return answer


def _add(conn: WriteConnection, caller: Caller, fresh: Endpoint) -> bool:
    if endpoints.count(conn, caller.account_id) >= MOST:
        return False
    endpoints.add(conn, fresh)
    _write_act(conn, caller, Act.WEBHOOK_CREATED, fresh.id, fresh.created_at)
    return True


def _update(
    conn: WriteConnection, caller: Caller, endpoint_id: str, changes: Changes, now: float
) -> Endpoint | None:
    before = endpoints.get(conn, endpoint_id, caller.account_id)
    if before is None:
        return None
    after = _apply(before, changes, now)
    if after == before:
        return before
    if after.disabled_at is not None and before.disabled_at is None:
        switch_off(conn, endpoint_id, after.disabled_reason or "", now)
    _write_act(conn, caller, Act.WEBHOOK_UPDATED, endpoint_id, now)
    old, new = asdict(before), asdict(after)
    values: dict[str, Any] = {name: new[name] for name in new if new[name] != old[name]}
    values["updated_at"] = now
    return endpoints.change(conn, endpoint_id, caller.account_id, values)


def _apply(before: Endpoint, changes: Changes, now: float) -> Endpoint:
    after = replace(
        before,
        name=before.name if changes.name is None else changes.name,
        url=before.url if changes.url is None else changes.url,
        event_types=before.event_types if changes.event_types is None else changes.event_types,
    )
    if changes.enabled is False and before.disabled_at is None:
        return replace(after, disabled_at=now, disabled_reason="switched off by its owner")
    if changes.enabled is True and before.disabled_at is not None:
        return replace(
            after,
            failures=0,
            failing_since=None,
            rests_until=None,
            disabled_at=None,
            disabled_reason=None,
        )
    return after


def _rotate(
    conn: WriteConnection, caller: Caller, endpoint_id: str, keep_old: bool, now: float
) -> Endpoint | None:
    before = endpoints.get(conn, endpoint_id, caller.account_id)
    if before is None:
        return None
    values = {
        "secret": ids.fresh_webhook_secret(),
        "old_secret": before.secret if keep_old else None,
        "old_secret_until": now + OVERLAP_S if keep_old else None,
        "updated_at": now,
    }
    _write_act(conn, caller, Act.WEBHOOK_ROTATED, endpoint_id, now)
    return endpoints.change(conn, endpoint_id, caller.account_id, values)


def _remove(conn: WriteConnection, caller: Caller, endpoint_id: str, now: float) -> bool:
    gone = endpoints.remove(conn, endpoint_id, caller.account_id)
    if gone:
        _write_act(conn, caller, Act.WEBHOOK_DELETED, endpoint_id, now)
    return gone


def _write_act(
    conn: WriteConnection, caller: Caller, act: Act, endpoint_id: str, now: float
) -> None:
    record_act(conn, act, endpoint_id, at=now, account_id=caller.account_id, key_id=caller.key_id)


def _endpoint_or_missing(endpoint: Endpoint | None, endpoint_id: str) -> Endpoint:
    return or_missing(endpoint, "webhook endpoint", endpoint_id)
