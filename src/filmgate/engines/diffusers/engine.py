"""The engine: a video's request → films of a real model, one after another, in one thread."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from filmgate.domain.shape import Shape
from filmgate.domain.source import Verb
from filmgate.domain.video import Making, Request, Video
from filmgate.domain.worker import ModelState, Readiness
from filmgate.engines.base import Made, Report
from filmgate.engines.diffusers import device
from filmgate.engines.diffusers.films import Film, RenderJob, warm_up
from filmgate.engines.diffusers.libraries import libraries
from filmgate.engines.diffusers.models import Broken, Model, find_all
from filmgate.engines.diffusers.options import Options
from filmgate.engines.diffusers.plan import rendering
from filmgate.engines.diffusers.residency import Loaded, Residency
from filmgate.errors import GenerationFailed, MissingPart, SettingsError
from filmgate.validation import read_options

T = TypeVar("T")

log = logging.getLogger(__name__)

_LOOK_S = 0.2
"""How often a video that waits for its model asks whether it must end."""


def make(table: Mapping[str, Any]) -> "Diffusers":
    """The engine of a table of options, not yet open; SettingsError if one is wrong."""
    return Diffusers(read_options(Options, table))


class Diffusers:
    """Open weights through diffusers. Implements `Engine` and `ModelHost`.

    Loading and running share one thread: building a pipeline patches torch process-wide.
    """

    def __init__(self, own: Options) -> None:
        self._options = own
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="diffusers")
        self.models: Mapping[str, Model] = {}
        self.broken: Mapping[str, Broken] = {}
        self.residency = Residency({}, own, "cpu")
        self.waiting: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Find the device and the models; load the model if there is only one.

        One that cannot be read or loaded is failed, which is told; the others serve.

        Raises:
            MissingPart: the extra, or what a setting of the only model needs, is not installed.
            SettingsError: the device is not there.
        """
        await self._in_thread(self._open)

    async def generate(self, video: Video, scratch: Path, report: Report) -> Made:
        """Make the films of `video`, one an output, in the engine's thread."""
        self._stop_waiting()
        try:
            model = self._find(video.request)
            await self._load(model, report)
            return await self._in_thread(
                lambda: self._generate(model, video.request, scratch, report)
            )
        finally:
            if self._options.idle_unload_s is not None:
                loop = asyncio.get_running_loop()
                self.waiting = loop.call_later(
                    self._options.idle_unload_s, self._thread.submit, self.residency.unload
                )

    async def close(self) -> None:
        """Let go of the device."""
        self._stop_waiting()
        await self.unload()
        self._thread.shutdown()

    async def unload(self) -> None:
        """Take the model off the device until the next request for it."""
        await self._in_thread(self.residency.unload)

    def states(self) -> Mapping[str, ModelState]:
        """How each model is."""
        failed = {
            name: ModelState(Readiness.FAILED, one.shown) for name, one in self.broken.items()
        }
        return failed | dict(self.residency.states())

    def first_model(self) -> str | None:
        """The model on the device, for `stay_s` after it came: another one costs a load."""
        return self.residency.first_model()

    async def _load(self, model: Model, report: Report) -> None:
        """Bring the model onto the device; a video that is stopped meanwhile does not wait for it.

        What was begun goes on in the engine's thread: the next video finds it loaded, or waits.
        """
        loading = asyncio.get_running_loop().run_in_executor(
            self._thread, self.residency.load, model.name
        )
        loading.add_done_callback(_take_notice)
        while not loading.done():
            report.progress(0.0)
            await asyncio.wait((loading,), timeout=_LOOK_S)
        try:
            loading.result()
        except (SettingsError, MissingPart) as error:
            raise GenerationFailed(
                f"The model {model.name} cannot be loaded; the server's log says why"
            ) from error

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> None:
        torch, _ = libraries()
        if self._options.threads:
            torch.set_num_threads(self._options.threads)
        shelf = find_all(self._options)
        self.models, self.broken = shelf.models, shelf.broken
        for name, one in self.broken.items():
            log.error("the model %s cannot be read: %s", name, one.why)
        self.residency = Residency(self.models, self._options, device.find(self._options.device))
        if len(self.models) == 1:
            try:
                self._get_ready(next(iter(self.models)))
            except (SettingsError, GenerationFailed) as error:
                log.error("the only model is not ready, its next video tries again: %s", error)

    def _get_ready(self, name: str) -> None:
        """Load a model before anybody asks for it."""
        loaded = self.residency.load(name)
        if self._options.warm_up:
            log.info("%s warms up", name)
            warm_up(loaded)

    def _find(self, request: Request) -> Model:
        """The model of a request; GenerationFailed where the two do not fit."""
        model = self.models.get(request.model)
        if broken := self.broken.get(request.model):
            raise GenerationFailed(f"The model {request.model} cannot be read: {broken.shown}")
        if model is None:
            raise GenerationFailed(f"This engine has no model {request.model}")
        refuse_unfit_request(model, request)
        return model

    def _generate(self, model: Model, request: Request, scratch: Path, report: Report) -> Made:
        shape = shape_made(request)
        edits = request.source is not None and request.source.verb is Verb.EDIT
        job = RenderJob(
            request=request,
            shape=shape,
            loaded=self.residency.load(model.name),
            plan=model.plan(shape, edits=edits),
            scratch=scratch,
            place=self.residency.place,
            retime=self._options.retime,
            report=report,
        )
        device.watch_peak(self.residency.place)
        began = time.monotonic()
        films = []
        for output in range(request.n):
            films.append(scratch / f"{output}.mp4")
            Film(job, output).write(films[-1])
        usage = {
            "inference_seconds": round(time.monotonic() - began, 3),
            "peak_memory_mb": device.peak_mib(self.residency.place),
        }
        render = rendering(job.plan, shape, self._options.retime)
        return Made(films=films, making=Making(render=render, usage=usage))

    def _stop_waiting(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


def shape_made(request: Request) -> Shape:
    """What is made anew: of an extension, the source's last frame again and what it adds."""
    source, shape = request.source, request.shape
    if source is None or source.verb is not Verb.EXTEND:
        return shape
    there = replace(shape, duration_ms=source.duration_ms).frames
    return replace(shape, duration_ms=round((shape.frames - there + 1) * 1000 / shape.fps))


def refuse_unfit_request(model: Model, request: Request) -> None:
    """Raise GenerationFailed for a start that the model cannot use, or lacks."""
    verb, picture = request.source and request.source.verb, request.picture is not None
    if verb is not None and verb not in model.can:
        raise GenerationFailed(f"The model {model.name} cannot {verb} films")
    if verb is Verb.EDIT or verb is Verb.EXTEND:
        return
    if picture and not model.picture:
        raise GenerationFailed(f"The model {model.name} makes films from text alone")
    if not picture and not model.text:
        raise GenerationFailed(f"The model {model.name} needs a picture to start from")


def _take_notice(loading: "asyncio.Future[Loaded]") -> None:
    """Log why a model was not loaded, even if nobody waits for it any more."""
    if not loading.cancelled() and (error := loading.exception()):
        log.error("a model cannot be loaded", exc_info=error)
