"""The engine, with prompts that say where it runs out of memory."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.models.counting_kernel import count_one_kill

from filmgate.domain.video import Request
from filmgate.engines.base import Made, Report
from filmgate.engines.diffusers.engine import Diffusers
from filmgate.engines.diffusers.models import Model
from filmgate.engines.diffusers.options import Options
from filmgate.validation import read_options

STEP = "no room for a step"
DECODE = "no room to decode"
WHOLE = "no room to decode at once"
KILLED = "the kernel kills it"


def make(table: Mapping[str, Any]) -> "Faulty":
    """The factory that the settings name."""
    return Faulty(read_options(Options, table))


class Faulty(Diffusers):
    """Its hooks raise what torch raises on a card that is full, within the forward pass."""

    def _generate(self, model: Model, request: Request, scratch: Path, report: Report) -> Made:
        with failing(self.residency.load(model.name).pipe, request.prompt):
            return super()._generate(model, request, scratch, report)


@contextmanager
def failing(pipe: Any, prompt: str) -> Iterator[None]:
    """Let a part fail as the prompt says."""
    vae, faults = pipe.vae, dict[str, tuple[Any, Callable[..., None]]]()
    faults[STEP] = (pipe.transformer, lambda *_: run_out())
    faults[DECODE] = (vae.decoder, lambda *_: run_out())
    faults[WHOLE] = (vae.decoder, lambda *_: None if vae.use_tiling else run_out())
    faults[KILLED] = (pipe.transformer, lambda *_: be_killed())
    if prompt not in faults:
        yield
        return
    part, fault = faults[prompt]
    handle = part.register_forward_pre_hook(fault)
    try:
        yield
    finally:
        handle.remove()


def run_out() -> None:
    """Raise torch's own error."""
    import torch

    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 7.70 GiB")


def be_killed() -> None:
    """Die as a process does that the kernel chose."""
    count_one_kill()
    os.kill(os.getpid(), signal.SIGKILL)
