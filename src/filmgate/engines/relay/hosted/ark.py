"""Seedance first-hand: Volcengine Ark, and BytePlus by another address, by the official SDK."""

from pathlib import Path
from typing import Any

from filmgate.engines.relay.address import Address
from filmgate.engines.relay.fetching import Fetcher, door
from filmgate.engines.relay.hosted.sdk import (
    is_gone,
    load_sdk,
    outcome_of_sdk_error,
    translate_sdk_errors,
)
from filmgate.engines.relay.hosted.terms import HostedSettings, fill, last_address_of, terms_of
from filmgate.engines.relay.options import RelayOptions, UpstreamOptions
from filmgate.engines.relay.outcomes import accept_or_doubt, failure_of
from filmgate.engines.relay.upstream import Look, Order, Outcome, Phase, Step, Traits, Unreachable
from filmgate.engines.relay.wire import Wire
from filmgate.validation import read_options

URL = "https://ark.cn-beijing.volces.com/api/v3"
_PAGE = 100
_PAGES = 5
_ENDED_BADLY = ("failed", "cancelled", "expired")


class Ark:
    """Implements `Upstream`. Its list shows `safety_identifier`, which carries our tag."""

    traits = Traits(finds=True, cancels=True, poll_s=3.0, poll_most_s=15.0)

    def __init__(self, address: Address, fetcher: Fetcher, settings: HostedSettings) -> None:
        sdk = load_sdk("volcenginesdkarkruntime", "ark")
        self._client = sdk.AsyncArk(
            api_key=address.key or "none",
            base_url=address.url,
            max_retries=0,
            timeout=address.answer_s,
        )
        self._fetcher = fetcher
        self._settings = settings

    @property
    def _tasks(self) -> Any:
        return self._client.content_generation.tasks

    async def open(self) -> None:
        """Nothing is asked before the first order."""

    async def check(self) -> str:
        """Ask for its list of tasks."""
        with translate_sdk_errors():
            found = await self._tasks.list(page_num=1, page_size=1)
        return f"{found.total} tasks"

    async def submit(self, order: Order) -> Outcome:
        """Create a task, once."""
        terms = terms_of(order.shape)
        content: list[dict[str, Any]] = [{"type": "text", "text": order.prompt}]
        if order.picture is not None:
            url = {"url": order.picture.data_url}
            content.append({"type": "image_url", "image_url": url, "role": "first_frame"})
        if last := last_address_of(order):
            content.append({"type": "image_url", "image_url": {"url": last}, "role": "last_frame"})
        rings = {"callback_url": order.callback} if order.callback else {}
        try:
            task = await self._tasks.create(
                model=order.model,
                content=content,
                safety_identifier=order.tag,
                seed=order.seed,
                ratio=terms["ratio"],
                resolution=terms["resolution"],
                duration=terms["seconds"],
                extra_body=fill(self._settings.send, order),
                **rings,
            )
        except Exception as error:  # noqa: BLE001 whatever it raises, the order is out
            return outcome_of_sdk_error(error)
        return accept_or_doubt(getattr(task, "id", None))

    async def look(self, job: str) -> Look:
        """Get the task."""
        try:
            with translate_sdk_errors():
                task = await self._tasks.get(task_id=job)
        except Unreachable as error:
            if is_gone(error):
                return Look(phase=Phase.GONE)
            raise
        return read_task(task)

    async def find(self, order: Order) -> str | None:
        """Search the list for our tag."""
        for page in range(1, _PAGES + 1):
            with translate_sdk_errors():
                found = await self._tasks.list(page_num=page, page_size=_PAGE)
            for task in found.items:
                if getattr(task, "safety_identifier", None) == order.tag:
                    return str(task.id)
            if len(found.items) < _PAGE:
                return None
        return None

    async def cancel(self, job: str) -> None:
        """Take a task that waits out of the line."""
        with translate_sdk_errors():
            await self._tasks.delete(job)

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Fetch without the key."""
        await self._fetcher.fetch(look.films, path, step)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.close()
        await self._fetcher.close()


def read_task(task: Any) -> Look:
    """What a task tells."""
    if task.status == "succeeded":
        return Look(phase=Phase.DONE, films=(task.content.video_url,))
    if task.status in _ENDED_BADLY:
        error = getattr(task, "error", None)
        code = str(getattr(error, "code", "") or "")
        sensitive = "content_policy" if "Sensitive" in code else code
        message = getattr(error, "message", None) or task.status
        return Look(phase=Phase.FAILED, message=message, failure=failure_of(sensitive))
    return Look(phase=Phase.WAITING)


def make(_name: str, upstream: UpstreamOptions, relay: RelayOptions) -> Ark:
    """The upstream that an operator's table describes."""
    address = upstream.address(URL)
    films = door(upstream.films_from, relay.max_film_mib << 20)
    fetcher = Fetcher(Wire(Address(url=address.url)), films)
    return Ark(address, fetcher, read_options(HostedSettings, upstream.settings))
