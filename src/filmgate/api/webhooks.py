"""The routes of webhooks, as the official SDKs ask them; and the log of deliveries."""

import difflib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from filmgate.api import body, fields
from filmgate.api.answers import reply
from filmgate.api.docs import answers, body_of
from filmgate.api.parts import Parts, caller
from filmgate.api.schemas import (
    CreateWebhookEndpoint,
    RotateWebhookSecret,
    TestWebhookEndpoint,
    UpdateWebhookEndpoint,
    WebhookDeliveryList,
    WebhookEndpoint,
    WebhookEndpointDeleted,
    WebhookEndpointList,
    WebhookEndpointTested,
    WebhookEndpointWithSecret,
    WebhookEventTypes,
)
from filmgate.domain.webhook import Delivery, Endpoint, EventType
from filmgate.errors import InvalidParameter, MissingParameter, UnknownParameter
from filmgate.services.webhooks import Changes

MAX_NAME = 200
MAX_URL = 2048

EndpointId = Annotated[str, Path(description="a webhook endpoint's id", max_length=200)]
After = Annotated[str | None, Query(description="id of the last one seen")]
Limit = Annotated[int, Query(ge=1, le=100)]


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    routes = _Routes(parts)
    api = APIRouter(tags=["webhooks"])
    api.add_api_route(
        "/v1/webhook_event_types",
        routes.event_types,
        methods=["GET"],
        summary="List what webhooks tell of",
        response_model=None,
        responses=answers(WebhookEventTypes),
    )
    api.add_api_route(
        "/v1/webhook_endpoints",
        routes.create,
        methods=["POST"],
        summary="Make a webhook endpoint; its secret is shown this once",
        response_model=None,
        responses=answers(WebhookEndpointWithSecret, 400, 413, 415),
        **body_of(CreateWebhookEndpoint),
    )
    api.add_api_route(
        "/v1/webhook_endpoints",
        routes.page,
        methods=["GET"],
        summary="List your webhook endpoints",
        response_model=None,
        responses=answers(WebhookEndpointList, 400),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}",
        routes.retrieve,
        methods=["GET"],
        summary="See a webhook endpoint, and whether it fails",
        response_model=None,
        responses=answers(WebhookEndpoint, 404),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}",
        routes.update,
        methods=["POST"],
        summary="Change a webhook endpoint, or switch it on or off",
        response_model=None,
        responses=answers(WebhookEndpoint, 400, 404, 413, 415),
        **body_of(UpdateWebhookEndpoint),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}",
        routes.delete,
        methods=["DELETE"],
        summary="Delete a webhook endpoint and its log",
        response_model=None,
        responses=answers(WebhookEndpointDeleted, 404),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}/rotate_secret",
        routes.rotate,
        methods=["POST"],
        summary="Give a webhook endpoint a new secret; it is shown this once",
        response_model=None,
        responses=answers(WebhookEndpointWithSecret, 400, 404, 413, 415),
        **body_of(RotateWebhookSecret),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}/test",
        routes.test,
        methods=["POST"],
        summary="Send a sample event now, and say what the receiver answered",
        response_model=None,
        responses=answers(WebhookEndpointTested, 400, 404, 413, 415),
        **body_of(TestWebhookEndpoint),
    )
    api.add_api_route(
        "/v1/webhook_endpoints/{endpoint_id}/deliveries",
        routes.deliveries,
        methods=["GET"],
        summary="Read the log of deliveries to a webhook endpoint",
        response_model=None,
        responses=answers(WebhookDeliveryList, 400, 404),
    )
    return api


_MAX_BODY = 1 << 20


