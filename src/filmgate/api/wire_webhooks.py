"""The objects of webhooks on the wire."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from filmgate.domain.webhook import EventType, Outcome


class EndpointObject(TypedDict):
    """An address that is told when a video ends."""

    id: str
    object: Literal["webhook_endpoint"]
    created_at: int
    updated_at: int
    name: str
    url: str
    event_types: list[EventType]
    signing_secret_hint: Annotated[str, Field(description="the end of the secret")]
    enabled: bool
    disabled_at: int | None
    disabled_reason: str | None
    failing_since: Annotated[
        int | None, Field(description="the first failure since the last success")
    ]


class FreshEndpointObject(EndpointObject):
    """The same with its secret, shown when it is made and when it is rotated."""

    signing_secret: str


class EndpointDeleted(TypedDict):
    """What DELETE answers."""

    id: str
    object: Literal["webhook_endpoint.deleted"]
    deleted: Literal[True]


class EndpointTested(TypedDict):
    """What a receiver answered to a sample event."""

    object: Literal["webhook_endpoint.test"]
    webhook_endpoint_id: str
    event_type: EventType
    status_code: int
    success: Annotated[
        Literal[True], Field(description="an answer came; see status_code for which")
    ]


class DeliveryObject(TypedDict):
    """One attempt to tell an endpoint."""

    id: str
    object: Literal["webhook_endpoint.delivery"]
    created_at: int
    event_id: str
    event_type: EventType
    video_id: str
    attempt: int
    outcome: Outcome
    status_code: int | None
    error: str | None
    duration_ms: int
    next_attempt_at: int | None
