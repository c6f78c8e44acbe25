"""Runway's task API: its own models and those that it routes to, by the official SDK."""

from pathlib import Path
from typing import Any

from filmgate.domain import money
from filmgate.domain.states import Failure
from filmgate.engines.relay.address import Address
from filmgate.engines.relay.fetching import Fetcher, door
from filmgate.engines.relay.hosted.sdk import (
    is_gone,
    load_sdk,
    outcome_of_sdk_error,
    translate_sdk_errors,
)
from filmgate.engines.relay.hosted.terms import (
    HostedSettings,
    fields_of,
    last_address_of,
    refuses,
    terms_of,
)
from filmgate.engines.relay.options import RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import accept_or_doubt
from filmgate.engines.relay.upstream import Look, Order, Outcome, Phase, Step, Traits, Unreachable
from filmgate.engines.relay.wire import Wire
from filmgate.validation import read_options

URL = "https://api.dev.runwayml.com"
_CREDIT = money.MICRO // 100
"""A credit costs one cent."""


class Runway:
    """Implements `Upstream`. A lost answer cannot be found: there is no list of tasks."""

    traits = Traits(cancels=True, poll_s=5.0, poll_most_s=15.0)

    def __init__(self, address: Address, fetcher: Fetcher, settings: HostedSettings) -> None:
        sdk = load_sdk("runwayml", "hosted")
        self._client = sdk.AsyncRunwayML(
            api_key=address.key or "none",
            base_url=address.url,
            max_retries=0,
            timeout=address.answer_s,
        )
        self._fetcher = fetcher
        self._settings = settings

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """Ask for the organization, as its credits are free to see."""
        with translate_sdk_errors():
            found = await self._client.organization.retrieve()
        return f"{found.credit_balance} credits"

    async def submit(self, order: Order) -> Outcome:
        """Create a task, once."""
        terms, negative = terms_of(order.shape), order.extras.get("negative_prompt")
        fields: dict[str, Any] = {
            "model": order.model,
            "prompt_text": order.prompt,
            "ratio": f"{order.shape.width}:{order.shape.height}",
            "duration": terms["seconds"],
            "extra_body": fields_of("runway", self._settings.send, order)
            | ({"negativePrompt": negative} if negative else {}),
        }
        if not refuses("runway", order.model, "seed"):
            fields["seed"] = order.seed
        create = self._client.text_to_video.create
        if order.picture is not None:
            fields["prompt_image"] = order.picture.data_url
            if last := last_address_of(order):
                first = {"uri": order.picture.data_url, "position": "first"}
                fields["prompt_image"] = [first, {"uri": last, "position": "last"}]
            create = self._client.image_to_video.create
        try:
            task = await create(**fields)
        except Exception as error:  # noqa: BLE001 whatever it raises, the order is out
            return outcome_of_sdk_error(error)
        return accept_or_doubt(getattr(task, "id", None))

    async def look(self, job: str) -> Look:
        """Retrieve the task; each time with fresh addresses."""
        try:
            with translate_sdk_errors():
                task = await self._client.tasks.retrieve(job)
        except Unreachable as error:
            if is_gone(error):
                return Look(phase=Phase.GONE)
            raise
        return read_task(task)

    async def find(self, order: Order) -> str | None:
        """Never asked."""
        return None

    async def cancel(self, job: str) -> None:
        """Cancel or delete the task. One that runs is not refunded."""
        with translate_sdk_errors():
            await self._client.tasks.delete(job)

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Fetch without the key."""
        await self._fetcher.fetch(look.films, path, step)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()
        await self._fetcher.close()


def read_task(task: Any) -> Look:
    """What a task tells."""
    cost = getattr(task, "cost", None)
    micros = None if cost is None else round(cost.credits * _CREDIT)
    if task.status == "SUCCEEDED":
        return Look(phase=Phase.DONE, films=tuple(task.output[:1]), cost=micros)
    if task.status == "FAILED":
        code = str(getattr(task, "failure_code", ""))
        refused = code.startswith("SAFETY") or ".SAFETY" in code
        failure = Failure.CONTENT_POLICY if refused else Failure.UPSTREAM
        return Look(phase=Phase.FAILED, message=task.failure, failure=failure, cost=micros)
    if task.status == "CANCELLED":
        return Look(phase=Phase.FAILED, message="it was cancelled")
    return Look(phase=Phase.WAITING, progress=getattr(task, "progress", None))


def make(_name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Runway:
    """The upstream that an operator's table describes."""
    address = upstream.address(URL)
    films = door(upstream.films_from, relay.max_film_mib << 20)
    fetcher = Fetcher(Wire(Address(url=address.url)), films)
    return Runway(address, fetcher, read_options(HostedSettings, upstream.settings))