class _Routes:
    """One method a route: read the request, call the service, say the answer."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def event_types(self, request: Request) -> Response:
        """The events that an endpoint can ask for."""
        caller(request)
        return reply({"object": "list", "data": list(EventType)})

    async def create(self, request: Request) -> Response:
        """Events are told from now on. Keep the `signing_secret`: it is not shown again."""
        given = await self._given(request, ("name", "url", "event_types"))
        for name in ("name", "url", "event_types"):
            if name not in given:
                raise MissingParameter(f"Missing required parameter: '{name}'", param=name)
        endpoint = await self._parts.webhooks.create(
            caller(request),
            name=_name(given["name"]),
            url=fields.text("url", given["url"], most=MAX_URL),
            event_types=_event_types(given["event_types"]),
        )
        return reply(_with_secret(endpoint))

    async def page(self, request: Request, after: After = None, limit: Limit = 20) -> Response:
        """A page of your webhook endpoints, newest first."""
        found, more = await self._parts.webhooks.page(caller(request), after, limit)
        return reply(_page([_object(endpoint) for endpoint in found], more))

    async def retrieve(self, request: Request, endpoint_id: EndpointId) -> Response:
        """The endpoint without its secret."""
        return reply(_object(await self._parts.webhooks.get(caller(request), endpoint_id)))

    async def update(self, request: Request, endpoint_id: EndpointId) -> Response:
        """What is not given stays. `enabled: true` switches a failed endpoint on again."""
        given = await self._given(request, ("name", "url", "event_types", "enabled"))
        endpoint = await self._parts.webhooks.update(caller(request), endpoint_id, _changes(given))
        return reply(_object(endpoint))

    async def delete(self, request: Request, endpoint_id: EndpointId) -> Response:
        """Nothing more is sent there."""
        await self._parts.webhooks.delete(caller(request), endpoint_id)
        return reply({"id": endpoint_id, "object": "webhook_endpoint.deleted", "deleted": True})

    async def rotate(self, request: Request, endpoint_id: EndpointId) -> Response:
        """The old secret ends at once, or signs beside the new one for a day if so asked."""
        name = "keep_old_secret_active_for_24_hours"
        given = await self._given(request, (name,))
        keep_old = _boolean(name, given.get(name, False))
        endpoint = await self._parts.webhooks.rotate(
            caller(request), endpoint_id, keep_old=keep_old
        )
        return reply(_with_secret(endpoint))

    async def test(self, request: Request, endpoint_id: EndpointId) -> Response:
        """A signed event about a video that does not exist. It is not tried again."""
        given = await self._given(request, ("event_type",))
        if "event_type" not in given:
            raise MissingParameter("Missing required parameter: 'event_type'", param="event_type")
        kind = fields.choice("event_type", given["event_type"], tuple(EventType))
        status = await self._parts.webhooks.test(caller(request), endpoint_id, kind)
        return reply(
            {
                "object": "webhook_endpoint.test",
                "webhook_endpoint_id": endpoint_id,
                "event_type": kind,
                "status_code": status,
                "success": True,
            }
        )

    async def deliveries(
        self, request: Request, endpoint_id: EndpointId, after: After = None, limit: Limit = 20
    ) -> Response:
        """A page of attempts, newest first: when, what was answered, when the next one is."""
        found, more = await self._parts.webhooks.log(caller(request), endpoint_id, after, limit)
        return reply(_page([_delivery(entry) for entry in found], more))

    async def _given(self, request: Request, known: tuple[str, ...]) -> body.Fields:
        given = await body.read(request, _MAX_BODY)
        for name in given:
            if name not in known:
                raise UnknownParameter(_unknown(name, known), param=name[:80])
        return {name: value for name, value in given.items() if value is not None}


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name[:80], known, n=1, cutoff=0.6)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"Unknown parameter: '{name[:80]}'{hint}"


def _changes(given: Mapping[str, Any]) -> Changes:
    return Changes(
        name=_name(given["name"]) if "name" in given else None,
        url=fields.text("url", given["url"], most=MAX_URL) if "url" in given else None,
        event_types=_event_types(given["event_types"]) if "event_types" in given else None,
        enabled=_boolean("enabled", given["enabled"]) if "enabled" in given else None,
    )


def _name(value: Any) -> str:
    name = fields.text("name", value, most=MAX_NAME).strip()
    if not name:
        raise InvalidParameter("name", "must not be empty")
    return name


def _event_types(value: Any) -> tuple[str, ...]:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list) or not entries:
        raise InvalidParameter("event_types", "must be a list of at least one event type")
    kinds = [fields.choice("event_types", entry, tuple(EventType)) for entry in entries]
    return tuple(dict.fromkeys(kinds))


def _boolean(name: str, value: Any) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    found = known.get(str(value).lower())
    if found is None:
        raise InvalidParameter(name, "must be true or false")
    return found


def _object(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "created_at": int(endpoint.created_at),
        "updated_at": int(endpoint.updated_at),
        "name": endpoint.name,
        "url": endpoint.url,
        "event_types": endpoint.event_types,
        "signing_secret_hint": f"whsec_…{endpoint.secret[-4:]}",
        "enabled": endpoint.disabled_at is None,
        "disabled_at": _seconds(endpoint.disabled_at),
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": _seconds(endpoint.failing_since),
    }


def _with_secret(endpoint: Endpoint) -> dict[str, Any]:
    return _object(endpoint) | {"signing_secret": endpoint.secret}


def _delivery(entry: Delivery) -> dict[str, Any]:
    return {
        "id": entry.id,
        "object": "webhook_endpoint.delivery",
        "created_at": int(entry.at),
        "event_id": entry.event_id,
        "event_type": entry.event_type,
        "video_id": entry.video_id,
        "attempt": entry.attempt,
        "outcome": entry.outcome,
        "status_code": entry.status_code,
        "error": entry.problem,
        "duration_ms": entry.duration_ms,
        "next_attempt_at": _seconds(entry.next_at),
    }


def _seconds(moment: float | None) -> int | None:
    return None if moment is None else int(moment)


def _page(items: list[dict[str, Any]], more: bool) -> dict[str, Any]:
    return {
        "object": "list",
        "data": items,
        "first_id": items[0]["id"] if items else None,
        "last_id": items[-1]["id"] if items else None,
        "has_more": more,
    }
