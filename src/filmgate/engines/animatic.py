"""The embedded engine: films of the library `animatic`, which draws prompts."""

import asyncio
import importlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from animatic.frames import (
    Frames,
    Role,
    Scene,
    WordsError,
    frames_of,
    frames_over,
    imagine,
    reimagine,
    sound_of,
    undrawable_letters,
)
from filmgate.domain.shape import Shape, Sound
from filmgate.domain.source import Source, Verb
from filmgate.domain.video import UNTOLD, Making, Request, Video
from filmgate.engines.base import PICTURE, SOURCE, SOURCE_KEEPSAKE, Made, Report
from filmgate.errors import MissingPart, SettingsError
from filmgate.media.decode import read_frames, read_last_frame
from filmgate.media.encode import FilmWriter
from filmgate.media.pictures import pixels
from filmgate.media.probe import reading
from filmgate.media.sound import CHANNELS, RATE, Samples, read_samples, samples_in
from filmgate.media.stitch import stitch

log = logging.getLogger(__name__)

PREPARING = 0.05
"""The share of the work that is done before the first frame."""
DRAWN = 0.95
"""The share of an extension that is done when what it adds is drawn."""
DISSOLVE_S = 1.0
"""How long an extension takes to go over from the scene before to the one that it asks for."""

ADVICE = (
    "The animatic cannot load its drawing library: {error}. On Debian or Ubuntu: "
    "apt-get install libgl1 libegl1 libfontconfig1"
)

Done = Callable[[float], None]
"""Told the share of a film that is done, at every step; may raise."""
Story = tuple[tuple[float, Scene], ...]
"""The scenes of a film, each with the second from which it is shown; the first from 0 on."""


class Animatic:
    """Draws the prompt as a moving storyboard: no weights, no GPU. Implements `Engine`.

    It keeps the scenes of each film, so that a remix, an edit or an extension goes on from that. A
    film of another engine is taken as pictures: an edit changes its light, style and weather, an
    extension goes on from its last frame.
    """

    async def open(self) -> None:
        """Load the drawing library, the words, and every drawing.

        Raises:
            MissingPart: the drawing library, or a library of the system that it needs, is absent.
            SettingsError: words that an installed package brings are wrong.
        """
        try:
            await asyncio.to_thread(_load)
        except ImportError as error:
            raise MissingPart(ADVICE.format(error=error)) from error
        except WordsError as error:
            raise SettingsError(f"The animatic cannot take its words: {error}") from error

    async def generate(self, video: Video, scratch: Path, report: Report) -> Made:
        """Make the films of `video`, one an output, in a thread; say what was not drawn."""
        return await asyncio.to_thread(_make, video.request, scratch, report)

    async def close(self) -> None:
        """Nothing is held."""


def _left_out(scene: Scene) -> list[str]:
    """What a film does not show: phrases that were not read, and text without a font for it."""
    return [*scene.unread, *([scene.letters] if undrawable_letters(scene) else [])]


def _load() -> None:
    importlib.import_module("skia")
    frames_of(imagine("", aspect=1.0, seconds=1.0), 64, 64)


def _make(request: Request, scratch: Path, report: Report) -> Made:
    films = [scratch / f"{output}.mp4" for output in range(request.n)]
    before = read_stories(scratch / SOURCE_KEEPSAKE) if request.source else ()
    takes = [_take(request, scratch, before, output) for output in range(request.n)]
    for output, (take, film) in enumerate(zip(takes, films, strict=True)):

        def report_share(share: float, output: int = output) -> None:
            report.progress((output + share) / request.n)

        report_share(0.0)
        take.write(film, report_share)
    left_out = _left_out(takes[0].story[-1][1])
    making = Making(render={"not_drawn": left_out}) if left_out else UNTOLD
    kept = write_stories([take.story for take in takes]) if takes[0].keeps else None
    return Made(films=films, making=making, keepsake=kept)


def read_stories(path: Path) -> Sequence[Story]:
    """The scenes of the source's outputs; none where nothing was kept that this release reads."""
    if not path.exists():
        return ()
    try:
        stories = json.loads(path.read_bytes())
        # releases before this one kept the last scene of each film alone
        told = [[(0.0, one)] if isinstance(one, dict) else one for one in stories]
        return [tuple((start, Scene.from_json(scene)) for start, scene in one) for one in told]
    except (ValueError, TypeError, LookupError) as error:
        log.warning("a scene that was kept cannot be read, and is imagined anew: %r", error)
        return ()


