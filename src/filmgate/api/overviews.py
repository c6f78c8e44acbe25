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


class ActObject(TypedDict):
    """One line of the audit."""

    object: Literal["audit.entry"]
    at: int
    account_id: str
    key_id: Annotated[str | None, Field(description="null: on the server's own machine")]
    act: str
    subject: Annotated[str, Field(description="the id of what it was done to")]
    detail: dict[str, Any] | None
