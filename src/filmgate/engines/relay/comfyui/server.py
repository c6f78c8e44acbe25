"""A ComfyUI as an upstream: six requests of its native API, and its socket for progress."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

import httpx2
from pydantic import Field

from filmgate.engines.relay.address import Address
from filmgate.engines.relay.comfyui import jobs
from filmgate.engines.relay.comfyui.progress import Progress
from filmgate.engines.relay.comfyui.workflow import (
    Described,
    Workflow,
    missing_parts,
    read_workflow,
)
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
    Unreachable,
)
from filmgate.engines.relay.wire import Wire
from filmgate.errors import SettingsError
from filmgate.validation import read_options

log = logging.getLogger(__name__)

_OURS = UUID("6e1f1e0e-6a0b-5d52-9e0c-3b1f0b1c7f11")
_FOLDER = "filmgate"
_NAME = "film"
_AT = "@"


class WorkflowTable(OptionTable):
    """What an operator says of a workflow file."""

    places: dict[str, str] = Field(description="where each field goes: 6.inputs.text, title:X.text")
    film: str | None = Field(default=None, description="the node whose file is the film")
    native_fps: int | None = Field(default=None, ge=1, le=240)
    frame_step: int = Field(default=1, ge=1, le=64)


class ComfySettings(OptionTable):
    """`settings` of an upstream of the kind comfyui; its models name files of `workflows`."""

    workflows: dict[str, WorkflowTable]


class ComfyUi:
    """One ComfyUI. Implements `Upstream`."""

    traits = Traits(
        finds=True, proves_absence=True, cancels=True, paid=False, poll_s=0.5, poll_most_s=5.0
    )

    def __init__(
        self, name: str, address: Address, workflows: Mapping[str, Workflow], films: Door
    ) -> None:
        self._wire = Wire(address)
        self._fetcher = Fetcher(self._wire, films)
        self._workflows = workflows
        self._client_id = str(uuid5(_OURS, name))
        self._progress = Progress(lambda: self._wire.socket(f"/ws?clientId={self._client_id}"))
        self._old = False

    async def open(self) -> None:
        """See that it has every node and file of every workflow; if it is away, that is later."""
        try:
            known = await self._known_classes()
        except Unreachable as error:
            log.warning("ComfyUI cannot be asked what it has: %s", error)
            return
        for name, workflow in self._workflows.items():
            if lacks := sorted(set(missing_parts(workflow, known))):
                raise SettingsError(f"{name} needs what this ComfyUI has not: {', '.join(lacks)}")

    async def check(self) -> str:
        """Ask for its version."""
        reply = await self._wire.ask("GET", "/system_stats")
        if not reply.good:
            raise self._wire.trouble(reply)
        system = reply.body.get("system", {}) if isinstance(reply.body, dict) else {}
        return f"ComfyUI {system.get('comfyui_version', '')}".strip()

    async def submit(self, order: Order) -> Outcome:
        """Look, then post: ComfyUI would queue an id a second time."""
        job = job_of(order)
        try:
            if (await self.look(job)).phase is not Phase.GONE:
                return Accepted(job)
            image = await self._upload(order)
        except Unreachable as error:
            return Refused(blame=Blame.BUSY, message=error.message)
        return await self._post(order, job, image)

    async def look(self, job: str) -> Look:
        """See where a job stands, by whatever this server has; what it forgot, by our folder."""
        prompt, workflow = self._parts(job)
        film_node = workflow.film if workflow else None
        look = await (self._look_old if self._old else self._look_new)(prompt, film_node)
        if look.phase is Phase.WAITING:
            self._progress.watch(prompt, workflow.weights() if workflow else {})
            return Look(phase=Phase.WAITING, progress=self._progress.share(prompt))
        self._progress.forget(prompt)
        if look.phase is Phase.GONE:  # a restart forgets jobs, not files, and this folder is ours
            for path in jobs.guesses(f"{_FOLDER}/{prompt}", _NAME):
                if (await self._wire.ask("HEAD", path)).good:
                    return Look(phase=Phase.DONE, films=(path,))
        return look

    async def find(self, order: Order) -> str | None:
        """The id is ours, so a look finds it."""
        job = job_of(order)
        return None if (await self.look(job)).phase is Phase.GONE else job

    async def cancel(self, job: str) -> None:
        """Stop this job and no other."""
        prompt, _ = self._parts(job)
        reply = await self._wire.ask("POST", f"/api/jobs/{prompt}/cancel")
        if reply.good:
            return
        if reply.body is not None and reply.status != 405:
            raise self._wire.trouble(reply)
        await self._wire.ask("POST", "/queue", json={"delete": [prompt]})
        await self._wire.ask("POST", "/interrupt", json={"prompt_id": prompt})

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Fetch the file."""
        await self._fetcher.fetch([self._wire.url(film) for film in look.films], path, step)

    async def close(self) -> None:
        """Close every connection."""
        await self._progress.close()
        await self._wire.close()

    async def _post(self, order: Order, job: str, image: str | None) -> Outcome:
        workflow, prompt = self._workflows[order.model], prompt_of(order.tag)
        self._progress.watch(prompt, workflow.weights())
        graph = workflow.fill(order, f"{_FOLDER}/{prompt}/{_NAME}", image)
        body = {"prompt": graph, "prompt_id": prompt, "client_id": self._client_id}
        try:
            reply = await self._wire.send("/prompt", json=body)
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            return outcome_of_error(error)
        told = reply.body if isinstance(reply.body, dict) else {}
        if reply.good and told.get("node_errors"):
            with suppress(Unreachable):
                await self.cancel(job)
            return Refused(blame=Blame.REQUEST, message=_words(told))
        taken = job if told.get("prompt_id") == prompt else None
        outcome = outcome_of_answer(reply.status, told, taken, reply.headers)
        if isinstance(outcome, Refused):
            return replace(outcome, message=_words(told) or outcome.message)
        return outcome

    async def _upload(self, order: Order) -> str | None:
        """Send the picture; the name that it has there."""
        if order.picture is None:
            return None
        file = (f"{prompt_of(order.tag)}.png", order.picture.data, order.picture.media_type)
        fields = {"subfolder": _FOLDER, "type": "input", "overwrite": "true"}
        reply = await self._wire.ask("POST", "/upload/image", data=fields, files={"image": file})
        if not reply.good or not isinstance(reply.body, dict):
            raise self._wire.trouble(reply)
        folder, name = reply.body.get("subfolder", ""), reply.body["name"]
        return f"{folder}/{name}" if folder else str(name)

    def _parts(self, job: str) -> tuple[str, Workflow | None]:
        """The prompt id within a job's id, and the workflow that it runs."""
        prompt, _, model = job.partition(_AT)
        return prompt, self._workflows.get(model)

    async def _look_new(self, prompt: str, film_node: str | None) -> Look:
        reply = await self._wire.ask("GET", f"/api/jobs/{prompt}")
        if reply.status == 404 and reply.body is None:
            self._old = True
            return await self._look_old(prompt, film_node)
        if reply.status == 404:
            return Look(phase=Phase.GONE)
        if not reply.good or not isinstance(reply.body, dict):
            raise self._wire.trouble(reply)
        return jobs.read_job(reply.body, film_node)

    async def _look_old(self, prompt: str, film_node: str | None) -> Look:
        """History first, then the queue, then history: a job may end between the two."""
        for path in (f"/history/{prompt}", "/queue", f"/history/{prompt}"):
            reply = await self._wire.ask("GET", path)
            if not reply.good or not isinstance(reply.body, dict):
                raise self._wire.trouble(reply)
            if prompt in reply.body:
                return jobs.read_history(reply.body[prompt], film_node)
            if path == "/queue" and jobs.is_queued(reply.body, prompt):
                return Look(phase=Phase.WAITING)
        return Look(phase=Phase.GONE)

    async def _known_classes(self) -> dict[str, Any]:
        classes = {
            node["class_type"]
            for workflow in self._workflows.values()
            for node in workflow.graph.values()
        }
        known: dict[str, Any] = {}
        for reply in await asyncio.gather(
            *(self._wire.ask("GET", f"/object_info/{quote(one, safe='')}") for one in classes)
        ):
            if reply.good and isinstance(reply.body, dict):
                known |= reply.body
        return known