def write_stories(stories: Sequence[Story]) -> bytes:
    """What `read_stories` reads."""
    told = [[(start, scene.to_json()) for start, scene in story] for story in stories]
    return json.dumps(told).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A film drawn from its scenes, as a whole. `keeps`: it can be drawn again from them."""

    story: Story
    shape: Shape
    picture: NDArray[np.uint8] | None
    keeps: bool = True

    def write(self, film: Path, done: Done) -> None:
        """Draw and encode it."""
        frames = _frames_of(self.story, self.shape, self.picture)
        moments = (number / self.shape.fps for number in range(self.shape.frames))
        sound = _hear(self.story, self.shape, done)
        with FilmWriter(film, self.shape, sound=sound) as writer:
            _write(writer, frames, _on_blanks(self.shape, moments), self.shape.frames, done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Veiled:
    """A film of other pictures with the light, style and weather of a scene over them."""

    story: Story
    shape: Shape
    under: Path
    keeps: bool = False

    def write(self, film: Path, done: Done) -> None:
        """Change every frame of the film that is there."""
        frames = frames_over(self.story[-1][1], self.shape.width, self.shape.height)
        under = ((n / self.shape.fps, frame) for n, frame in enumerate(read_frames(self.under)))
        sound = _sound_of(self.under, self.shape)
        if sound is None:
            sound = _hear(self.story, self.shape, done)
        with FilmWriter(film, self.shape, sound=sound) as writer:
            _write(writer, frames, under, self.shape.frames, done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """A film that is there, and what follows its last frame: scene over scene, then the new one."""

    story: Story
    shape: Shape
    under: Path
    frames_before: int
    picture: NDArray[np.uint8] | None
    keeps: bool

    def write(self, film: Path, done: Done) -> None:
        """Draw what is added, and stitch it to what is there."""
        part = film.with_suffix(".part.mp4")
        fps = self.shape.fps
        frames = _frames_of(self.story[-2:], self.shape, self.picture)
        first = self.frames_before / fps if self.keeps else 0.0
        count = self.shape.frames - self.frames_before
        moments = (first + number / fps for number in range(count))
        blanks = _on_blanks(self.shape, moments)
        sound = _hear(self.story[-1:], self.shape, done)
        if sound is not None and self.keeps:
            sound = sound[samples_in(self.frames_before, fps) :]
        with FilmWriter(part, replace(self.shape, sound=Sound.NATIVE), sound=sound) as writer:
            _write(writer, frames, blanks, count, lambda share: done(DRAWN * share))
        stitch([self.under, part], film, self.shape, lambda s: done(DRAWN + (1 - DRAWN) * s))
        part.unlink()


class Dissolve:
    """One scene going over into another. Same face as `Frames`."""

    def __init__(self, old: Frames, new: Frames, start_s: float) -> None:
        self._old = old
        self._new = new
        self._start_s = start_s

    def prepare(self) -> Iterator[float]:
        """Get both ready."""
        for frames, base in ((self._old, 0.0), (self._new, 0.5)):
            for share in frames.prepare():
                yield base + share / 2

    def frame(self, out: NDArray[np.uint8], seconds: float) -> None:
        """Draw the old one at first, then both, then the new one."""
        share = min(1.0, max(0.0, (seconds - self._start_s) / DISSOLVE_S))
        share = share * share * (3 - 2 * share)
        if share <= 0:
            self._old.frame(out, seconds)
            return
        self._new.frame(out, seconds)
        if share < 1:
            old = np.zeros_like(out)
            self._old.frame(old, seconds)
            mixed = old + (out.astype(np.float32) - old) * np.float32(share)
            out[:] = np.rint(mixed).astype(np.uint8)


def _frames_of(story: Story, shape: Shape, picture: NDArray[np.uint8] | None) -> Frames:
    """What draws the scenes of a film, each going over into the next."""
    (_, scene), *later = story
    frames: Frames = frames_of(scene, shape.width, shape.height, picture)
    for start, scene in later:
        frames = Dissolve(frames, frames_of(scene, shape.width, shape.height, picture), start)
    return frames


def _take(
    request: Request, scratch: Path, before: Sequence[Story], output: int
) -> Drawn | Veiled | Continued:
    """How one output is made."""
    source, shape = request.source, request.shape
    picture = pixels(scratch / PICTURE) if request.picture is not None else None
    if source is None:
        return Drawn(story=((0.0, _scene(request, output)),), shape=shape, picture=picture)
    old = _old_story(request, source, before, output)
    fresh: Story = ((0.0, _scene(request, output)),)
    if source.verb is Verb.EXTEND:
        frames_before = replace(shape, duration_ms=source.duration_ms).frames
        if old is not None:
            scene = _changed_scene(old[-1][1], request, source)
            fresh = old if scene == old[-1][1] else (*old, (frames_before / shape.fps, scene))
        return Continued(
            story=fresh,
            shape=shape,
            under=scratch / SOURCE,
            frames_before=frames_before,
            picture=picture if old else read_last_frame(scratch / SOURCE),
            keeps=old is not None,
        )
    if old is None:
        return Veiled(story=fresh, shape=shape, under=scratch / SOURCE)
    changed = tuple((start, _changed_scene(scene, request, source)) for start, scene in old)
    return Drawn(story=changed, shape=shape, picture=picture)


def _old_story(
    request: Request, source: Source, before: Sequence[Story], output: int
) -> Story | None:
    """The scenes that one output goes on from, if this engine has drawn or can imagine them.

    Each output of a remix has its own; all edits and extensions go on from the first, whose film
    is there.
    """
    if not before and source.verb is Verb.REMIX:
        aspect = request.shape.width / request.shape.height
        length = source.duration_ms / 1000
        scene = imagine(source.prompt, aspect=aspect, seconds=length, cast=_cast(request))
        before = [((0.0, scene),)]
    if not before:
        return None
    own = request.seed == source.seed and output < len(before) and source.verb is Verb.REMIX
    if own or (output == 0 and source.verb is not Verb.REMIX):
        return before[output]
    seed = request.seed + output
    return tuple((start, replace(scene, seed=seed)) for start, scene in before[0])


def _changed_scene(old: Scene, request: Request, source: Source | None) -> Scene:
    """The scene in other words; in a film as long, or that goes on, the camera keeps its pace."""
    shape = request.shape
    stays = source is not None and (
        source.verb is not Verb.REMIX or source.duration_ms == shape.duration_ms
    )
    return reimagine(
        old,
        request.prompt,
        aspect=shape.width / shape.height,
        seconds=old.span if stays else float(shape.seconds),
        negative=str(request.extras.get("negative_prompt") or ""),
        style=str(request.extras.get("style") or ""),
        cast=_cast(request),
        all_stay=source is not None and source.verb is Verb.EDIT,
    )


def _scene(request: Request, output: int = 0) -> Scene:
    """The scene of one output: each has the seed after the last one's."""
    shape = request.shape
    return imagine(
        request.prompt,
        aspect=shape.width / shape.height,
        seconds=float(shape.seconds),
        seed=request.seed + output,
        negative=str(request.extras.get("negative_prompt") or ""),
        style=str(request.extras.get("style") or ""),
        cast=_cast(request),
    )


