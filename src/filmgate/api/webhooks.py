"""The routes of webhooks, as the official SDKs ask them; and the log of deliveries."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from filmgate.api.ask import Ask
from filmgate.api.given import Given
from filmgate.api.reply import list_of, page_of, unix_seconds
from filmgate.api.wire import Listing, Page
from filmgate.api.wire_webhooks import (
    DeliveryObject,
    EndpointDeleted,
    EndpointObject,
    EndpointTested,
    FreshEndpointObject,
)
from filmgate.domain.webhook import Delivery, Endpoint, EventType, Outcome
from filmgate.services.webhooks import Changes

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Url = Annotated[str, Field(max_length=2048, description="http or https, at a public address")]
Events = Annotated[
    list[EventType],
    Field(min_length=1),
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
]


class PageQuery(BaseModel):
    """Which page."""

    after: str | None = Field(default=None, description="id of the last one seen")
    limit: int = Field(default=20, ge=1, le=100)


class NewEndpoint(Given):
    """What a new endpoint is to be."""

    name: Name
    url: Url
    event_types: Events


class EndpointChange(Given):
    """What is to change of an endpoint."""

    name: Name | None = None
    url: Url | None = None
    event_types: Events | None = None
    enabled: bool | None = Field(default=None, description="switch it on or off")


class Rotation(Given):
    """How a secret is rotated."""

    keep_old_secret_active_for_24_hours: bool = Field(
        default=False, description="sign with both secrets for a day"
    )


class Sample(Given):
    """Which sample is sent."""

    event_type: EventType


async def list_webhook_event_types(ask: Ask) -> Listing[EventType]:
    """The events that an endpoint can ask for."""
    return list_of(list(EventType))


async def create_webhook_endpoint(ask: Ask) -> FreshEndpointObject:
    """Events are told from now on. Keep the `signing_secret`: it is not shown again."""
    given = await ask.body(NewEndpoint)
    endpoint = await ask.parts.webhooks.create(
        ask.caller, name=given.name, url=given.url, event_types=_each_once(given.event_types)
    )
    return fresh_endpoint_object(endpoint)


async def list_webhook_endpoints(ask: Ask) -> Page[EndpointObject]:
    """A page of your webhook endpoints, newest first."""
    wanted = ask.query(PageQuery)
    found, more = await ask.parts.webhooks.page(ask.caller, wanted.after, wanted.limit)
    return page_of([endpoint_object(endpoint) for endpoint in found], more)


async def retrieve_webhook_endpoint(ask: Ask) -> EndpointObject:
    """The endpoint without its secret."""
    return endpoint_object(await ask.parts.webhooks.get(ask.caller, ask.path["endpoint_id"]))


async def update_webhook_endpoint(ask: Ask) -> EndpointObject:
    """What is not given stays. `enabled: true` switches a failed endpoint on again."""
    given = await ask.body(EndpointChange)
    changes = Changes(
        name=given.name,
        url=given.url,
        event_types=None if given.event_types is None else _each_once(given.event_types),
        enabled=given.enabled,
    )
    endpoint_id = ask.path["endpoint_id"]
    return endpoint_object(await ask.parts.webhooks.update(ask.caller, endpoint_id, changes))


async def delete_webhook_endpoint(ask: Ask) -> EndpointDeleted:
    """Nothing more is sent there."""
    endpoint_id = ask.path["endpoint_id"]
    await ask.parts.webhooks.delete(ask.caller, endpoint_id)
    return {"id": endpoint_id, "object": "webhook_endpoint.deleted", "deleted": True}


async def rotate_webhook_secret(ask: Ask) -> FreshEndpointObject:
    """The old secret ends at once, or signs beside the new one for a day if so asked."""
    keep_old = (await ask.body(Rotation)).keep_old_secret_active_for_24_hours
    endpoint_id = ask.path["endpoint_id"]
    endpoint = await ask.parts.webhooks.rotate(ask.caller, endpoint_id, keep_old=keep_old)
    return fresh_endpoint_object(endpoint)


async def test_webhook_endpoint(ask: Ask) -> EndpointTested:
    """A signed event about a video that does not exist. It is not tried again."""
    kind, endpoint_id = (await ask.body(Sample)).event_type, ask.path["endpoint_id"]
    status = await ask.parts.webhooks.test(ask.caller, endpoint_id, kind)
    return {
        "object": "webhook_endpoint.test",
        "webhook_endpoint_id": endpoint_id,
        "event_type": kind,
        "status_code": status,
        "success": True,
    }


async def list_webhook_deliveries(ask: Ask) -> Page[DeliveryObject]:
    """A page of attempts, newest first: when, what was answered, when the next one is."""
    wanted, endpoint_id = ask.query(PageQuery), ask.path["endpoint_id"]
    found, more = await ask.parts.webhooks.log(ask.caller, endpoint_id, wanted.after, wanted.limit)
    return page_of([delivery_object(entry) for entry in found], more)


def _each_once(kinds: list[EventType]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kinds))


def endpoint_object(endpoint: Endpoint) -> EndpointObject:
    """An endpoint without its secret."""
    return {
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "created_at": int(endpoint.created_at),
        "updated_at": int(endpoint.updated_at),
        "name": endpoint.name,
        "url": endpoint.url,
        "event_types": [EventType(kind) for kind in endpoint.event_types],
        "signing_secret_hint": f"whsec_…{endpoint.secret[-4:]}",
        "enabled": endpoint.disabled_at is None,
        "disabled_at": unix_seconds(endpoint.disabled_at),
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": unix_seconds(endpoint.failing_since),
    }


def fresh_endpoint_object(endpoint: Endpoint) -> FreshEndpointObject:
    """An endpoint with its secret."""
    return {**endpoint_object(endpoint), "signing_secret": endpoint.secret}


def delivery_object(entry: Delivery) -> DeliveryObject:
    """One attempt to tell an endpoint."""
    return {
        "id": entry.id,
        "object": "webhook_endpoint.delivery",
        "created_at": int(entry.at),
        "event_id": entry.event_id,
        "event_type": EventType(entry.event_type),
        "video_id": entry.video_id,
        "attempt": entry.attempt,
        "outcome": Outcome(entry.outcome),
        "status_code": entry.status_code,
        "error": entry.problem,
        "duration_ms": entry.duration_ms,
        "next_attempt_at": unix_seconds(entry.next_at),
    }
