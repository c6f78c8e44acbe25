"""The objects that an operator sees of everybody's."""

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from filmgate.api.wire import VideoObject


class VideoOfAccount(VideoObject):
    """A video as the operator sees it."""

    account_id: str
    engine: str
    user: str | None
    worker_id: str | None
    attempt: int
    started_at: int | None


class LineObject(TypedDict):
    """What waits of one model at one engine; counted up to ten thousand."""

    engine: str
    model: str
    queued: int
    oldest_wait_s: Annotated[int, Field(description="how long the first has waited")]


class LaneObject(TypedDict):
    """What waits and runs of one account at one engine."""

    engine: str
    account_id: str
    queued: int
    running: int


class QueueOverview(TypedDict):
    """All that waits and runs, whosever it is."""

    object: Literal["queue"]
    queued: int
    running: int
    suspects: Annotated[int, Field(description="wait apart, because their workers died")]
    held_usd: Annotated[str, Field(description="held of all accounts")]
    webhook_backlog: int
    models: list[LineObject]
    accounts: Annotated[list[LaneObject], Field(description="the hundred busiest")]


class WorkerObject(TypedDict):
    """A worker that was seen within half a minute."""

    id: str
    object: Literal["worker"]
    engine: str
    host: str
    pid: int
    state: Literal["busy", "idle", "waiting"]
    holds: Annotated[int, Field(description="videos")]
    models: list[str]
    trouble: Annotated[str | None, Field(description="why it claims nothing")]


class ActObject(TypedDict):
    """One line of the audit."""

    object: Literal["audit.entry"]
    at: int
    account_id: str
    key_id: Annotated[str | None, Field(description="null: on the server's own machine")]
    act: str
    subject: Annotated[str, Field(description="the id of what it was done to")]
    detail: dict[str, Any] | None
