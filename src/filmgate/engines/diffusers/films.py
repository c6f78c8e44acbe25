"""One film: runs of the pipeline, conformed to what was asked, frame by frame to the encoder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from PIL import Image

from filmgate.domain.card import parse_size
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.source import Verb
from filmgate.domain.video import Request
from filmgate.engines.base import PICTURE, SOURCE, Report
from filmgate.engines.diffusers import device
from filmgate.engines.diffusers.arguments import arguments, guidance_of
from filmgate.engines.diffusers.caches import renew
from filmgate.engines.diffusers.calling import Take, call
from filmgate.engines.diffusers.loras import read_weights, switch
from filmgate.engines.diffusers.plan import Plan
from filmgate.engines.diffusers.recovery import recovering
from filmgate.engines.diffusers.residency import Loaded
from filmgate.engines.diffusers.sounding import lay, to_samples
from filmgate.engines.diffusers.starts import Frame, Start, starts_of
from filmgate.engines.diffusers.watching import Seam
from filmgate.errors import GenerationFailed
from filmgate.media.cover import cover
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import reading
from filmgate.media.retime import retime
from filmgate.media.sound import CHANNELS, Samples, read_samples, samples_in
from filmgate.media.stitch import stitch

WARM_FRAMES = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """What the films of a video have in common.

    `scratch` holds the files that the request brings. `shape` is what is made anew: of an
    extension, the source's last frame again and then what it adds.
    """

    request: Request
    shape: Shape
    loaded: Loaded
    plan: Plan
    scratch: Path
    place: str
    retime: Literal["flow", "hold"]
    report: Report

    @property
    def extends(self) -> bool:
        """Whether the film that is followed comes first."""
        source = self.request.source
        return source is not None and source.verb is Verb.EXTEND


class Film:
    """One output of a video."""

    def __init__(self, job: RenderJob, output: int) -> None:
        self._job = job
        self._output = output
        self._runs = len(job.plan.runs)
        silence = np.zeros((samples_in(job.shape.frames, job.shape.fps), CHANNELS), np.float32)
        self._track = silence if job.loaded.model.sound else None

    def write(self, path: Path) -> None:
        """Make it; an extension is the source's film and then what was made."""
        job = self._job
        if not job.extends:
            self._encode(path, job.request.shape)
            return
        part = path.with_suffix(".part.mp4")
        self._encode(part, replace(job.shape, sound=Sound.NATIVE))
        whole = partial(self._tell, self._runs - 1, 1.0)
        stitch([job.scratch / SOURCE, part], path, job.request.shape, lambda _: whole())
        part.unlink()

    def _encode(self, path: Path, shape: Shape) -> None:
        """Encode what is made. The sound track fills as the runs come, ahead of the encoder."""
        skip = int(self._job.extends)
        canvas = np.full((shape.height, shape.width, 4), 255, np.uint8)
        with FilmWriter(path, shape, layout="rgba", sound=self._sound(skip)) as film:
            for frame in islice(self.frames(), skip, None):
                canvas[..., :3] = frame
                film.write(canvas)

    def _sound(self, skip: int) -> Samples | None:
        """What is heard, without the first frames; an edit sounds like its source."""
        job = self._job
        source, shape = job.request.source, job.shape
        if source is not None and source.verb is Verb.EDIT:
            with reading(job.scratch / SOURCE) as (film, _):
                return read_samples(film, samples_in(shape.frames, shape.fps))
        return None if self._track is None else self._track[samples_in(skip, shape.fps) :]

    def frames(self) -> Iterator[Frame]:
        """What is made anew, as asked: its size, rate and number of frames."""
        job, shape = self._job, self._job.shape
        native = self.native()
        if job.plan.fps != shape.fps:
            native = retime(native, job.plan.fps, shape.fps, shape.frames, job.retime)
        for frame in islice(native, shape.frames):
            yield cover(frame, shape.width, shape.height)

    def native(self) -> Iterator[Frame]:
        """The model's own frames, run after run; at a seam two runs have the same one."""
        job = self._job
        starts = starts_of(job.request, job.scratch, job.plan, job.retime)
        last: Frame | None = None
        for run in range(self._runs):
            take = self._take(run, starts.next(job.plan.runs[run], last))
            self._hear(take, run)
            last = None
            for number, last in enumerate(take.pictures()):
                if run == 0 or number:
                    yield last
            if last is None:
                raise GenerationFailed("The model made no frames")

    def _hear(self, take: Take, run: int) -> None:
        """Lay the sound of a run where its frames are; the first frame is the last one's again."""
        if self._track is not None and take.sound is not None:
            fps = self._job.plan.fps
            start = sum(self._job.plan.runs[:run]) - run
            samples = to_samples(take.sound, take.rate)
            lay(self._track, samples, Fraction(start, fps), Fraction(take.count, fps))

    def _take(self, run: int, start: Start) -> Take:
        job = self._job
        model, loaded = job.loaded.model, job.loaded
        pipe = loaded.of(model.pipeline(start))
        count = job.plan.runs[run]
        words = arguments(job.request, job.plan, count, model.family, model.layout, start=start)
        if model.family.guidance_by == "guider":
            scale = guidance_of(job.request, model.family)
            pipe.guider = pipe.guider.new(guidance_scale=scale)
        if model.options.loras:
            asked = read_weights(job.request.extras.get("loras"), model.options.loras)
            switch(pipe, asked, model.options.loras)
        steps = max(1, int(words["num_inference_steps"] * words.get("strength", 1)))
        renew(pipe, model.options, model.family, steps)
        seed = job.request.seed + self._output
        seam = Seam(partial(self._tell, run), model.family.bars(count))
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
        if not model.text:
            request = replace(request, picture=PICTURE)
            Image.new("RGB", (width, height), "grey").save(Path(folder) / PICTURE, "PNG")
        job = RenderJob(
            request=request,
            shape=shape,
            loaded=loaded,
            plan=model.plan(shape),
            scratch=Path(folder),
            place=loaded.place,
            retime="hold",
            report=Silence(),
        )
        for _ in Film(job, 0).native():
            pass
