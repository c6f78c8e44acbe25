"""What a door is: the paths, words and shapes that a neighbour's clients expect, as a table.

Each is one file beside this one, found, not listed: `DOOR`. What is done behind a door is in
`api.doors`, the same for all; a file that is deleted takes its paths with it.

A shape is JSON with holes. `"$name"` is a fact by that name, whatever its type; within longer text
it is written out. A key that starts with `?` is left out where its value is null. A list holds one
shape, said once for each output of a completed video; `[MANY]` is all videos, or models, of a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from filmgate.domain.states import State

Shape = Mapping[str, Any]
Verb = Literal[
    "create",
    "see",
    "film",
    "output",
    "list",
    "models",
    "stream",
    "cancel",
    "delete",
    "content",
]
MANY = "$many"


@dataclass(frozen=True, slots=True)
class Entry:
    """One method at one path. `shape` is what it answers, None being the door's own of a video.

    A hole `{model}` says the model, `{video_id}` the video, `{generation_id}` one output of it. A
    create that `waits` is held by `Prefer: wait` until the video has ended.
    """

    method: str
    path: str
    verb: Verb
    shape: Shape | None = None
    status: int = 200
    variant: str = "video"
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The table of one neighbour.

    `fields` are its words for fields of create requests that we call otherwise, `within` the key
    that they stand under, if any. `cancelled` is its word for a failure that its owner asked for;
    `told` is a second set of status words, where it has two. `unready` is what it says of a film
    that is not made yet, where its clients go by that. `model` is the shape of a model in a list,
    `headers` that of the headers of what is said of one video.
    """

    name: str
    about: str
    entries: tuple[Entry, ...]
    video: Shape
    error: Shape
    statuses: Mapping[State, str]
    cancelled: str
    told: Mapping[State, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    within: str | None = None
    unready: str | None = None
    model: Shape = field(default_factory=dict)
    headers: Shape = field(default_factory=dict)
