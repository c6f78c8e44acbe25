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


class UpstreamObject(TypedDict):
    """An upstream of a relay."""

    object: Literal["upstream"]
    id: Annotated[str, Field(description="its engine's table and its own, as relay/near")]
    kind: str
    models: list[str]
    orders: Annotated[int, Field(description="that it has and that have not ended")]
    takes_orders: Annotated[bool, Field(description="false: an operator drains it")]


class FindingObject(TypedDict):
    """One thing that was looked at."""

    mark: Literal["good", "mind", "bad"]
    name: str
    text: str
    mend: Annotated[str | None, Field(description="what would make it good")]


class DoctorObject(TypedDict):
    """What a server finds of itself."""

    object: Literal["doctor"]
    ok: Annotated[bool, Field(description="whether nothing is bad")]
    findings: list[FindingObject]
