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
    is_probed,
    next_try,
    rest_s,
)
from filmgate.net.post import Answer
from filmgate.store import deliveries, endpoints, events, notices
from filmgate.store.connections import WriteConnection
from filmgate.store.database import Database
from filmgate.telemetry.tracing import NO_TRACES, Tracer, Value

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
        tracer: Tracer = NO_TRACES,
    ) -> None:
        self._db = database
        self._clock = clock
        self._post = post
        self._lease_s = timeout_s + _LEASE_MARGIN_S
        self._keep_s = keep_s
        self._jitter = jitter
        self._tracer = tracer

    async def due(self) -> list[DueEndpoint]:
        """The endpoints that are to be told something now."""
        return await self._db.read(endpoints.due, self._clock.now())

    async def lease(self, due: DueEndpoint, limit: int) -> list[Notice]:
        """Lease up to `limit` notices for an endpoint."""
        now = self._clock.now()
        return await self._db.write(_lease, due, limit, now, now + self._lease_s)

    async def deliver(self, notice: Notice) -> Outcome | None:
        """Tell an endpoint; None when the lease was lost meanwhile."""
        at, started = self._clock.now(), self._clock.monotonic()
        body = payload(notice.event)
        headers = sign(notice.event.id, body, notice.endpoint, at)
        facts: dict[str, Value] = {
            "filmgate.video": notice.event.video_id,
            "filmgate.attempt": notice.attempt,
        }
        parent = notice.event.traceparent
        with self._tracer.span("webhook", parent=parent, kind="client", facts=facts) as span:
            if (own := self._tracer.traceparent()) is not None:
                headers["traceparent"] = own
            answer = await self._post(notice.endpoint.url, body, headers)
            span.note({"http.response.status_code": answer.status or 0})
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
        before = self._clock.now() - self._keep_s
        return await self._db.write(events.forget, before) + await self._db.write(
            deliveries.forget, before
        )


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


def sign(message_id: str, body: bytes, endpoint: Endpoint, now: float) -> dict[str, str]:
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


def _lease(
    conn: WriteConnection, due: DueEndpoint, limit: int, now: float, until: float
) -> list[Notice]:
    """Lease what is due; nothing where another courier was first."""
    endpoint = endpoints.get_any(conn, due.endpoint_id)
    if endpoint is None or endpoint.disabled_at is not None:
        return []
    if is_probed(endpoint.failures):
        if not endpoints.probe(conn, endpoint.id, now, until):
            return []
        limit = 1
    seqs = notices.next_due(conn, endpoint.id, limit, now)
    leased = notices.lease(conn, seqs, until) if seqs else []
    told = events.by_id(conn, [one.event_id for one in leased])
    return [
        Notice(
            seq=one.seq,
            attempt=one.token,
            event=told[one.event_id],
            endpoint=endpoint,
            failing_since=one.failing_since,
        )
        for one in leased
    ]


def _record(conn: WriteConnection, said: _Said, now: float, jitter: float) -> Outcome | None:
    """Write down what came of an attempt; None when its lease was lost."""
    endpoint = endpoints.hold(conn, said.notice.endpoint.id)
    if endpoint is None:
        return None
    if said.answer.ok:
        return _record_success(conn, said, endpoint, now)
    return _record_failure(conn, said, endpoint, now, jitter)


def _record_success(
    conn: WriteConnection, said: _Said, endpoint: Endpoint, now: float
) -> Outcome | None:
    if not notices.settle(conn, said.notice, "delivered"):
        return None
    if endpoint.failures:
        endpoints.mark_answering(conn, endpoint.id)
        notices.make_due(conn, endpoint.id, now)
    return _log(conn, said, Outcome.DELIVERED, None)


def _record_failure(
    conn: WriteConnection, said: _Said, endpoint: Endpoint, now: float, jitter: float
) -> Outcome | None:
    failing_since = said.notice.failing_since or now
    next_at = next_try(said.notice.attempt, failing_since, now, jitter)
    if next_at is None:
        held = notices.settle(conn, said.notice, "dropped")
    else:
        held = notices.postpone(conn, said.notice, next_at, failing_since)
    if not held:
        return None
    since, failures = endpoint.failing_since or now, endpoint.failures + 1
    rests_until = now + rest_s(failures)
    endpoints.mark_failing(conn, endpoint.id, failures, since, rests_until)
    if now - since >= WINDOW_S:
        last = said.answer.problem
        reason = f"every delivery failed for {WINDOW_S / 3600:g} hours; the last one: {last}"
        switch_off(conn, endpoint.id, reason, now)
        log.warning("the webhook endpoint %s is switched off: %s", endpoint.id, reason)
        next_at = None
    if next_at is None:
        return _log(conn, said, Outcome.DROPPED, None)
    return _log(conn, said, Outcome.RETRIED, max(next_at, rests_until))


def switch_off(conn: WriteConnection, endpoint_id: str, reason: str, now: float) -> None:
    """Tell an endpoint nothing more, and drop what it was still to be told."""
    endpoints.switch_off(conn, endpoint_id, reason, now)
    notices.drop(conn, endpoint_id)


def _log(conn: WriteConnection, said: _Said, outcome: Outcome, next_at: float | None) -> Outcome:
    entry = log_entry(
        said.notice.endpoint, said.notice.event, said.answer, at=said.at, seconds=said.duration_s,
        attempt=said.notice.attempt, outcome=outcome, next_at=next_at,
    )  # fmt: skip
    keep(conn, entry)
    return outcome


def keep(conn: WriteConnection, delivery: Delivery) -> None:
    """Remember a delivery, unless its endpoint is gone."""
    if endpoints.hold_open(conn, delivery.endpoint_id):
        deliveries.add(conn, delivery)


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
