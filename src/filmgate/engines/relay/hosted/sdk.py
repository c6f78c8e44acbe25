"""What SDKs raise, in our words. None may resend a create: each is made with no retries."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from filmgate.engines.relay.outcomes import error_of, outcome_of_answer, retry_after_s
from filmgate.engines.relay.upstream import Blame, Outcome, Refused, Unknown, Unreachable
from filmgate.errors import MissingPart

_NEVER_SENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"})


def load_sdk(module: str, extra: str) -> Any:
    """An SDK's module.

    Raises:
        MissingPart: it is not installed; says which extra does.
    """
    try:
        return import_module(module)
    except ImportError as error:
        advice = f"in the clone, pip install '.[{extra}]'"
        raise MissingPart(f"{module} needs the extra '{extra}': {advice}") from error


def status_of(error: BaseException) -> int | None:
    """The HTTP status in an SDK's error; None where there was no answer."""
    for name in ("status_code", "code"):
        if isinstance(status := getattr(error, name, None), int):
            return status
    return None


def outcome_of_sdk_error(error: Exception) -> Outcome:
    """What an SDK's error at a create means."""
    status = status_of(error)
    if status is not None:
        return outcome_of_answer(status, _body(error), None, _headers(error))
    cause: BaseException | None = error
    while cause is not None:
        if type(cause).__name__ in _NEVER_SENT:
            return Refused(blame=Blame.BUSY, message="it cannot be reached")
        cause = cause.__cause__
    return Unknown(f"the connection broke before an answer ({type(error).__name__})")


@contextmanager
def translate_sdk_errors() -> Iterator[None]:
    """Turn what an SDK raises at a look into Unreachable."""
    try:
        yield
    except Exception as error:
        status = status_of(error)
        message, _ = error_of(_body(error))
        told = f"no answer ({type(error).__name__})" if status is None else f"it answered {status}"
        why = f"{told}: {message}" if message else told
        raise Unreachable(why, retry_after_s=retry_after_s(_headers(error))) from error


def is_gone(error: Unreachable) -> bool:
    """Whether the answer behind it was: there is no such job."""
    return error.__cause__ is not None and status_of(error.__cause__) in (404, 410)


def _body(error: Exception) -> Any:
    return getattr(error, "body", None) or getattr(error, "details", None)


def _headers(error: Exception) -> Mapping[str, str]:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return headers if isinstance(headers, Mapping) else {}
