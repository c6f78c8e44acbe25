"""A scripted ComfyUI: its queue, its jobs, its files, its socket, as its sources have them."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from filmgate.domain.shape import Shape
from filmgate.testing.upstream.listener import DROPPED, Received, Sent, listening
from filmgate.testing.upstream.script import film_bytes, give_film, read_fields

CLASSES: dict[str, Any] = {
    "CLIPTextEncode": {"input": {"required": {"text": ["STRING", {}], "clip": ["CLIP"]}}},
    "CheckpointLoaderSimple": {"input": {"required": {"ckpt_name": [["wan.safetensors"], {}]}}},
    "KSampler": {"input": {"required": {"seed": ["INT", {}], "steps": ["INT", {}]}}},
    "EmptyLatentVideo": {"input": {"required": {"width": ["INT", {}], "height": ["INT", {}]}}},
    "LoadImage": {"input": {"required": {"image": [["example.png"], {}]}}},
    "CreateVideo": {"input": {"required": {"fps": ["FLOAT", {}]}}},
    "SaveVideo": {
        "input": {
            "required": {
                "filename_prefix": ["STRING", {}],
                "format": ["COMBO", {"options": ["auto", "mp4"]}],
            }
        }
    },
}


def workflow() -> dict[str, Any]:
    """A small workflow in API format."""
    return {
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "wan.safetensors"}},
        "5": {
            "class_type": "EmptyLatentVideo",
            "inputs": {"width": 832, "height": 480, "length": 81},
        },
        "6": {
            "class_type": "CLIPTextEncode",
            "inputs": {"text": "a prompt", "clip": ["4", 1]},
            "_meta": {"title": "Positive"},
        },
        "7": {
            "class_type": "CLIPTextEncode",
            "inputs": {"text": "bad", "clip": ["4", 1]},
            "_meta": {"title": "Negative"},
        },
        "8": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "positive": ["6", 0]}},
        "9": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
        "10": {"class_type": "CreateVideo", "inputs": {"fps": 16.0, "images": ["8", 0]}},
        "11": {
            "class_type": "SaveVideo",
            "inputs": {"filename_prefix": "video/ComfyUI", "format": "mp4", "video": ["10", 0]},
        },
    }


@dataclass(slots=True)
class FakeComfy:
    """A ComfyUI in memory.

    `looks` is how many times a job is seen before it ends. `old` has no `/api/jobs`. `key` is what
    films are listed under. `drops` loses the answers of prompts. `error` is how jobs end, if badly.
    """

    looks: int = 2
    old: bool = False
    key: str = "images"
    drops: bool = False
    node_errors: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    error: dict[str, Any] | None = None
    says: tuple[dict[str, Any], ...] = ()
    classes: dict[str, Any] = field(default_factory=lambda: dict(CLASSES))
    prompts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    interrupted: list[str] = field(default_factory=list)
    url: str = ""

    def restart(self) -> None:
        """Forget all but the files."""
        self.prompts.clear()
        self.seen.clear()

    async def handle(self, received: Received) -> Sent | None:
        """Answer one request."""
        first, _, rest = received.path.strip("/").partition("/")
        self.counts[f"{received.method} {first}"] += 1
        handlers: dict[str, Callable[[Received, str], Sent | None]] = {
            "prompt": self._prompt,
            "api": self._job,
            "history": self._history,
            "queue": self._queue,
            "interrupt": self._interrupt,
            "object_info": self._object_info,
            "upload": self._upload,
            "view": self._view,
            "system_stats": lambda _r, _p: Sent(body={"system": {"comfyui_version": "0.9"}}),
        }
        return handlers[first](received, rest)

    async def talk(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Say what the socket says, for every job that is there."""
        await send(json.dumps({"type": "status", "data": {}}))
        while True:
            for prompt in list(self.prompts):
                for event in self.says:
                    data = event["data"] | {"prompt_id": prompt}
                    await send(json.dumps(event | {"data": data}))
            await asyncio.sleep(0.02)

    def _prompt(self, received: Received, _rest: str) -> Sent | None:
        body = received.json()
        if self.refuses:
            error = {"type": "prompt_outputs_failed_validation", "message": "Prompt failed"}
            trouble = {"class_type": "KSampler", "errors": [{"message": "Value not in list"}]}
            return Sent(status=400, body={"error": error, "node_errors": {"8": trouble}})
        self.prompts[body["prompt_id"]] = body
        if self.drops:
            return DROPPED
        answer = {"prompt_id": body["prompt_id"], "number": 1, "node_errors": self.node_errors}
        return Sent(body=answer)

    def _ends(self, prompt: str) -> bool:
        """Let a job go on by one look; whether it has ended."""
        self.seen[prompt] += 1
        if self.seen[prompt] < self.looks:
            return False
        if self.error is None:
            self.files[f"{self._folder(prompt)}/film_00001_.mp4"] = self._film(prompt)
        return True

    def _folder(self, prompt: str) -> str:
        graph = self.prompts[prompt]["prompt"]
        return str(graph["11"]["inputs"]["filename_prefix"]).rpartition("/")[0]

    def _film(self, prompt: str) -> bytes:
        graph = self.prompts[prompt]["prompt"]
        fps, latent = int(graph["10"]["inputs"]["fps"]), graph["5"]["inputs"]
        milliseconds = 1000 * latent["length"] // fps
        return film_bytes(
            Shape(
                width=latent["width"],
                height=latent["height"],
                fps=fps,
                duration_ms=milliseconds,
            )
        )

    def _outputs(self, prompt: str) -> dict[str, Any]:
        film: dict[str, Any] = {
            "filename": "film_00001_.mp4",
            "subfolder": self._folder(prompt),
            "type": "output",
        }
        picture = {"filename": "preview.png", "subfolder": "", "type": "temp"}
        films: dict[str, Any] = {self.key: [film], "animated": [True]}
        return {"9": {"images": [picture]}, "11": films}

    def _job(self, received: Received, rest: str) -> Sent:
        if self.old:
            return Sent(status=404, body=b"404: Not Found", headers={"content-type": "text/plain"})
        prompt = rest.split("/")[1]
        if prompt not in self.prompts:
            return Sent(status=404, body={"error": "Job not found"})
        if rest.endswith("/cancel"):
            del self.prompts[prompt]
            return Sent(body={"cancelled": True})
        if not self._ends(prompt):
            return Sent(body={"id": prompt, "status": "in_progress"})
        if self.error is not None:
            body = {"id": prompt, "status": "failed", "execution_error": self.error}
            return Sent(body=body)
        return Sent(body={"id": prompt, "status": "completed", "outputs": self._outputs(prompt)})

    def _history(self, _received: Received, prompt: str) -> Sent:
        if prompt not in self.prompts or not self._ends(prompt):
            return Sent(body={})
        if self.error is not None:
            messages = [["execution_error", self.error]]
            status: dict[str, Any] = {"status_str": "error", "messages": messages}
            return Sent(body={prompt: {"status": status, "outputs": {}}})
        status = {"status_str": "success", "completed": True, "messages": []}
        return Sent(body={prompt: {"status": status, "outputs": self._outputs(prompt)}})

    def _queue(self, received: Received, _rest: str) -> Sent:
        if received.method == "POST":
            for prompt in received.json()["delete"]:
                self.prompts.pop(prompt, None)
            return Sent()
        entries = [[1, prompt, {}, {}, []] for prompt in self.prompts]
        return Sent(body={"queue_running": entries[:1], "queue_pending": entries[1:]})

    def _interrupt(self, received: Received, _rest: str) -> Sent:
        self.interrupted.append(received.json().get("prompt_id"))
        return Sent()

    def _object_info(self, _received: Received, name: str) -> Sent:
        return Sent(body={name: self.classes[name]} if name in self.classes else {})

    def _upload(self, received: Received, _rest: str) -> Sent:
        fields = read_fields(received)
        self.uploads[fields["subfolder"]] = fields["image"]
        return Sent(body={"name": "up.png", "subfolder": fields["subfolder"], "type": "input"})

    def _view(self, received: Received, _rest: str) -> Sent:
        data = self.files.get(f"{received.query['subfolder']}/{received.query['filename']}")
        return Sent(status=404, body={}) if data is None else give_film(data, received)


@asynccontextmanager
async def fake_comfy(**switches: Any) -> AsyncIterator[FakeComfy]:
    """A scripted ComfyUI on the loopback for the length of a block."""
    comfy = FakeComfy(**switches)
    async with listening(comfy.handle, talk=comfy.talk) as url:
        comfy.url = url
        yield comfy
