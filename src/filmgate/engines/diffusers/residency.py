"""Which model is on the device: one at a time; the others wait on the disk."""

import gc
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from filmgate.engines.diffusers import device, levers, loading, memory
from filmgate.engines.diffusers.embeddings import remember
from filmgate.engines.diffusers.models import Model
from filmgate.engines.diffusers.options import Options

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


class Residency:
    """Holds the one model that is loaded. Used from the engine's thread alone."""

    def __init__(self, models: Mapping[str, Model], options: Options, place: str) -> None:
        self._models = models
        self._options = options
        self.place = place
        self._loaded: Loaded | None = None

    @property
    def resident(self) -> str | None:
        """The name of the model on the device."""
        return self._loaded.model.name if self._loaded else None

    def load(self, name: str) -> Loaded:
        """Bring a model onto the device; the one before it leaves.

        Raises:
            SettingsError: it cannot be loaded.
            MissingPart: a setting of it needs a package that is not installed.
        """
        if self._loaded and self._loaded.model.name == name:
            return self._loaded
        self.unload()
        model = self._models[name]
        fit = self._fit(model)
        log.info("%s: %s", name, fit.line)
        pipe = loading.load(model.layout, model.family, model.options, fit, self.place)
        self._loaded = Loaded(model=model, pipe=pipe, fit=fit, place=self.place)
        return self._loaded

    def unload(self) -> None:
        """Take the model off the device."""
        if self._loaded is None:
            return
        log.info("%s leaves the device", self._loaded.model.name)
        levers.leave(self._loaded.pipe, self._loaded.model.options)
        self._loaded = None
        gc.collect()
        device.empty(self.place)

    def _fit(self, model: Model) -> memory.Fit:
        precisions = loading.precisions(model.family, model.options, self.place)
        parts = memory.sizes(model.layout, precisions)
        width, height = (int(side) for side in model.family.size.split("x"))
        volume = width * height * model.longest
        return memory.choose(parts, volume, device.free(self.place), model.options)
