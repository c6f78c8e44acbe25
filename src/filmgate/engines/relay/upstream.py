"""The socket that every upstream kind fits, and the nouns that pass through it."""

import math
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from filmgate.domain.shape import Shape
from filmgate.domain.source import Verb
from filmgate.domain.states import Failure
from filmgate.engines.relay.pictures import FirstFrame
from filmgate.errors import FilmgateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One film to be made upstream.

    `tag` is ours alone and never used twice: what finds the job again. `since` is the Unix time
    before which it cannot have been sent. `model` is the upstream's own name of it. `callback` is
    an address of ours that it may ring when there is news; None where it cannot reach us.
    `follows` is what it is to be made from: of an extension, `shape` is what is added.
    """

    tag: str
    since: float
    model: str
    prompt: str
    shape: Shape
    seed: int
    picture: FirstFrame | None = None
    callback: str | None = None
    follows: "Following | None" = None
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Following:
    """How a film is made from the film of a job that the upstream has."""

    verb: Verb
    job: str


class Blame(Enum):
    """Why an order was refused, and so what to do with it."""

    REQUEST = "the upstream will not make this; another may"
    UPSTREAM = "the upstream makes nothing of anybody now: key, credit, route"
    BUSY = "the upstream will take it later"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The upstream has the order, under this id, and will charge for it."""

    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The upstream has not taken the order: it may go elsewhere. Nothing is charged."""

    blame: Blame
    message: str
    failure: Failure = Failure.UPSTREAM
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether the upstream took the order: find it, never send it again."""

    why: str


Outcome: TypeAlias = Accepted | Refused | Unknown
"""What became of a create. There is no fourth."""


class Phase(Enum):
    """Where a job stands upstream."""

    WAITING = "it is not done yet"
    DONE = "its film is there"
    FAILED = "it will never have a film"
    GONE = "the upstream does not know it, or not any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a job told.

    `progress` is 0…1, None where the upstream does not say. `films` are addresses of its film,
    best first. `cost` is what the upstream charges for it, in micro-dollars. `again_in_s` is when
    the upstream would like to be asked again.
    """

    phase: Phase
    progress: float | None = None
    films: tuple[str, ...] = ()
    cost: int | None = None
    message: str = ""
    failure: Failure = Failure.UPSTREAM
    again_in_s: float | None = None


class Unreachable(FilmgateError):
    """A look, a search or a fetch got no useful answer; it may be tried again."""

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


Step: TypeAlias = Callable[[], None]
"""Called between pieces of work; raises Stopped when the work must end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What an upstream can do, as data.

    `finds`: a lost order can be found again, for `finds_for_s` after it was sent.
    `proves_absence`: what is not found after a while surely never arrived. `cancels`: work can be
    stopped. `follows`: how films are made from its own. `lists`: one request tells of many jobs.
    `paid`: every order is charged. `poll_s` and `poll_most_s` bound the time between two looks.
    """

    finds: bool = False
    finds_for_s: float = math.inf
    proves_absence: bool = False
    paid: bool = True
    cancels: bool = False
    follows: frozenset[Verb] = frozenset()
    lists: bool = False
    poll_s: float = 1.0
    poll_most_s: float = 10.0


class Upstream(Protocol):
    """One backend that makes films. Its files name no other kind; its SDK's objects stay in it."""

    @property
    def traits(self) -> Traits:
        """What it can do."""
        ...

    async def open(self) -> None:
        """Get ready to send; ask nothing that costs.

        Raises:
            MissingPart: its SDK is not installed.
            SettingsError: what the operator wrote for it cannot work.
        """
        ...

    async def check(self) -> str:
        """Ask something that costs nothing; a word about what answered.

        Raises:
            Unreachable: it does not answer, or not to us.
        """
        ...

    async def submit(self, order: Order) -> Outcome:
        """Send the order, once: no retry on any layer below."""
        ...

    async def look(self, job: str) -> Look:
        """See where a job stands.

        Raises:
            Unreachable: it cannot be seen now.
        """
        ...

    async def find(self, order: Order) -> str | None:
        """The job of an order whose answer was lost; None when it cannot be told which, if any.

        Asked only where `traits.finds`.

        Raises:
            Unreachable: it cannot be told now.
        """
        ...

    async def cancel(self, job: str) -> None:
        """Stop the work on a job, as far as the upstream can. Asked only where `traits.cancels`.

        Raises:
            Unreachable: it was not heard.
        """
        ...

    async def fetch(self, job: str, look: Look, path: Path, step: Step) -> None:
        """Bring the film of a finished job to `path`, in bounded memory.

        Raises:
            Unreachable: it cannot be fetched now.
            GenerationFailed: it never can.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class ListingUpstream(Upstream, Protocol):
    """An upstream of which one request can see many jobs; whether it does, `traits.lists` says."""

    def list_looks(self) -> AsyncGenerator[Mapping[str, Look]]:
        """Looks at its jobs, newest first, a page a request.

        Raises:
            Unreachable: it does not tell now.
        """
        ...
