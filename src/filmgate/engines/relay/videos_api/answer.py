"""A Videos API object → a look, whatever its server's spelling."""

import logging
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from filmgate.domain import money
from filmgate.engines.relay.outcomes import error_of, failure_of
from filmgate.engines.relay.upstream import Look, Phase

log = logging.getLogger(__name__)

_PHASES = {
    "completed": Phase.DONE,
    "succeeded": Phase.DONE,
    "success": Phase.DONE,
    "succeed": Phase.DONE,
    "failed": Phase.FAILED,
    "error": Phase.FAILED,
    "cancelled": Phase.FAILED,
    "canceled": Phase.FAILED,
    "expired": Phase.FAILED,
    "deleted": Phase.GONE,
    "queued": Phase.WAITING,
    "in_progress": Phase.WAITING,
    "pending": Phase.WAITING,
    "processing": Phase.WAITING,
    "running": Phase.WAITING,
}
_strange: set[str] = set()


def is_job(body: Any) -> bool:
    """Whether an answer is a video object, whatever status it came with."""
    return isinstance(body, dict) and "status" in body and bool(job_of(body))


def job_of(body: Any) -> object:
    """The id in an answer."""
    if not isinstance(body, dict):
        return None
    return body.get("id") or body.get("task_id") or body.get("video_id")


def read_look(body: Mapping[str, Any], again_in_s: float | None = None) -> Look:
    """What a video object tells."""
    phase = phase_of(body.get("status"))
    message, code = error_of({"error": body.get("error")})
    return Look(
        phase=phase,
        progress=progress_of(body.get("progress")),
        films=tuple(dict.fromkeys(_links(body))),
        cost=_cost(body.get("usage")),
        message=message or str(body.get("status") or ""),
        failure=failure_of(code),
        again_in_s=again_in_s,
    )


def phase_of(word: object) -> Phase:
    """Our phase for an upstream's status; a word that nobody knows means to wait."""
    text = str(word or "").strip().lower()
    if text not in _PHASES and text not in _strange:
        _strange.add(text)
        log.warning("an upstream says that a job is %r, which is taken for waiting", text[:40])
    return _PHASES.get(text, Phase.WAITING)


def progress_of(value: object) -> float | None:
    """A share, 0…1, from per cent as a number, or as text with its sign."""
    try:
        share = float(str(value).strip().rstrip("%")) / 100
    except ValueError:
        return None
    return min(1.0, max(0.0, share)) if share == share else None


def _links(body: Mapping[str, Any]) -> Iterator[str]:
    """Every address of the first film that the object names. Server paths are none."""
    metadata = body.get("metadata")
    nests: list[Any] = [body, metadata, body.get("video"), body.get("output")]
    for key in ("outputs", "content", "data"):
        entries = body.get(key)
        nests += entries[:1] if isinstance(entries, list) else []
    for nest in nests:
        yield from _links_in(nest)


def _links_in(nest: Any) -> Iterator[str]:
    if isinstance(nest, str):
        nest = {"url": nest}
    if not isinstance(nest, dict):
        return
    for key in ("url", "video_url", "urls", "unsigned_urls"):
        value = nest.get(key)
        for link in value[:1] if isinstance(value, list) else [value]:
            if isinstance(link, str) and link.startswith(("http://", "https://", "/")):
                yield link


def _cost(usage: object) -> int | None:
    """Micro-dollars, where the upstream says what it charges."""
    if not isinstance(usage, dict):
        return None
    for key in ("cost_usd", "cost"):
        try:
            return money.micros(Decimal(str(usage[key])))
        except (KeyError, InvalidOperation, ValueError):
            continue
    return None
