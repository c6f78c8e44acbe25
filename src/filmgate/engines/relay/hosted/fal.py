"""Any model of fal's queue, by four requests: its own client sends a lost create ten times."""

from pathlib import Path
from typing import Any

import httpx2

from filmgate.domain.states import Failure
from filmgate.engines.relay.address import Address
from filmgate.engines.relay.fetching import Fetcher, door
from filmgate.engines.relay.hosted.terms import HostedSettings, fields_of
from filmgate.engines.relay.options import RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import outcome_of_answer, outcome_of_error
from filmgate.engines.relay.upstream import Look, Order, Outcome, Phase, Step, Traits
from filmgate.engines.relay.wire import Wire
from filmgate.validation import read_options

URL = "https://queue.fal.run"
_ONCE = {"x-fal-no-retry": "1"}
"""fal itself would run a failed request again, up to ten times."""


class Fal:
    """Implements `Upstream`. A lost answer cannot be found: there is no list of requests."""

    traits = Traits(cancels=True, poll_s=1.0, poll_most_s=10.0)

    def __init__(self, wire: Wire, fetcher: Fetcher, settings: HostedSettings) -> None:
        self._wire = wire
        self._fetcher = fetcher
        self._settings = settings

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """See that it answers; nothing of its is free to ask but what is not there."""
        reply = await self._wire.ask("GET", "/fal-ai/none/requests/none/status")
        if reply.status in (401, 403):
            raise self._wire.trouble(reply)
        return f"answers {reply.status}"

    async def submit(self, order: Order) -> Outcome:
        """Post to the model's queue, once."""
        body: dict[str, Any] = {"prompt": order.prompt, "seed": order.seed}
        body |= dict(order.extras) | fields_of("fal", self._settings.send, order)
        if order.picture is not None:
            body["image_url"] = order.picture.data_url
        query = {"fal_webhook": order.callback} if order.callback else {}
        try:
            reply = await self._wire.send(f"/{order.model}", _ONCE, json=body, params=query)
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            return outcome_of_error(error)
        told = reply.body if isinstance(reply.body, dict) else {}
        request = told.get("request_id")
        job = f"{application_of(order.model)}/requests/{request}" if request else None
        return outcome_of_answer(reply.status, reply.body, job, reply.headers)

    async def look(self, job: str) -> Look:
        """Ask for the status, then, where it has ended, for the result."""
        status = await self._wire.ask("GET", f"/{job}/status")
        if status.status == httpx2.codes.NOT_FOUND:
            return Look(phase=Phase.GONE)
        if not status.good or not isinstance(status.body, dict):
            raise self._wire.trouble(status)
        if status.body.get("status") != "COMPLETED":
            return Look(phase=Phase.WAITING)
        result = await self._wire.ask("GET", f"/{job}")
        if status.body.get("error") or 400 <= result.status < 500:
            return read_failure(status.body, result.body)
        if not result.good:
            raise self._wire.trouble(result)
        film = film_of(result.body)
        if film is None:
            return Look(phase=Phase.FAILED, message="it ended without a film")
        return Look(phase=Phase.DONE, films=(film,))

    async def find(self, order: Order) -> str | None:
        """Never asked."""
        return None

    async def cancel(self, job: str) -> None:
        """Take the request out of the queue."""
        reply = await self._wire.ask("PUT", f"/{job}/cancel")
        if reply.status >= 500 or reply.status == 429:
            raise self._wire.trouble(reply)

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Fetch without the key."""
        await self._fetcher.fetch(look.films, path, step)

    async def close(self) -> None:
        """Close every connection."""
        await self._wire.close()
        await self._fetcher.close()


def application_of(model: str) -> str:
    """The part of a model's name that its requests are found under: owner and alias."""
    parts = model.split("/")
    return "/".join(parts[:3] if parts[0] in ("workflows", "comfy") else parts[:2])


def film_of(result: Any) -> str | None:
    """The address in a result: `video` or `videos`, an object or text."""
    found = result.get("video") or result.get("videos") if isinstance(result, dict) else None
    found = found[0] if isinstance(found, list) and found else found
    address = found.get("url") if isinstance(found, dict) else found
    return address if isinstance(address, str) else None


def read_failure(status: dict[str, Any], result: Any) -> Look:
    """A request that ended badly, which fal calls completed, too."""
    detail = result.get("detail") if isinstance(result, dict) else None
    first = detail[0] if isinstance(detail, list) and detail else {}
    kind = str(status.get("error_type") or first.get("type") or "")
    message = str(first.get("msg") or status.get("error") or detail or kind)
    refused = kind == "content_policy_violation"
    failure = Failure.CONTENT_POLICY if refused else Failure.UPSTREAM
    return Look(phase=Phase.FAILED, message=message, failure=failure)


def make(_name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Fal:
    """The upstream that an operator's table describes."""
    address = upstream.address(URL)
    films = door(upstream.films_from, relay.max_film_mib << 20)
    key = {"Authorization": f"Key {address.key}"} if address.key else {}
    ours = Address(url=address.url, headers={**address.headers, **key}, answer_s=address.answer_s)
    fetcher = Fetcher(Wire(Address(url=address.url)), films)
    return Fal(Wire(ours), fetcher, read_options(HostedSettings, upstream.settings))