def prompt_of(tag: str) -> str:
    """The prompt id of an order: a UUID in small letters, the same for the same tag."""
    return str(uuid5(_OURS, tag))


def job_of(order: Order) -> str:
    """Our id of a job: the prompt id, and the workflow, which a later process must know."""
    return f"{prompt_of(order.tag)}{_AT}{order.model}"


def make(name: str, upstream: UpstreamOptions, relay: RelayOptions) -> ComfyUi:
    """The ComfyUI that an operator's table describes.

    Raises:
        SettingsError: a workflow is none, or a model names none.
    """
    settings = read_options(ComfySettings, upstream.settings)
    workflows = {
        file: read_workflow(Path(file), Described(**table.model_dump()))
        for file, table in settings.workflows.items()
    }
    for model, file in upstream.models.items():
        if file not in workflows:
            raise SettingsError(f"models.{model} is {file!r}, which settings.workflows lacks")
    films = door(upstream.films_from, relay.max_film_mib << 20)
    return ComfyUi(name, upstream.address(), workflows, films)


def _words(told: Mapping[str, Any]) -> str:
    """What ComfyUI says is wrong with a graph: its own message, and each node's."""
    error = told.get("error")
    words = [str(error.get("message", ""))] if isinstance(error, dict) else []
    for node in (told.get("node_errors") or {}).values():
        for trouble in node.get("errors", []):
            words.append(f"{node.get('class_type')}: {trouble.get('message')}")
    return "; ".join(word for word in words if word)
