"""The scripted upstream itself: jobs in memory, counted requests, quirks by switch."""

import asyncio
import itertools
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from typing import Any, cast

import httpx2
import numpy as np

from filmgate.domain.shape import Shape
from filmgate.media.encode import FilmWriter
from filmgate.testing.upstream.listener import DROPPED, Received, Sent, listening
from filmgate.testing.upstream.quirks import Quirks

_PLAIN = {"width": 1280, "height": 720, "fps": 24, "duration_ms": 4000}
_ANSWERS: dict[str, Sent] = {
    "html": Sent(body=b"<html>hello</html>", headers={"content-type": "text/html"}),
    "empty": Sent(),
    "no-id": Sent(body={"object": "video", "status": "queued"}),
    "500": Sent(status=500, body={"error": {"message": "broken", "code": "server_error"}}),
    "503-dead": Sent(status=503, body={"error": "the scheduler has died"}),
    "429": Sent(status=429, body={"error": {"message": "slower"}}, headers={"retry-after": "0.3"}),
    "400": Sent(
        status=400, body={"error": {"message": "not this", "code": "content_policy_violation"}}
    ),
    "401": Sent(status=401, body={"error": {"message": "wrong key", "code": "invalid_api_key"}}),
    "307": Sent(status=307, headers={"location": "http://127.0.0.1:9/elsewhere"}),
}
_FOLLOWING = ("remix", "edits", "extensions")
"""How the routes end that make a video from another."""


@dataclass(slots=True)
class Job:
    """One order that the upstream took."""

    id: str
    fields: dict[str, Any]
    created_at: float
    looks: int = 0
    cancelled: bool = False
    contents: int = 0
    done_at: float = 0.0


