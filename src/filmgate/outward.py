"""What reaches outside, as the settings say: pictures that are fetched, judges that are asked."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from ipaddress import ip_network
from typing import TYPE_CHECKING

from filmgate.clock import Clock
from filmgate.errors import MissingPart
from filmgate.net.addresses import Network
from filmgate.net.post import post, url_refusal
from filmgate.services.deliveries import Deliveries
from filmgate.services.moderation import Gate, Permissive
from filmgate.services.webhooks import Webhooks
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.telemetry.tracing import NO_TRACES, Tracer

if TYPE_CHECKING:
    from filmgate.moderators.base import Judge


def fetcher(settings: Settings) -> Callable[[str], Awaitable[bytes]]:
    """What fetches a picture; the HTTP client is loaded with the first."""
    limits = settings.max_picture_mib << 20
    allowed = networks(settings.allowed_networks)

    async def fetch_picture(url: str) -> bytes:
        from filmgate.net.fetch import FetchLimits, fetch

        return await fetch(url, limits=FetchLimits(max_bytes=limits), allowed=allowed)

    return fetch_picture


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Address ranges from their texts."""
    return tuple(ip_network(text) for text in texts)


def moderator(settings: Settings) -> Gate | Permissive:
    """Who judges prompts and pictures; nobody asks it yet."""
    if settings.moderation_command:
        from filmgate.moderators.command import CommandJudge

        judge: Judge = CommandJudge(settings.moderation_command)
    elif settings.moderation_url:
        from filmgate.moderators.address import HttpJudge

        judge = HttpJudge(settings.moderation_url)
    else:
        return Permissive()
    patience_s, on_failure = settings.moderation_timeout_s, settings.moderation_failure
    return Gate(judge, timeout_s=patience_s, on_failure=on_failure)


def tracer_of(settings: Settings) -> Tracer:
    """What keeps traces.

    Raises:
        MissingPart: they are wanted, and their libraries are not installed.
    """
    if settings.traces is None:
        return NO_TRACES
    try:
        from filmgate.telemetry.otel import OtelTraces, sender
    except ImportError as error:
        raise MissingPart(
            "Traces need the extra 'otel': in the clone, pip install '.[otel]'"
        ) from error
    return OtelTraces(sender(settings.traces))


def webhooks(settings: Settings, database: Database, clock: Clock) -> Webhooks:
    """The verbs of webhook endpoints."""
    hooks = networks(settings.webhook_networks)
    return Webhooks(
        database=database,
        clock=clock,
        post=partial(post, timeout_s=settings.webhook_timeout_s, allowed=hooks),
        refused=partial(url_refusal, allowed=hooks),
    )


def deliveries(settings: Settings, database: Database, clock: Clock, tracer: Tracer) -> Deliveries:
    """The verbs of those who tell them."""
    hooks = networks(settings.webhook_networks)
    return Deliveries(
        database=database,
        clock=clock,
        post=partial(post, timeout_s=settings.webhook_timeout_s, allowed=hooks),
        timeout_s=settings.webhook_timeout_s,
        keep_s=settings.webhook_days * 86400,
        tracer=tracer,
    )
