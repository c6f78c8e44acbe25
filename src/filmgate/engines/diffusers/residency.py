"""Which model is on the device: one at a time; the others wait on the disk."""

import gc
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from filmgate.domain.states import Failure
from filmgate.domain.worker import ModelState, Readiness
from filmgate.engines.diffusers import device, levers, loading, memory
from filmgate.engines.diffusers.embeddings import remember
from filmgate.engines.diffusers.models import Model
from filmgate.engines.diffusers.options import Options
from filmgate.engines.diffusers.recovery import ADVICE, is_out_of_memory
from filmgate.errors import GenerationFailed, MissingPart, SettingsError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Loaded:
    """A model on the device: the pipeline as it was loaded, and in its other class."""

    model: Model
    pipe: Any
    fit: memory.Fit
    place: str
    pipes: dict[str, Any] = field(default_factory=dict)

    def of(self, class_name: str) -> Any:
        """The pipeline in that class, on the same weights."""
        if class_name not in self.pipes:
            pipe = loading.sibling(self.pipe, class_name, self.fit, self.place)
            remember(pipe)
            self.pipes[class_name] = pipe
        return self.pipes[class_name]


_MOST_WHY = 500
_IDLE = ModelState(Readiness.IDLE)


class Residency:
    """Holds the one model that is loaded. Used from the engine's thread alone.

    `states` and `first_model` may be asked from any thread.
    """

    def __init__(self, models: Mapping[str, Model], options: Options, place: str) -> None:
        self._models = models
        self._options = options
        self.place = place
        self._loaded: Loaded | None = None
        self._since = 0.0
        self._states = dict.fromkeys(models, _IDLE)

    @property
    def resident(self) -> str | None:
        """The name of the model on the device."""
        return self._loaded.model.name if self._loaded else None

    def states(self) -> Mapping[str, ModelState]:
        """How each model is."""
        return dict(self._states)

    def first_model(self) -> str | None:
        """The model on the device, while its time before all others lasts."""
        lasts = time.monotonic() - self._since < self._options.stay_s
        return self.resident if lasts else None

    def load(self, name: str) -> Loaded:
        """Bring a model onto the device; the one before it leaves.

        Raises:
            SettingsError: it cannot be loaded.
            MissingPart: a setting of it needs a package that is not installed.
            GenerationFailed: the device has no room for it.
        """
        if self._loaded and self._loaded.model.name == name:
            return self._loaded
        self.unload()
        self._states[name] = ModelState(Readiness.LOADING)
        try:
            self._loaded = self._bring(self._models[name])
        except Exception as error:
            self._states[name] = _failure(error, self._models[name])
            raise
        self._states[name], self._since = ModelState(Readiness.READY), time.monotonic()
        return self._loaded

    def unload(self) -> None:
        """Take the model off the device."""
        if self._loaded is None:
            return
        name = self._loaded.model.name
        log.info("%s leaves the device", name)
        levers.leave(self._loaded.pipe, self._loaded.model.options)
        self._loaded, self._states[name] = None, _IDLE
        gc.collect()
        device.empty(self.place)

    def _bring(self, model: Model) -> Loaded:
        fit = self._fit(model)
        log.info("%s: %s", model.name, fit.line)
        try:
            pipe = loading.load(model.layout, model.family, model.options, fit, self.place)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            raise GenerationFailed(ADVICE, failure=Failure.OUT_OF_MEMORY) from error
        finally:
            gc.collect()
            device.empty(self.place)
        return Loaded(model=model, pipe=pipe, fit=fit, place=self.place)

    def _fit(self, model: Model) -> memory.Fit:
        precisions = loading.precisions(model.family, model.options, self.place)
        parts = memory.sizes(model.layout, precisions, model.options.files)
        width, height = (int(side) for side in model.family.size.split("x"))
        volume = width * height * model.longest
        return memory.choose(parts, volume, device.free(self.place), model.options)


def _failure(error: Exception, model: Model) -> ModelState:
    """Why a model is not loaded, without the paths of this machine."""
    if isinstance(error, MissingPart):
        return ModelState(Readiness.UNAVAILABLE, error.message)
    why = f"it cannot be loaded ({type(error).__name__})"
    if isinstance(error, SettingsError | GenerationFailed):
        why = error.message
    return ModelState(Readiness.FAILED, why.replace(str(model.layout.path), model.name)[:_MOST_WHY])
