"""The frames are those of a bare call of the pipeline on the same folder, to the bit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import engines, tiny

from filmgate.engines.diffusers.films import Film, RenderJob
from filmgate.engines.diffusers.models import Model, find
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.residency import Residency
from filmgate.testing.contracts import Listening

pytestmark = [
    pytest.mark.filterwarnings("ignore:In CPU autocast"),
    pytest.mark.filterwarnings("ignore:__array_wrap__ must accept"),
]


def frames_of(model: Model) -> int:
    """Nine, or the next number that it can make."""
    return model.law.count(max(9, model.family.least))


def native_frames(model: Model, options: Options) -> np.ndarray[Any, Any]:
    """What the engine makes of 9 frames' time, before anything is conformed."""
    wanted = engines.shape(model.family.fps, frames_of(model))
    claimed = engines.video(model.name, wanted)
    job = RenderJob(
        request=claimed.request,
        shape=wanted,
        loaded=Residency({model.name: model}, options, "cpu").load(model.name),
        plan=model.plan(wanted),
        scratch=Path(),
        place="cpu",
        retime="flow",
        report=Listening(),
    )
    return np.stack(list(Film(job, 0).native()))


def bare_frames(name: str, folder: Path, frames: int, fps: int) -> np.ndarray[Any, Any]:
    """What a plain program makes that loads the folder and calls the pipeline."""
    import diffusers
    import torch

    pipe = diffusers.DiffusionPipeline.from_pretrained(str(folder), local_files_only=True)
    words = tiny.call(name, seed=7, steps=engines.STEPS)
    words["frames" if "frames" in words else "num_frames"] = frames
    words |= {"sana-t2v": {"prompt": words["prompt"] + " motion score: 30."}}.get(name, {})
    if name.startswith(("ltx", "kandinsky6")):
        words["frame_rate"] = fps
    with torch.no_grad():
        made = np.asarray(pipe(**words).frames[0])
    return (made * 255).round().astype(np.uint8)


@pytest.mark.parametrize("name", [name for name in tiny.BUILDERS if name.endswith("-t2v")])
def test_frames_are_those_of_a_bare_call(
    name: str, folder: Callable[[str], Path], tmp_path: Path
) -> None:
    options = Options.model_validate({"device": "cpu"})
    model = find(name, ModelOptions(source=str(folder(name))), options)
    ours = native_frames(model, options)
    theirs = bare_frames(name, folder(name), frames_of(model), model.family.fps)
    assert ours.shape == theirs.shape
    assert np.array_equal(ours, theirs)
