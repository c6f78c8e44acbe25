"""An upstream that speaks the Videos API."""

import math
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
from pydantic import Field

from filmgate.domain.source import Verb
from filmgate.engines.relay.address import Address
from filmgate.engines.relay.fetching import Door, Fetcher, door
from filmgate.engines.relay.options import OptionTable, RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import outcome_of_answer, outcome_of_error
from filmgate.engines.relay.upstream import (
    Accepted,
    Blame,
    Look,
    Order,
    Outcome,
    Phase,
    Refused,
    Step,
    Traits,
    Unknown,
    Unreachable,
)
from filmgate.engines.relay.videos_api import listing
from filmgate.engines.relay.videos_api.answer import is_job, job_of, read_look
from filmgate.engines.relay.videos_api.create import (
    facts_of,
    spell_model,
    write_create,
    write_following,
)
from filmgate.engines.relay.videos_api.flavours import CONTENT, FLAVOURS, Flavour, WayBack
from filmgate.engines.relay.wire import Reply, Wire
from filmgate.validation import read_options

_REMEMBERED_S = 23 * 3600.0
"""How long an Idempotency-Key is surely remembered."""
_NOT_THERE = (404, 405, 410)
_GONE_CODES = frozenset({"task_not_exist", "video_not_found", "not_found"})


