"""One film: runs of the pipeline, conformed to what was asked, frame by frame to the encoder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from filmgate.domain.card import parse_size
from filmgate.domain.shape import Shape
from filmgate.domain.video import Request
from filmgate.engines.base import Report
from filmgate.engines.diffusers import device
from filmgate.engines.diffusers.arguments import arguments, guidance_of
from filmgate.engines.diffusers.calling import Take, call
from filmgate.engines.diffusers.loras import read_weights, switch
from filmgate.engines.diffusers.plan import Plan
from filmgate.engines.diffusers.recovery import recovering
from filmgate.engines.diffusers.residency import Loaded
from filmgate.engines.diffusers.sounding import lay, to_samples
from filmgate.engines.diffusers.watching import Seam
from filmgate.errors import GenerationFailed
from filmgate.media.cover import cover, cover_image
from filmgate.media.encode import FilmWriter
from filmgate.media.pictures import pixels
from filmgate.media.retime import retime
from filmgate.media.sound import CHANNELS, samples_in

Frame = NDArray[np.uint8]

WARM_FRAMES = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """What the films of a video have in common."""

    request: Request
    loaded: Loaded
    plan: Plan
    picture: Path | None
    place: str
    retime: Literal["flow", "hold"]
    report: Report


class Film:
    """One output of a video."""

    def __init__(self, job: RenderJob, output: int) -> None:
        self._job = job
        self._output = output
        self._runs = len(job.plan.runs)
        shape = job.request.shape
        silence = np.zeros((samples_in(shape.frames, shape.fps), CHANNELS), np.float32)
        self._track = silence if job.loaded.model.sound else None

    def write(self, path: Path) -> None:
        """Make it and encode it. The sound track fills as the runs come, ahead of the encoder."""
        shape = self._job.request.shape
        canvas = np.full((shape.height, shape.width, 4), 255, np.uint8)
        with FilmWriter(path, shape, layout="rgba", sound=self._track) as film:
            for frame in self.frames():
                canvas[..., :3] = frame
                film.write(canvas)

    def frames(self) -> Iterator[Frame]:
        """Its frames as asked: their size, rate and number."""
        job, shape = self._job, self._job.request.shape
        native = self.native()
        if job.plan.fps != shape.fps:
            native = retime(native, job.plan.fps, shape.fps, shape.frames, job.retime)
        for count, frame in enumerate(native):
            if count == shape.frames:
                return
            yield cover(frame, shape.width, shape.height)

    def native(self) -> Iterator[Frame]:
        """The model's own frames, run after run; each goes on from the last one's last frame."""
        given = self._job.picture
        picture = Image.fromarray(pixels(given)) if given else None
        for run in range(self._runs):
            take = self._take(run, picture)
            self._hear(take, run)
            last = None
            for number, last in enumerate(take.pictures()):
                if run == 0 or number:
                    yield last
            if last is None:
                raise GenerationFailed("The model made no frames")
            picture = Image.fromarray(last)

    def _hear(self, take: Take, run: int) -> None:
        """Lay the sound of a run where its frames are; the first frame is the last one's again."""
        if self._track is not None and take.sound is not None:
            fps = self._job.plan.fps
            start = sum(self._job.plan.runs[:run]) - run
            samples = to_samples(take.sound, take.rate)
            lay(self._track, samples, Fraction(start, fps), Fraction(take.count, fps))

    def _take(self, run: int, picture: Image.Image | None) -> Take:
        job = self._job
        model, loaded = job.loaded.model, job.loaded
        pipe = loaded.of(model.pipeline(picture=picture is not None))
        words = arguments(
            job.request,
            job.plan,
            job.plan.runs[run],
            model.family,
            model.layout,
            picture=picture is not None,
        )
        if picture is not None:
            words["image"] = cover_image(picture, job.plan.width, job.plan.height)
        if model.family.guidance_by == "guider":
            scale = guidance_of(job.request, model.family)
            pipe.guider = pipe.guider.new(guidance_scale=scale)
        if model.options.loras:
            asked = read_weights(job.request.extras.get("loras"), model.options.loras)
            switch(pipe, asked, model.options.loras)
        seed = job.request.seed + self._output
        bars = model.family.chunk and job.plan.runs[run] // model.family.chunk
        seam = Seam(partial(self._tell, run), bars or 1)
        empty = partial(device.empty, job.place)
        with recovering(pipe, empty, movable=loaded.fit.offload == "none"):
            return call(pipe, words, seed, seam, hooks=not model.options.compile)

    def _tell(self, run: int, share: float) -> None:
        job = self._job
        done = self._output + (run + share) / self._runs
        job.report.progress(min(1.0, done / job.request.n))


class Silence:
    """A report that nobody reads."""

    def progress(self, fraction: float) -> None:
        """Take it."""

    async def resume(self, token: str) -> None:
        """Take it."""

    async def drained_upstreams(self) -> frozenset[str]:
        """Nothing is."""
        return frozenset()

    async def callback_path(self, tag: str) -> str:
        """None is served."""
        return f"/{tag}"

    def listen(self, ring: Callable[[], None]) -> None:
        """Nobody rings."""


def warm_up(loaded: Loaded) -> None:
    """Run a few frames and two steps of a model, so that the first request finds it warm."""
    model = loaded.model
    width, height = parse_size(model.family.size)
    frames = min(model.law.count(WARM_FRAMES), model.longest)
    shape = Shape(
        width=width,
        height=height,
        fps=model.family.fps,
        duration_ms=frames * 1000 // model.family.fps,
    )
    request = Request(
        model=model.name, prompt="warm up", shape=shape, seed=0, extras={"num_inference_steps": 2}
    )
    with TemporaryDirectory() as folder:
        picture = None
        if not model.text:
            picture = Path(folder) / "grey.png"
            Image.new("RGB", (width, height), "grey").save(picture)
        job = RenderJob(
            request=request,
            loaded=loaded,
            plan=model.plan(shape),
            picture=picture,
            place=loaded.place,
            retime="hold",
            report=Silence(),
        )
        for _ in Film(job, 0).native():
            pass
