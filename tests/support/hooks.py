"""Webhook endpoints for tests."""

from filmgate.domain import ids
from filmgate.domain.webhook import Endpoint, EventType


def an_endpoint(account_id: str) -> Endpoint:
    """An endpoint that wants to be told of everything."""
    return Endpoint(
        id=ids.endpoint_id(),
        account_id=account_id,
        name="hook",
        url="https://hooks.example/",
        event_types=tuple(EventType),
        secret=ids.fresh_webhook_secret(),
        created_at=0.0,
        updated_at=0.0,
    )