def _cast(request: Request) -> list[Role]:
    """The characters of a request: each looks as its id and the colours of its film say."""
    return [
        Role(
            name=role.name,
            key=role.character_id,
            colour=int(role.colours[0][1:], 16) if role.colours else None,
        )
        for role in request.characters
    ]


def _on_blanks(shape: Shape, moments: Iterator[float]) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """One canvas for every moment."""
    canvas = np.zeros((shape.height, shape.width, 4), np.uint8)
    return ((moment, canvas) for moment in moments)


def _sound_of(film: Path, shape: Shape) -> Samples | None:
    """The sound of a film that is followed, where the new one may sound."""
    if shape.sound is Sound.NONE:
        return None
    with reading(film) as (container, _):
        return read_samples(container, samples_in(shape.frames, shape.fps))


def _write(
    film: FilmWriter,
    frames: Frames,
    canvases: Iterator[tuple[float, NDArray[np.uint8]]],
    count: int,
    done: Done,
) -> None:
    """Draw and encode `count` frames: each moment on its canvas."""
    for share in frames.prepare():
        done(share * PREPARING)
    for number, (moment, canvas) in enumerate(canvases, start=1):
        frames.frame(canvas, moment)
        film.write(canvas)
        done(PREPARING + (1 - PREPARING) * number / count)


def _hear(story: Story, shape: Shape, done: Done) -> Samples | None:
    """The sound of scenes for a film that has a track; None where nothing sounds."""
    if shape.sound is Sound.NONE:
        return None
    heard: list[Samples | None] = []
    for _, scene in story:
        pieces = []
        for piece in sound_of(scene, shape.frames / shape.fps):
            done(0.0)
            pieces.append(piece)
        heard.append(np.concatenate(pieces) if pieces else None)
    if all(one is None for one in heard):
        return None
    silence = np.zeros((samples_in(shape.frames, shape.fps), CHANNELS), np.float32)
    whole, *later = (silence if one is None else one for one in heard)
    for (start, _), sound in zip(story[1:], later, strict=True):
        at = np.arange(len(whole)) / RATE - start
        share = np.clip(at / DISSOLVE_S, 0.0, 1.0).astype(np.float32)[:, None]
        whole = whole + (sound[: len(whole)] - whole) * share
    return whole
