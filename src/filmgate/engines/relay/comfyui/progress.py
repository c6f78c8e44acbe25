"""How far ComfyUI's jobs are, as its socket tells. A convenience: truth is what a look says."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx2
from httpx2.websockets import AsyncWebSocketSession, HTTPXWSException

from filmgate.pauses import pauses

log = logging.getLogger(__name__)

_CLOSE_S = 2.0
Connect = Callable[[], AbstractAsyncContextManager[AsyncWebSocketSession]]
"""Opens the socket."""


class Progress:
    """Listens on one socket, and remembers the share done of each job that it was told to watch."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._weights: dict[str, Mapping[str, int]] = {}
        self._shares: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    def watch(self, job: str, weights: Mapping[str, int]) -> None:
        """Take note of a job; `weights` says how much of it each node is."""
        self._weights[job] = weights
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="comfyui progress")

    def forget(self, job: str) -> None:
        """A job has ended."""
        self._weights.pop(job, None)
        self._shares.pop(job, None)

    def share(self, job: str) -> float | None:
        """The share done, 0…1, None where nothing was heard."""
        return self._shares.get(job)

    async def close(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=_CLOSE_S)

    async def _listen(self) -> None:
        for pause_s in pauses(1.0, 60.0):
            try:
                async with self._connect() as socket:
                    while True:
                        event = await socket.receive()
                        self.take(getattr(event, "data", None))
            except (HTTPXWSException, httpx2.HTTPError, OSError) as error:
                log.debug("no progress from ComfyUI: %s", type(error).__name__)
            await asyncio.sleep(pause_s)

    def take(self, text: object) -> None:
        """Take one message of the socket; bytes are previews, which nobody looks at."""
        try:
            message = json.loads(text) if isinstance(text, str) else None
        except ValueError:
            return
        data = message.get("data") if isinstance(message, dict) else None
        job = data.get("prompt_id") if isinstance(data, dict) else None
        weights = self._weights.get(str(job))
        if weights is None or not isinstance(message, dict) or not isinstance(data, dict):
            return
        share = self._read(message.get("type"), data, weights)
        self._shares[str(job)] = max(self._shares.get(str(job), 0.0), share)

    def _read(self, kind: object, data: Mapping[str, Any], weights: Mapping[str, int]) -> float:
        whole = sum(weights.values())
        if kind == "progress_state":
            nodes = data.get("nodes", {})
            return sum(share_of(nodes[node]) * weights.get(node, 0) for node in nodes) / whole
        if kind == "progress" and data.get("max"):
            weight = weights.get(str(data.get("node")), 0)
            return weight / whole * float(data["value"]) / float(data["max"])
        return 0.0


def share_of(node: Mapping[str, Any]) -> float:
    """How much of a node is done."""
    if node.get("state") == "finished":
        return 1.0
    most = float(node.get("max") or 1)
    return min(1.0, float(node.get("value") or 0) / most)
