"""Who sees a prompt and its picture before anything is held or stored, and may say no."""

import asyncio
import base64
import contextlib
import json
import logging
import os
import shlex
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, Literal, Protocol

import httpx2

from filmgate.errors import ContentRefused, Unavailable
from filmgate.media.pictures import Picture
from filmgate.net.guard import guarded_client

log = logging.getLogger(__name__)

MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
"""The judge's address is the operator's choice, not a caller's."""
_REASON = 500
_PLAIN = "The request was refused by this server's content policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is to be judged."""

    account_id: str
    user: str | None
    model: str
    prompt: str
    negative_prompt: str | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a video may be made; `reason` is told to the caller when it may not."""

    allowed: bool
    reason: str | None = None


class Moderator(Protocol):
    """Judges before a video is put in line."""

    async def check(self, case: Case) -> None:
        """Return if the video may be made.

        Raises:
            ContentRefused: it may not; the message says why.
            Unavailable: nobody could judge, and the operator wants no video unjudged.
        """
        ...


class Permissive:
    """No moderator is set: everything may be made."""

    async def check(self, case: Case) -> None:
        """Allow."""


class JudgeFailed(Exception):
    """A judge gave no verdict. The message is for the log and names nothing of the case."""


Judge = Callable[[bytes], Awaitable[bytes]]
"""Takes a case as JSON and gives the verdict as JSON; raises JudgeFailed."""


class Gate:
    """Asks the operator's judge, within a time, and decides what its silence means."""

    def __init__(
        self, judge: Judge, *, timeout_s: float, on_failure: Literal["closed", "open"]
    ) -> None:
        self._judge = judge
        self._timeout_s = timeout_s
        self._on_failure = on_failure

    async def check(self, case: Case) -> None:
        """Ask the judge."""
        try:
            verdict = await self._ask(case)
        except JudgeFailed as error:
            log.warning("the moderator failed (%s): %s", self._on_failure, error)
            if self._on_failure == "closed":
                raise Unavailable("The content check is not available; try again") from error
            return
        if not verdict.allowed:
            raise ContentRefused(verdict.reason or _PLAIN)

    async def _ask(self, case: Case) -> Verdict:
        asked = await asyncio.to_thread(write_case, case)
        try:
            async with asyncio.timeout(self._timeout_s):
                return read(await self._judge(asked))
        except TimeoutError as error:
            raise JudgeFailed(f"no verdict within {self._timeout_s:g} s") from error


def write_case(case: Case) -> bytes:
    """A case as a judge reads it: JSON, the picture in base64."""
    picture = case.picture
    content = {
        "account_id": case.account_id,
        "user": case.user,
        "model": case.model,
        "prompt": case.prompt,
        "negative_prompt": case.negative_prompt,
        "picture": base64.b64encode(picture.data).decode() if picture else None,
    }
    return json.dumps(content).encode()


def read(answer: bytes) -> Verdict:
    """The verdict of `{"allow": true}` or `{"allow": false, "reason": "…"}`.

    Raises:
        JudgeFailed: it is no such thing. What is not a clear yes or no is neither.
    """
    try:
        content: Any = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise JudgeFailed("its answer is not JSON") from error
    if not isinstance(content, Mapping) or not isinstance(content.get("allow"), bool):
        raise JudgeFailed('its answer has no "allow" that is true or false')
    reason = content.get("reason")
    return Verdict(content["allow"], _clean(reason) if isinstance(reason, str) else None)


def _clean(reason: str) -> str:
    """A reason that can be sent on: JSON may carry halves of characters."""
    return reason[:_REASON].encode("utf-8", "replace").decode()


class Command:
    """A judge that is a command: the case on its stdin, the verdict on its stdout, exit code 0."""

    def __init__(self, line: str, *, at_once: int = 8) -> None:
        self._words = shlex.split(line)
        self._room = asyncio.Semaphore(at_once)

    async def __call__(self, case: bytes) -> bytes:
        """Run the command once; it is killed when nobody waits for it any more."""
        async with self._room:
            process = await self._start()
            try:
                answer, _ = await process.communicate(case)
            finally:
                await _end_process(process)
        if process.returncode != 0:
            raise JudgeFailed(f"the command ended with {process.returncode}")
        return answer[:MAX_ANSWER]

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        try:
            return await asyncio.create_subprocess_exec(
                *self._words, stdin=pipe, stdout=pipe, start_new_session=True
            )
        except OSError as error:
            raise JudgeFailed(f"the command cannot be run: {error.strerror}") from error


async def _end_process(process: asyncio.subprocess.Process) -> None:
    """Leave nothing of a command behind, its children included."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()


class Address:
    """A judge at a URL of the operator's own: the case is posted, the verdict is the answer."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __call__(self, case: bytes) -> bytes:
        """Post once; no redirect is followed."""
        headers = {"content-type": "application/json"}
        try:
            async with (
                guarded_client(allowed=_ANYWHERE, timeout=None) as client,
                client.stream("POST", self._url, content=case, headers=headers) as response,
            ):
                if response.status_code != httpx2.codes.OK:
                    raise JudgeFailed(f"it answered {response.status_code}")
                return await _first(response)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
            raise JudgeFailed(f"it could not be asked: {type(error).__name__}") from error


async def _first(response: httpx2.Response) -> bytes:
    answer = bytearray()
    async for part in response.aiter_bytes():
        answer += part
        if len(answer) > MAX_ANSWER:
            raise JudgeFailed("its answer is too long")
    return bytes(answer)
