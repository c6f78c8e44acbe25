"""What a table `[engines.NAME]` says of an engine."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from filmgate.domain.fleet import Scale


class EngineSettings(BaseModel):
    """One engine: a table `[engines.NAME]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str = Field(
        default="animatic",
        pattern=r"^([\w-]+|[\w.]+:\w+)$",
        description="which engine this is: animatic, one that an installed package names, or "
        "your own as module:factory",
    )
    workers: int = Field(default=1, ge=0, le=64, description="worker processes that serve it")
    slots: int | None = Field(
        default=None,
        ge=1,
        le=10_000,
        description="videos that a worker holds at once; default: as the engine says, mostly 1",
    )
    gpus: float = Field(default=0, ge=0, le=64, description="GPUs that a launcher gives a worker")
    scale: Scale | None = Field(
        default=None, description="how workers follow the queue, from `workers` up; default: not"
    )
    options: dict[str, Any] = Field(
        default={}, repr=False, description="the engine's own options; see its page"
    )
