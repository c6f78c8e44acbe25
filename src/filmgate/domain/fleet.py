"""Where workers stand, what they do, and how many of them there should be."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field


class Scale(BaseModel):
    """How an engine's workers follow its queue: a table `[engines.NAME.scale]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    most: int = Field(ge=1, le=100_000, description="workers at most, of all machines together")
    wait_s: float = Field(
        default=60, ge=1, le=86_400, description="how long what waits may take to be done, seconds"
    )
    idle_minutes: float = Field(
        default=10, ge=0, le=1440, description="how long a worker too many is kept, minutes"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many workers an engine may have, and what each of them is for.

    `slots` is how many videos one holds at once, `wait_s` how long what waits may take.
    """

    engine: str
    least: int
    most: int
    slots: int = 1
    wait_s: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What an engine has to do, and the workers that this is worth within its bounds."""

    engine: str
    waiting: int
    running: int
    work_ms: int
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where a process stands: its machine, and what its launcher called it and gave it."""

    node: str | None = None
    place: str | None = None
    gpus: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What an operator may call it by."""
        return tuple(name for name in (self.node, self.place) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A worker process, where it stands, and what it makes. Times are Unix seconds.

    `place` is its launcher's name for it, `gpus` the devices that it was given, as
    `CUDA_VISIBLE_DEVICES` says them.
    """

    worker_id: str
    node: str
    engine: str
    started_at: float
    gpus: str | None = None
    place: str | None = None
    drained: bool = False
    trouble: str | None = None
    video_id: str | None = None
    model: str | None = None
    claimed_at: float | None = None
