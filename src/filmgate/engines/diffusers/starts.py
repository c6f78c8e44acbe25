"""What a run starts from: words alone, a picture, or the film that it changes."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from filmgate.domain.source import Source, Verb
from filmgate.domain.video import Request
from filmgate.engines.base import PICTURE, SOURCE
from filmgate.engines.diffusers.plan import Plan
from filmgate.media.decode import read_frames, read_last_frame
from filmgate.media.pictures import pixels
from filmgate.media.retime import Method, retime

Frame: TypeAlias = NDArray[np.uint8]
Start: TypeAlias = Image.Image | list[Image.Image] | None


class Starts(Protocol):
    """Says of each run in turn what it starts from."""

    def next(self, count: int, last: Frame | None) -> Start:
        """The start of a run of `count` frames; `last` is the last frame of the one before."""
        ...


class FromPicture:
    """The picture that is given, if one is; then each run's last frame."""

    def __init__(self, first: Image.Image | None) -> None:
        self._first = first

    def next(self, count: int, last: Frame | None) -> Start:
        """One picture, or nothing."""
        return self._first if last is None else Image.fromarray(last)


class FromFilm:
    """The frames that lie under a run; at a seam both runs have the same one."""

    def __init__(self, frames: Iterator[Frame]) -> None:
        self._frames = frames
        self._seam: list[Image.Image] = []

    def next(self, count: int, last: Frame | None) -> Start:
        """As many pictures as the run has frames."""
        fresh = islice(self._frames, count - len(self._seam))
        clip = [*self._seam, *map(Image.fromarray, fresh)]
        self._seam = clip[-1:]
        return clip


def starts_of(request: Request, scratch: Path, plan: Plan, method: Method) -> Starts:
    """What the runs of a request start from, of the files that lie in its scratch folder."""
    source = request.source
    if source is not None and source.verb is Verb.EDIT:
        return FromFilm(_frames_under(source, scratch / SOURCE, plan, method))
    if source is not None and source.verb is Verb.EXTEND:
        return FromPicture(Image.fromarray(read_last_frame(scratch / SOURCE)))
    given = request.picture is not None
    return FromPicture(Image.fromarray(pixels(scratch / PICTURE)) if given else None)


def _frames_under(source: Source, film: Path, plan: Plan, method: Method) -> Iterator[Frame]:
    """The film's frames at the model's rate, as many as its runs make; at its end it stands."""
    return retime(read_frames(film, "rgb24"), source.fps, plan.fps, plan.frames, method)
