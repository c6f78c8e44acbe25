"""What a courier does: see who is to be told, lease it, tell it, write down what came of it."""

import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from standardwebhooks import Webhook

from filmgate.clock import Clock
from filmgate.domain import ids
from filmgate.domain.webhook import (
    WINDOW_S,
    Delivery,
    DueEndpoint,
    Endpoint,
    Event,
    Notice,
    Outcome,
    next_try,
    rest_s,
)
from filmgate.net.post import Answer
from filmgate.store import outbox, webhooks
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database

log = logging.getLogger(__name__)

Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[Answer]]
"""Posts to an address that a client chose."""

_LEASE_MARGIN_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One attempt, as it went."""

    notice: Notice
    answer: Answer
    at: float
    duration_s: float


class Deliveries:
    """The verbs of a courier. Each is conditional on the lease it acts under.

    An event is told at least once: a courier that dies after its post leaves a lease that runs
    out, and the next one tells it again under the same id.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        post: Post,
        timeout_s: float,
        keep_s: float,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._db = database
        self._clock = clock
        self._post = post
        self._lease_s = timeout_s + _LEASE_MARGIN_S
        self._keep_s = keep_s
        self._jitter = jitter

    async def due(self) -> list[DueEndpoint]:
        """The endpoints that are to be told something now."""
        return await self._db.read(outbox.due, self._clock.now())

    async def lease(self, due: DueEndpoint, limit: int) -> list[Notice]:
        """Lease up to `limit` notices for an endpoint."""
        now = self._clock.now()
        return await self._db.write(outbox.lease, due, limit, now, now + self._lease_s)

    async def deliver(self, notice: Notice) -> Outcome | None:
        """Tell an endpoint; None when the lease was lost meanwhile."""
        at, started = self._clock.now(), self._clock.monotonic()
        body = payload(notice.event)
        headers = signed(notice.event.id, body, notice.endpoint, at)
        answer = await self._post(notice.endpoint.url, body, headers)
        said = _Said(
            notice=notice,
            answer=answer,
            at=at,
            duration_s=self._clock.monotonic() - started,
        )
        now, jitter = self._clock.now(), self._jitter()
        return await self._db.write(_record, said, now, jitter)

    async def forget(self) -> int:
        """Remove events and deliveries that are older than they are kept; return how many."""
        return await self._db.write(outbox.forget, self._clock.now() - self._keep_s)


def payload(event: Event) -> bytes:
    """The body that tells of an event."""
    content = {
        "id": event.id,
        "object": "event",
        "created_at": int(event.created_at),
        "type": event.type,
        "data": {"id": event.video_id},
    }
    return json.dumps(content, separators=(",", ":")).encode()


def signed(message_id: str, body: bytes, endpoint: Endpoint, now: float) -> dict[str, str]:
    """The headers of Standard Webhooks: one signature for each secret that holds now."""
    at = datetime.fromtimestamp(int(now), UTC)
    signatures = (
        Webhook(secret).sign(message_id, at, body.decode()) for secret in endpoint.secrets(now)
    )
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now)),
        "webhook-signature": " ".join(signatures),
    }


def _record(conn: WriteConnection, said: _Said, now: float, jitter: float) -> Outcome | None:
    if said.answer.ok:
        return _delivered(conn, said, now)
    return _failed(conn, said, now, jitter)


def _delivered(conn: WriteConnection, said: _Said, now: float) -> Outcome | None:
    endpoint = outbox.held_endpoint(conn, said.notice.endpoint.id)
    if endpoint is None or not outbox.settle(conn, said.notice, "delivered"):
        return None
    if endpoint.failures:
        outbox.well(conn, endpoint.id, now)
    return _kept(conn, said, Outcome.DELIVERED, None)


def _failed(conn: WriteConnection, said: _Said, now: float, jitter: float) -> Outcome | None:
    notice = said.notice
    endpoint = outbox.held_endpoint(conn, notice.endpoint.id)
    if endpoint is None:
        return None
    failing_since = notice.failing_since or now
    next_at = next_try(notice.attempt, failing_since, now, jitter)
    if not _put_off(conn, notice, next_at, failing_since):
        return None
    ill_since = endpoint.failing_since or now
    rests_until = now + rest_s(endpoint.failures + 1)
    outbox.ill(conn, endpoint.id, endpoint.failures + 1, ill_since, rests_until)
    if now - ill_since >= WINDOW_S:
        _switch_off(conn, endpoint, said.answer, now)
        next_at = None
    outcome = Outcome.DROPPED if next_at is None else Outcome.RETRIED
    return _kept(conn, said, outcome, None if next_at is None else max(next_at, rests_until))


def _put_off(
    conn: WriteConnection, notice: Notice, next_at: float | None, failing_since: float
) -> bool:
    if next_at is None:
        return outbox.settle(conn, notice, "dropped")
    return outbox.postpone(conn, notice, next_at, failing_since)


def _switch_off(conn: WriteConnection, endpoint: Endpoint, answer: Answer, now: float) -> None:
    reason = f"every delivery failed for {WINDOW_S / 3600:g} hours; the last one: {answer.problem}"
    outbox.switch_off(conn, endpoint.id, reason, now)
    log.warning("the webhook endpoint %s is switched off: %s", endpoint.id, reason)


def _kept(conn: WriteConnection, said: _Said, outcome: Outcome, next_at: float | None) -> Outcome:
    delivery = log_entry(
        said.notice.endpoint, said.notice.event, said.answer, at=said.at, seconds=said.duration_s,
        attempt=said.notice.attempt, outcome=outcome, next_at=next_at,
    )  # fmt: skip
    webhooks.keep(conn, delivery)
    return outcome


def log_entry(
    endpoint: Endpoint,
    event: Event,
    answer: Answer,
    *,
    at: float,
    seconds: float,
    attempt: int,
    outcome: Outcome,
    next_at: float | None = None,
) -> Delivery:
    """What the log remembers of one attempt."""
    return Delivery(
        id=ids.delivery_id(),
        endpoint_id=endpoint.id,
        event_id=event.id,
        event_type=event.type,
        video_id=event.video_id,
        attempt=attempt,
        outcome=outcome,
        status_code=answer.status,
        problem=answer.problem,
        at=at,
        duration_ms=int(seconds * 1000),
        next_at=next_at,
    )
