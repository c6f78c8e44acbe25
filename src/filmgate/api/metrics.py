"""The metrics, for a scraper that has a key."""

from starlette.responses import Response

from filmgate.api.ask import Ask


async def see_metrics(ask: Ask) -> Response:
    """In the text format of Prometheus, or of OpenMetrics for who asks for it."""
    text, kind = await ask.parts.metrics.expose(ask.sent.get("accept", ""))
    return Response(text, media_type=kind, headers={"cache-control": "no-store"})