@dataclass(slots=True)
class Script:
    """A server of the Videos API that does what its quirks say. It counts what it is asked."""

    quirks: Quirks = field(default_factory=Quirks)
    jobs: dict[str, Job] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    received: list[Received] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    url: str = ""
    answers: dict[str, Sent] = field(default_factory=lambda: dict(_ANSWERS))
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _ringing: set[asyncio.Task[None]] = field(default_factory=set)
    _ringer: httpx2.AsyncClient | None = None

    @property
    def orders(self) -> list[Received]:
        """Every order that arrived, answered or not: creates, and what follows a video."""
        posts = (one for one in self.received if one.method == "POST")
        return [one for one in posts if _route(one.path) in ("videos", *_FOLLOWING)]

    @property
    def creates(self) -> list[Received]:
        """Every create that arrived, answered or not."""
        return [one for one in self.received if one.method == "POST" and one.path == "/v1/videos"]

    async def handle(self, received: Received) -> Sent | None:
        """Answer one request."""
        self.received.append(received)
        self.counts[f"{received.method} {_route(received.path)}"] += 1
        parts = received.path.strip("/").split("/", 2)
        if received.path == "/health":
            return Sent(status=503 if self.counts["GET health"] <= self.quirks.warm_up else 200)
        if parts[:2] == ["v1", "models"]:
            return Sent(body={"object": "list", "data": []})
        if len(parts) == 2:
            creates = received.method == "POST"
            return await self._create(received) if creates else self._list(received)
        if _route(received.path) in _FOLLOWING:
            return self._follow(received, parts[2])
        return self._of_job(received, parts[2])

    async def _create(self, received: Received) -> Sent | None:
        quirks, fields = self.quirks, read_fields(received)
        if quirks.warm_up and self.counts["GET health"] <= quirks.warm_up:
            await asyncio.sleep(3600)
        return self._take(received, fields)

    def _follow(self, received: Received, rest: str) -> Sent | None:
        """An order that is made from a job: its fields, but for those that are given."""
        fields, route = read_fields(received), _route(received.path)
        named = rest.removesuffix("/remix") if route == "remix" else fields.pop("video")["id"]
        before = self.jobs.get(named)
        if before is None:
            return self._unknown()
        if route == "extensions":
            fields["seconds"] = f"{float(before.fields['seconds']) + float(fields['seconds']):g}"
        return self._take(received, {**before.fields, **fields, "follows": named})

    def _take(self, received: Received, fields: dict[str, Any]) -> Sent | None:
        quirks = self.quirks
        odd = quirks.create if len(self.orders) <= quirks.creates else ""
        if odd == "drop":
            return DROPPED
        if odd in self.answers:
            return self.answers[odd]
        if quirks.whole_seconds and "." in str(fields.get("seconds", "")):
            return Sent(status=422, body={"detail": [{"msg": "seconds: not an integer"}]})
        job = self._job(received, fields)
        return DROPPED if odd == "drop-after" else Sent(body=self._object(job))

    def _job(self, received: Received, fields: dict[str, Any]) -> Job:
        key = received.headers.get("idempotency-key", "")
        if self.quirks.idempotent and key in self.keys:
            return self.jobs[self.keys[key]]
        number = next(self._numbers)
        name = f"video_a=:{number}/b+c==" if self.quirks.odd_ids else f"job-{number}"
        job = self.jobs[name] = Job(name, fields, time.time())
        job.done_at = job.created_at + (self.quirks.render_s or 0) * random.uniform(1, 2)
        self.keys[key] = name
        if self.quirks.rings and "callback_url" in fields:
            ringing = asyncio.create_task(self._ring(job, fields["callback_url"]))
            self._ringing.add(ringing)
            ringing.add_done_callback(self._ringing.discard)
        return job

    async def _ring(self, job: Job, address: str) -> None:
        await asyncio.sleep(job.done_at - time.time() + 0.002)
        self._ringer = self._ringer or httpx2.AsyncClient(trust_env=False)
        await self._ringer.post(address, json=self._object(job))

    async def close(self) -> None:
        """Ring no more."""
        for ringing in self._ringing:
            ringing.cancel()
        if self._ringer is not None:
            await self._ringer.aclose()

    def _list(self, received: Received) -> Sent:
        if self.counts["GET videos"] <= self.quirks.lists_broken:
            return Sent(status=503, body={"error": {"message": "later"}})
        jobs = [] if self.quirks.lists_none else list(reversed(self.jobs.values()))
        limit = int(received.query.get("limit", 20))
        after = received.query.get("after")
        start = jobs.index(self.jobs[after]) + 1 if after else 0
        page = [self._object(job) for job in jobs[start : start + limit]]
        more = start + limit < len(jobs)
        return Sent(body={"object": "list", "data": page, "has_more": more})

    def _of_job(self, received: Received, rest: str) -> Sent:
        content, cancel = rest.endswith("/content"), rest.endswith("/cancel")
        job = self.jobs.get(rest.removesuffix("/content").removesuffix("/cancel"))
        if job is None:
            return self._unknown()
        if content:
            return self._content(job, received)
        if cancel or received.method == "DELETE":
            return self._end(job)
        job.looks += 1
        return self._unknown() if job.looks in self.quirks.absent_looks else self._look(job)

    def _unknown(self) -> Sent:
        if self.quirks.unknown_is_400:
            return Sent(status=400, body={"code": "task_not_exist", "message": "no", "data": None})
        return Sent(status=404, body={"error": {"message": "no such video", "code": "not_found"}})

    def _look(self, job: Job) -> Sent:
        headers = {}
        if self.quirks.poll_after_ms is not None:
            headers["openai-poll-after-ms"] = str(self.quirks.poll_after_ms)
        failed = self.quirks.fails and self.has_ended(job)
        status = self.quirks.failed_status if failed else 200
        return Sent(status=status, body=self._object(job), headers=headers)

    def _end(self, job: Job) -> Sent:
        if self.counts["DELETE job"] <= self.quirks.deletes_busy:
            return Sent(status=409, body={"error": {"message": "try again"}})
        job.cancelled = True
        return Sent(body={"id": job.id, "object": "video.deleted", "deleted": True})

    def has_ended(self, job: Job) -> bool:
        """Whether the job has been seen often enough, or its time is over."""
        if self.quirks.render_s is None:
            return job.looks >= self.quirks.looks
        return time.time() >= job.done_at

    def _object(self, job: Job) -> dict[str, Any]:
        quirks = self.quirks
        word = self._word(job)
        created = job.created_at * 1000 if quirks.milliseconds else job.created_at
        body: dict[str, Any] = {
            "id": job.id,
            "object": "video",
            "status": quirks.words.get(word, word),
            "progress": self._progress(job),
            "created_at": int(created),
            "size": job.fields.get("size"),
            "error": self._error(word),
        }
        if quirks.tells_seconds:
            body["seconds"] = str(job.fields.get("seconds"))
        if quirks.echoes_model:
            body["model"] = job.fields.get("model")
        if quirks.tells_prompt:
            body["prompt"] = job.fields.get("prompt")
        if quirks.server_paths:
            body |= {"file_path": f"/srv/outputs/{job.id}.mp4"}
        return body | (self._ending(job) if word == "completed" else {})

    def _word(self, job: Job) -> str:
        if not self.has_ended(job):
            return "in_progress" if job.looks else "queued"
        return "failed" if self.quirks.fails else "completed"

    def _ending(self, job: Job) -> dict[str, Any]:
        quirks = self.quirks
        ending: dict[str, Any] = {}
        if quirks.film_host is not None:
            ending["url"] = f"{quirks.film_host}/films/{job.id}.mp4"
        elif quirks.names_bucket:
            ending["url"] = f"{self.url}/bucket/{job.id}/content"
        elif quirks.relative_url:
            ending["url"] = f"/v1/videos/{job.id}/content"
        if quirks.cost_usd is not None:
            ending["usage"] = {"cost_usd": quirks.cost_usd}
        return ending

    def _progress(self, job: Job) -> Any:
        share = min(100, 100 * job.looks // max(1, self.quirks.looks))
        stuck = 100 if share == 100 else 0
        return {"real": share, "null": None, "text": f"{share}%", "stuck": stuck}[
            self.quirks.progress
        ]

    def _error(self, word: str) -> Any:
        if word != "failed":
            return None
        plain = {"message": "it broke at /srv/model/x.py", "code": "content_policy_violation"}
        return {
            "plain": plain,
            "no-code": {"message": "it broke"},
            "int-code": {"message": "it broke", "code": 422},
            "true": True,
        }[self.quirks.error]

    def _content(self, job: Job, received: Received) -> Sent:
        quirks, number = self.quirks, job.contents
        job.contents += 1
        if quirks.refuses_variant and "variant" in received.query:
            return Sent(status=404, body={"detail": "no such output"})
        if number < len(quirks.content_early):
            return Sent(status=quirks.content_early[number], body={"detail": "not yet"})
        if quirks.names_bucket and "/bucket/" not in received.path:
            return Sent(status=400, body={"detail": f"it is at {self.url}/bucket/{job.id}"})
        if quirks.redirects_to is not None:
            return Sent(status=302, headers={"location": f"{quirks.redirects_to}/{job.id}.mp4"})
        cut = quirks.content_cuts[number] if number < len(quirks.content_cuts) else None
        return give_film(self.film(job), received, ranges=quirks.ranges, cut=cut)

    def film(self, job: Job) -> bytes:
        """The film of a job: as it asked, but for what this server does whatever it is asked."""
        return film_bytes(shape_of(job.fields, self.quirks.clip))


def give_film(
    data: bytes, received: Received, *, ranges: bool = True, cut: int | None = None
) -> Sent:
    """Answer with a film, or the rest of it."""
    headers = {"etag": '"film"', "accept-ranges": "bytes"} if ranges else {}
    wanted = received.headers.get("range", "")
    if not (ranges and wanted):
        return Sent(body=data, headers=headers, cut=cut)
    start = int(wanted.removeprefix("bytes=").rstrip("-"))
    headers["content-range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return Sent(status=206, body=data[start:], headers=headers, cut=cut)


def read_fields(received: Received) -> dict[str, Any]:
    """The fields of a create, JSON or multipart; a file is its bytes."""
    kind = received.headers.get("content-type", "")
    if "multipart" not in kind:
        fields: dict[str, Any] = received.json()
        return fields
    head = f"content-type: {kind}\r\n\r\n".encode()
    message = message_from_bytes(head + received.body, policy=policy.HTTP)
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data = cast("bytes", part.get_payload(decode=True))
        found[name] = data if part.get_filename() else data.decode()
    return found


def shape_of(fields: dict[str, Any], clip: Any = None) -> Shape:
    """What a film of these fields measures: 24 frames a second unless they say otherwise."""
    measures: dict[str, Any] = dict(_PLAIN)
    if "size" in fields:
        measures["width"], measures["height"] = map(int, fields["size"].split("x"))
    for name in ("width", "height", "fps"):
        measures[name] = int(fields.get(name, measures[name]))
    seconds = fields.get("seconds", fields.get("duration"))
    if "num_frames" in fields:
        measures["duration_ms"] = 1000 * int(fields["num_frames"]) // measures["fps"]
    elif seconds is not None:
        measures["duration_ms"] = round(float(seconds) * 1000)
    return Shape(**(measures | dict(clip or {})))


@cache
def film_bytes(shape: Shape) -> bytes:
    """A real film of a shape."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with FilmWriter(path, shape) as film:
            for number in range(shape.frames):
                grey = 60 + number % 120
                film.write(np.full((shape.height, shape.width, 4), grey, np.uint8))
        return path.read_bytes()


@asynccontextmanager
async def open_script(quirks: Quirks | None = None) -> AsyncIterator[Script]:
    """A scripted upstream on the loopback for the length of a block; its address is `url`."""
    script = Script(quirks or Quirks())
    async with listening(script.handle) as url:
        script.url = f"{url}/v1"
        try:
            yield script
        finally:
            await script.close()


def _route(path: str) -> str:
    """A path without ids."""
    for suffix in (*_FOLLOWING, "content", "cancel", "videos", "models", "health"):
        if path.endswith(f"/{suffix}"):
            return suffix
    return "job"
