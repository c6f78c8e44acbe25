"""Hosted providers on the loopback: their real wires, as their SDKs speak them."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from filmgate.domain.shape import Shape
from filmgate.testing.upstream.listener import Received, Sent, listening
from filmgate.testing.upstream.script import film_bytes, give_film

FILM = Shape(width=128, height=96, fps=10, duration_ms=1000)
DROPPED = "drop"
ANSWERS: dict[str, Sent | None] = {
    "drop": None,
    "drop-after": None,
    "500": Sent(status=500, body={"error": {"message": "broken", "code": "Internal"}}),
    "503": Sent(status=503, body={"error": {"message": "away", "code": "Away"}}),
    "429": Sent(status=429, body={"error": {"message": "slower"}}),
    "400": Sent(status=400, body={"error": {"message": "not this", "code": "InvalidParameter"}}),
}


@dataclass
class Provider:
    """One provider. `create` is what becomes of a create; `looks` how often a job is seen."""

    url: str = ""
    create: str = ""
    creates: int = 10**6
    looks: int = 2
    fails: bool = False
    orders: list[Received] = field(default_factory=list)
    seen: int = 0
    cancelled: int = 0
    films: list[Received] = field(default_factory=list)
    bucket: str | None = None

    def answer_create(self, received: Received, accepted: Any) -> Sent | None:
        """Take an order, or do what is scripted."""
        self.orders.append(received)
        if self.create and len(self.orders) <= self.creates:
            return ANSWERS[self.create]
        return Sent(body=accepted)

    def done(self) -> bool:
        """Let the job go on by one look."""
        self.seen += 1
        return self.seen >= self.looks

    def give(self, received: Received) -> Sent:
        """The film."""
        self.films.append(received)
        return give_film(film_bytes(FILM), received)


Route = Callable[[Provider, Received], Sent | None]


def runway(provider: Provider, received: Received) -> Sent | None:
    """Runway's task API."""
    if received.path == "/film.mp4":
        return provider.give(received)
    if received.method == "POST":
        return provider.answer_create(received, {"id": TASK})
    if received.method == "DELETE":
        provider.cancelled += 1
        return Sent(status=204)
    if received.path == "/v1/organization":
        return Sent(body={"creditBalance": 10, "tier": {}, "usage": {}})
    base = {"id": TASK, "createdAt": "2026-11-25T10:00:00Z"}
    if not provider.done():
        estimate = {"estimatedCost": {"credits": 5}, "progress": 0.5}
        return Sent(body=base | {"status": "RUNNING"} | estimate)
    if provider.fails:
        failure = {"failure": "refused", "failureCode": "SAFETY.INPUT.TEXT"}
        return Sent(body=base | {"status": "FAILED", "cost": {"credits": 0}} | failure)
    films = {"output": [f"{provider.url}/film.mp4"], "cost": {"credits": 25}}
    return Sent(body=base | {"status": "SUCCEEDED"} | films)


TASK = "17f20503-6c24-4c16-946b-35dbbce2af2f"


def ark(provider: Provider, received: Received) -> Sent | None:
    """Ark's content generation."""
    tasks = "/contents/generations/tasks"
    if received.path == "/film.mp4":
        return provider.give(received)
    if received.method == "POST":
        return provider.answer_create(received, {"id": "cgt-1"})
    if received.method == "DELETE":
        provider.cancelled += 1
        return Sent(body={})
    if received.path == tasks:
        items = [_ark_task(provider, "running", order) for order in provider.orders]
        return Sent(body={"total": len(items), "items": items})
    if not provider.done():
        return Sent(body=_ark_task(provider, "running"))
    if provider.fails:
        error = {"code": "OutputVideoSensitiveContentDetected", "message": "refused"}
        return Sent(body=_ark_task(provider, "failed") | {"error": error})
    content = {"content": {"video_url": f"{provider.url}/film.mp4"}}
    return Sent(body=_ark_task(provider, "succeeded") | content)


def _ark_task(provider: Provider, status: str, order: Received | None = None) -> dict[str, Any]:
    tag = {"safety_identifier": json.loads(order.body)["safety_identifier"]} if order else {}
    return {"id": "cgt-1", "model": "seedance", "status": status, "created_at": 1} | tag


def veo(provider: Provider, received: Received) -> Sent | None:
    """Vertex's long-running predictions."""
    name = "projects/p/locations/l/publishers/google/models/veo/operations/1"
    if received.path.endswith(":predictLongRunning"):
        return provider.answer_create(received, {"name": name})
    if not provider.done():
        return Sent(body={"name": name, "done": False})
    if provider.fails:
        filtered = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["refused"]}
        return Sent(body={"name": name, "done": True, "response": filtered})
    if provider.bucket:
        films = [{"gcsUri": f"{provider.bucket}/sample_0.mp4", "mimeType": "video/mp4"}]
        return Sent(body={"name": name, "done": True, "response": {"videos": films}})
    data = base64.b64encode(film_bytes(FILM)).decode()
    videos = {"videos": [{"bytesBase64Encoded": data, "mimeType": "video/mp4"}]}
    return Sent(body={"name": name, "done": True, "response": videos})


def omni(provider: Provider, received: Received) -> Sent | None:
    """The interactions of Google's developer API, and its files."""
    if received.path.endswith(":download"):
        return provider.give(received)
    if received.path.endswith("/cancel"):
        provider.cancelled += 1
        return Sent(body={"id": "int1", "status": "cancelled", "steps": []})
    if received.method == "POST":
        return provider.answer_create(received, {"id": "int1", "status": "in_progress"})
    if not provider.done():
        return Sent(body={"id": "int1", "status": "in_progress", "steps": []})
    if provider.fails:
        error = {"code": "SAFETY_BLOCKED", "message": "refused"}
        return Sent(body={"id": "int1", "status": "failed", "steps": [], "errors": [error]})
    uri = f"{provider.url.replace('http:', 'https:')}/v1beta/files/film1:download?alt=media"
    film = {"type": "video", "uri": uri, "mime_type": "video/mp4"}
    steps = [{"type": "model_output", "content": [film]}]
    return Sent(body={"id": "int1", "status": "completed", "steps": steps})


def fal(provider: Provider, received: Received) -> Sent | None:
    """fal's queue."""
    base = f"{provider.url}/fal-ai/wan/requests/r1"
    urls = {
        "response_url": base,
        "status_url": f"{base}/status",
        "cancel_url": f"{base}/cancel",
    }
    if received.path == "/film.mp4":
        return provider.give(received)
    if received.method == "POST":
        return provider.answer_create(received, {"request_id": "r1", "status": "IN_QUEUE"} | urls)
    if received.method == "PUT":
        provider.cancelled += 1
        return Sent(status=202, body={"status": "CANCELLATION_REQUESTED"})
    if received.path.endswith("/status"):
        if not provider.done():
            return Sent(status=202, body={"status": "IN_QUEUE", "queue_position": 1})
        return Sent(body={"status": "COMPLETED", "logs": [], "metrics": {}})
    if provider.fails:
        detail = [{"type": "content_policy_violation", "msg": "refused", "loc": ["prompt"]}]
        return Sent(status=422, body={"detail": detail})
    return Sent(body={"video": {"url": f"{provider.url}/film.mp4"}, "seed": 7})


@asynccontextmanager
async def provided(route: Route, **script: Any) -> AsyncIterator[Provider]:
    """A provider on the loopback for the length of a block."""
    provider = Provider(**script)

    async def handle(received: Received) -> Sent | None:
        return route(provider, received)

    async with listening(handle) as url:
        provider.url = url
        yield provider