class VideosApi:
    """Speaks one flavour of the Videos API to one server. Implements `Upstream`."""

    def __init__(
        self, flavour: Flavour, address: Address, films: Door, native_fps: int | None = None
    ) -> None:
        self._flavour = flavour
        self._wire = Wire(address)
        self._fetcher = Fetcher(self._wire, films)
        self._native_fps = native_fps
        self._warm = flavour.health is None
        self._jobs: set[str] = set()

    @property
    def traits(self) -> Traits:
        """What its flavour can do."""
        return Traits(
            finds=self._flavour.finding is not WayBack.NONE,
            finds_for_s=_REMEMBERED_S if self._repeats else math.inf,
            proves_absence=self._flavour.finding is WayBack.MODEL,
            paid=self._flavour.paid,
            cancels=self._flavour.stop is not None,
            follows=self._flavour.follows,
            lists=self._flavour.lists,
            poll_s=self._flavour.poll_s,
            poll_most_s=self._flavour.poll_most_s,
        )

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """Ask for its list of models."""
        reply = await self._wire.ask("GET", "/models")
        if not reply.good and reply.status != httpx2.codes.NOT_FOUND:
            raise self._wire.trouble(reply)
        return f"answers {reply.status}"

    async def submit(self, order: Order) -> Outcome:
        """Send the order, once; before the first, see that the server is warm."""
        if not self._warm and (refusal := await self._warm_up()):
            return refusal
        return await self._send(order)

    async def look(self, job: str) -> Look:
        """See where a job stands; a job may come with an error's status."""
        reply = await self._wire.ask("GET", f"/videos/{quote(job, safe='')}")
        if is_job(reply.body):
            return self._read(job, reply.body, reply)
        code = reply.body.get("code") if isinstance(reply.body, dict) else None
        if reply.status in (404, 410) or (reply.status == 400 and code in _GONE_CODES):
            return Look(phase=Phase.GONE)
        raise self._wire.trouble(reply)

    async def list_looks(self) -> AsyncGenerator[Mapping[str, Look]]:
        """See where its newest jobs stand, a hundred a request."""
        async for reply, entries in self._pages():
            yield {job: self._read(job, entry, reply) for job, entry in entries.items()}

    async def find(self, order: Order) -> str | None:
        """Ask for the order anew by its key, or search the list."""
        if self._repeats:
            return await self._repeat(order)
        entries = listing.since(self._entries(), order.since)
        if self._flavour.finding is WayBack.MODEL:
            return await listing.find_by_model(entries, spell_model(order, self._flavour))
        facts = facts_of(order, self._flavour, self._native_fps)
        job = await listing.find_by_elimination(entries, facts, self._jobs)
        if job is not None:
            self._jobs.add(job)
        return job

    async def cancel(self, job: str) -> None:
        """End the work, or at least drop the job."""
        if self._flavour.stop is None:
            return
        method, path = self._flavour.stop
        reply = await self._wire.ask(method, path.format(id=quote(job, safe="")))
        if reply.status in (409, 429) or reply.status >= 500:
            raise self._wire.trouble(reply)

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Fetch from the content route and the addresses that the object names."""
        await self._fetcher.fetch(look.films, path, step)

    async def close(self) -> None:
        """Close every connection."""
        await self._wire.close()

    async def _warm_up(self) -> Refused | None:
        """A server that warms up holds back every answer, so that a POST would look lost."""
        health = str(httpx2.URL(self._wire.address.url).join(self._flavour.health or "/"))
        try:
            reply = await self._wire.ask("GET", health)
        except Unreachable as error:
            return Refused(blame=Blame.BUSY, message=error.message)
        self._warm = reply.status < 500
        return None if self._warm else Refused(blame=Blame.BUSY, message="it warms up")

    async def _send(self, order: Order) -> Outcome:
        headers = {"Idempotency-Key": order.tag} if self._repeats else {}
        try:
            path, body = self._write(order)
            reply = await self._wire.send(path, headers, **body)
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            self._warm = self._flavour.health is None
            return outcome_of_error(error)
        outcome = outcome_of_answer(reply.status, reply.body, job_of(reply.body), reply.headers)
        if isinstance(outcome, Accepted):
            self._jobs.add(outcome.job)
        if isinstance(outcome, Refused) and order.follows and reply.status in _NOT_THERE:
            return replace(outcome, blame=Blame.REQUEST)  # the film to follow is gone, no more
        return outcome

    def _write(self, order: Order) -> tuple[str, dict[str, Any]]:
        if order.follows is None:
            return "/videos", write_create(order, self._flavour, self._native_fps)
        path, fields = write_following(order, order.follows, self._flavour)
        return path, {"json": fields}

    @property
    def _repeats(self) -> bool:
        return self._flavour.finding is WayBack.REPEAT

    async def _repeat(self, order: Order) -> str | None:
        match await self._send(order):
            case Accepted(job):
                return job
            case Refused(blame=Blame.REQUEST):
                return None
            case Refused(message=why, retry_after_s=pause_s):
                raise Unreachable(why, retry_after_s=pause_s)
            case Unknown(why):
                raise Unreachable(why)

    def _read(self, job: str, entry: Mapping[str, Any], reply: Reply) -> Look:
        """What an object tells, with every address that its film may be had from."""
        wish = reply.headers.get("openai-poll-after-ms", "")
        look = read_look(entry, int(wish) / 1000 if wish.isascii() and wish.isdigit() else None)
        route = self._wire.url(CONTENT.format(id=quote(job, safe="")))
        first = self._flavour.links_first
        return replace(look, films=(*look.films, route) if first else (route, *look.films))

    async def _entries(self) -> AsyncIterator[Mapping[str, Any]]:
        """Every entry of its list, newest first."""
        async for _, entries in self._pages():
            for entry in entries.values():
                yield entry

    async def _pages(self) -> AsyncIterator[tuple[Reply, dict[str, Mapping[str, Any]]]]:
        """Its list, newest first: each answer, and the entries in it by their ids."""
        after: str | None = None
        while True:
            query = {"limit": "100", "order": "desc"} | ({"after": after} if after else {})
            reply = await self._wire.ask("GET", "/videos", params=query)
            if not reply.good or not isinstance(reply.body, dict):
                raise self._wire.trouble(reply)
            data = reply.body.get("data") or []
            entries = {str(job_of(entry)): entry for entry in data if job_of(entry)}
            yield reply, entries
            if not reply.body.get("has_more") or not entries:
                return
            after = next(reversed(entries))


class VideosApiSettings(OptionTable):
    """`settings` of an upstream that speaks the Videos API.

    `fps` is the rate that its models make. `callback` is its field of a create for an address that
    it rings when a film is done. `can` are routes that make a video from another, beside those that
    its kind is known to have.
    """

    fps: int | None = Field(default=None, ge=1, le=240)
    callback: str | None = Field(default=None, min_length=1)
    can: frozenset[Verb] = frozenset()


def make(name: str, upstream: UpstreamOptions, relay: RelayOptions) -> VideosApi:
    """The upstream that an operator's table describes."""
    settings, flavour = read_options(VideosApiSettings, upstream.settings), FLAVOURS[upstream.kind]
    return VideosApi(
        replace(
            flavour,
            callback=settings.callback or flavour.callback,
            follows=flavour.follows | settings.can,
        ),
        upstream.address(),
        door(upstream.films_from, relay.max_film_mib << 20),
        settings.fps,
    )
