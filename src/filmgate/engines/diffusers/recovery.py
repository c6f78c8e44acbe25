"""Out of memory is an ordinary event: decode again in tiles, else say what would help."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from filmgate.domain.states import Failure
from filmgate.errors import GenerationFailed

ADVICE = (
    "The device ran out of memory: ask for a smaller size or a shorter film; the operator can set "
    'offload = "model" or "group", tiling = "on", or a quantisation for this model'
)

log = logging.getLogger(__name__)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether that is what happened: some devices say it in words alone."""
    words = ("out of memory", "can't allocate memory", "not enough memory")
    text = str(error).lower()
    return isinstance(error, RuntimeError | MemoryError) and (
        type(error).__name__ == "OutOfMemoryError"
        or isinstance(error, MemoryError)
        or any(word in text for word in words)
    )


@contextmanager
def recovering(pipe: Any, empty: Callable[[], None], *, movable: bool) -> Iterator[None]:
    """Within the block, decoding that runs out of memory is tried again.

    First with everything else off the device, then in tiles, which change pixels a little.
    `movable`: no hooks hold the parts, so that they may be moved by hand.

    Raises:
        GenerationFailed: it did not help, or memory ran out elsewhere; the code says so.
    """
    decoder = _Decoder(pipe, empty, movable=movable)
    try:
        with decoder:
            yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise GenerationFailed(ADVICE, failure=Failure.OUT_OF_MEMORY) from error
    finally:
        gc.collect()
        empty()


class _Decoder:
    """Stands before `vae.decode` of a pipeline, and puts everything back at the end."""

    def __init__(self, pipe: Any, empty: Callable[[], None], *, movable: bool) -> None:
        self._pipe = pipe
        self._vae = pipe.components["vae"]
        self._empty = empty
        self._movable = movable
        self._tiled = bool(getattr(self._vae, "use_tiling", False))
        self._decode: Callable[..., Any] = self._vae.decode
        self._moved: list[tuple[Any, Any]] = []

    def __enter__(self) -> None:
        self._vae.decode = self._patiently

    def __exit__(self, *_: object) -> None:
        del self._vae.decode
        if not self._tiled and getattr(self._vae, "use_tiling", False):
            self._vae.disable_tiling()
        for module, place in self._moved:
            module.to(place)

    def _patiently(self, *args: Any, **kwargs: Any) -> Any:
        for help_out in (self._free_others, self._vae.enable_tiling):
            try:
                return self._decode(*args, **kwargs)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
            log.warning("decoding ran out of memory; next: %s", help_out.__name__.strip("_"))
            gc.collect()
            help_out()
            self._empty()
        return self._decode(*args, **kwargs)

    def _free_others(self) -> None:
        for name, part in self._pipe.components.items():
            if self._movable and name != "vae" and hasattr(part, "parameters"):
                self._moved.append((part, part.device))
                part.to("cpu")
        self._pipe.maybe_free_model_hooks()
