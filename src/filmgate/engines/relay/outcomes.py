"""What became of a create: the one place that decides between refused, accepted and unknown."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import httpx2

from filmgate.domain.states import Failure
from filmgate.engines.relay.upstream import Accepted, Blame, Outcome, Refused, Unknown

_NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)
_BLAMES = {
    400: Blame.REQUEST,
    401: Blame.UPSTREAM,
    402: Blame.UPSTREAM,
    403: Blame.UPSTREAM,
    404: Blame.UPSTREAM,
    405: Blame.UPSTREAM,
    413: Blame.REQUEST,
    415: Blame.REQUEST,
    422: Blame.REQUEST,
    429: Blame.BUSY,
}
"""The statuses that say: not taken."""
_CODES = {
    "content_policy_violation": Failure.CONTENT_POLICY,
    "moderation_blocked": Failure.CONTENT_POLICY,
    "content_policy": Failure.CONTENT_POLICY,
    "invalid_image": Failure.INVALID_IMAGE,
    "image_fetch_failed": Failure.INVALID_IMAGE,
    "out_of_memory": Failure.OUT_OF_MEMORY,
}
_MOST_SHOWN = 300
_ADDRESS = re.compile(r"\w+://\S+")
_PATH = re.compile(r"(?<!\w)/(?:[\w.@~-]+/)+[\w.@~-]*")


def outcome_of_answer(
    status: int, body: Any, job: object, headers: Mapping[str, str] | None = None
) -> Outcome:
    """What an answer to a create means. `job` is the id read from it, if any."""
    if 200 <= status < 300:
        return accept_or_doubt(job)
    if 300 <= status < 400:
        return Refused(blame=Blame.UPSTREAM, message="it answered with a redirect")
    sayings = body.get("error") if isinstance(body, dict) else None
    dead = status == 503 and isinstance(sayings, str)  # SGLang, before it takes anything
    blame = Blame.BUSY if dead else _BLAMES.get(status)
    if blame is None:
        return Unknown(f"it answered {status}")
    message, code = error_of(body)
    return Refused(
        blame=blame,
        message=message or f"it answered {status}",
        failure=failure_of(code),
        retry_after_s=retry_after_s(headers or {}),
    )


def accept_or_doubt(job: object) -> Outcome:
    """What a good answer means: without an id it is as good as none."""
    if isinstance(job, str | int) and not isinstance(job, bool) and str(job).strip():
        return Accepted(str(job))
    return Unknown("it answered without an id")


def outcome_of_error(error: Exception) -> Outcome:
    """What the lack of an answer to a create means: never sent, or nobody knows."""
    if isinstance(error, _NEVER_SENT):
        return Refused(blame=Blame.BUSY, message="it cannot be reached")
    return Unknown(f"the connection broke before an answer ({type(error).__name__})")


def failure_of(code: object) -> Failure:
    """Our word for an upstream's error code; codes come as text, as numbers, or not at all."""
    return _CODES.get(str(code).lower(), Failure.UPSTREAM)


def error_of(body: Any) -> tuple[str, object]:
    """The message and the code of an error, in any of the envelopes that upstreams use."""
    if not isinstance(body, dict):
        return "", None
    for key in ("error", "detail", "message"):
        found = body.get(key)
        if isinstance(found, dict):
            return str(found.get("message") or ""), found.get("code", body.get("code"))
        if isinstance(found, str) and found:
            return found, body.get("code")
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return str(found[0].get("msg") or ""), body.get("code")
    return "", body.get("code")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """How long an upstream asks us to wait: seconds or a date."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except ValueError:
        return None


def presentable(message: str, secrets: tuple[str, ...] = ()) -> str:
    """An upstream's words as our callers may read them: no key, no address, no path of its own."""
    for secret in filter(None, secrets):
        message = message.replace(secret, "***")
    message = _PATH.sub("…", _ADDRESS.sub("…", message))
    return " ".join(message.split())[:_MOST_SHOWN]
