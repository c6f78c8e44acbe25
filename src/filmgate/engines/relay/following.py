"""Films that follow others: of its own job an upstream makes them, else they are composed here."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filmgate.domain.shape import Shape
from filmgate.domain.source import Verb
from filmgate.domain.video import Request
from filmgate.engines.base import PICTURE, SOURCE, SOURCE_KEEPSAKE
from filmgate.engines.relay.marks import Mark
from filmgate.engines.relay.pictures import FirstFrame, fit_first_frame
from filmgate.errors import GenerationFailed
from filmgate.media.conform import conform
from filmgate.media.stills import last_frame
from filmgate.media.stitch import stitch

_LAST = "last.png"


@dataclass(frozen=True, slots=True)
class Provenance:
    """The job that made a film, and the upstream that knows it."""

    upstream: str
    job: str

    def to_bytes(self) -> bytes:
        """As a keepsake."""
        return json.dumps(asdict(self)).encode()


def origin_of_mark(mark: Mark | None, request: Request) -> Provenance | None:
    """What a film's order says of where it was made; None if only a part of it was."""
    if mark is None or mark.job is None or is_composed(mark, request):
        return None
    return Provenance(mark.upstream, mark.job)


def read_origin(scratch: Path) -> Provenance | None:
    """Where the film was made that a video follows, if it was made by an upstream of ours."""
    try:
        return Provenance(**json.loads((scratch / SOURCE_KEEPSAKE).read_bytes()))
    except FileNotFoundError:
        return None


def is_composed(mark: Mark, request: Request) -> bool:
    """Whether the upstream makes only what is added, and not of a job of its own."""
    source = request.source
    return source is not None and source.verb is Verb.EXTEND and mark.follows is None


def ordered_shape(request: Request) -> Shape:
    """What is made anew."""
    return replace(request.shape, duration_ms=request.fresh_ms)


def first_frame(request: Request, scratch: Path) -> FirstFrame | None:
    """What a film begins with: the picture that was given, or the end of the film to extend."""
    source, picture = request.source, scratch / PICTURE
    if source is not None and source.verb is Verb.EXTEND:
        picture = scratch / _LAST
        picture.write_bytes(last_frame(scratch / SOURCE))
    elif request.picture is None:
        return None
    return fit_first_frame(picture, request.shape)


def compose(
    scratch: Path, part: Path, target: Path, request: Request, progress: Callable[[float], None]
) -> str | None:
    """Write the film to extend, and then `part`; the words for what had to be changed of it.

    Raises:
        GenerationFailed: it is no film, or too short.
    """
    fitted = part.with_suffix(".part.mp4")
    native = conform(part, fitted, ordered_shape(request), lambda share: progress(share / 2))
    stitch([scratch / SOURCE, fitted], target, request.shape, lambda s: progress(0.5 + s / 2))
    fitted.unlink()
    return native


def refuse_lone_edit(mark: Mark, request: Request) -> None:
    """Raise GenerationFailed for an edit of a film that the upstream does not know."""
    source = request.source
    if source is not None and source.verb is Verb.EDIT and mark.follows is None:
        raise GenerationFailed("No upstream knows the film to edit, and none edits another's")
