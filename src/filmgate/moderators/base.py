"""The socket that every judge fits: a case in, a verdict out, both as JSON."""

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from filmgate.media.pictures import Picture

MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""
_REASON = 500


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


class JudgeFailed(Exception):
    """A judge gave no verdict. The message is for the log and names nothing of the case."""


Judge = Callable[[bytes], Awaitable[bytes]]
"""Takes a case as JSON and gives the verdict as JSON; raises JudgeFailed."""


def as_json(case: Case) -> bytes:
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


def read_verdict(answer: bytes) -> Verdict:
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
    if not isinstance(reason, str):
        return Verdict(content["allow"])
    whole = reason[:_REASON].encode("utf-8", "replace").decode()  # JSON may carry half characters
    return Verdict(content["allow"], whole)
