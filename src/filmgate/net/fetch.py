"""Fetch a picture from an address that a client chose, within limits."""

import asyncio
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from filmgate.errors import ImageFetchFailed
from filmgate.net.addresses import Network
from filmgate.net.guard import AddressRefused, Resolver, guarded_client, resolve, url_problem

CONNECT_S = 5.0
"""How long one address may take to answer before the next one of the same name is tried."""


_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How much one fetch may take. `timeout_s` spans look-ups, redirects and the last byte."""

    max_bytes: int = 20 * 2**20
    timeout_s: float = 15.0
    redirects: int = 3


DEFAULT_LIMITS = FetchLimits()


async def fetch(
    url: str,
    *,
    limits: FetchLimits = DEFAULT_LIMITS,
    allowed: Iterable[Network] = (),
    resolver: Resolver = resolve,
    tls: ssl.SSLContext | None = None,
) -> bytes:
    """Fetch the bytes behind `url`, or raise ImageFetchFailed with the rule that forbade it."""
    timeout = httpx2.Timeout(None, connect=CONNECT_S)
    with _refusals(limits):
        async with (
            asyncio.timeout(limits.timeout_s),
            guarded_client(allowed=allowed, resolver=resolver, timeout=timeout, tls=tls) as client,
        ):
            return await _fetch(client, url, limits)


@contextmanager
def _refusals(limits: FetchLimits) -> Iterator[None]:
    """Turn every foreign error into ours. Nothing of what was found passes."""
    try:
        yield
    except AddressRefused as error:
        raise _refusal(str(error)) from error
    except TimeoutError as error:
        raise _refusal(f"it took longer than {limits.timeout_s:g} s") from error
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise _refusal("it is not a valid http or https URL") from error
    except (httpx2.HTTPError, httpx2.StreamError, OSError, ValueError) as error:
        raise _refusal("it could not be reached") from error


def _refusal(reason: str) -> ImageFetchFailed:
    return ImageFetchFailed(f"The image could not be fetched from its URL: {reason}")


async def _fetch(client: httpx2.AsyncClient, url: str, limits: FetchLimits) -> bytes:
    target = _refuse_unfit(httpx2.URL(url))
    for _ in range(limits.redirects + 1):
        async with client.stream("GET", target, headers=_HEADERS) as response:
            if not response.has_redirect_location:
                return await _body(response, limits.max_bytes)
            target = _refuse_unfit(target.join(response.headers["Location"]))
    raise _refusal(f"more than {limits.redirects} redirects")


def _refuse_unfit(url: httpx2.URL) -> httpx2.URL:
    if problem := url_problem(url):
        raise _refusal(problem)
    return url


async def _body(response: httpx2.Response, max_bytes: int) -> bytes:
    if response.status_code != httpx2.codes.OK:
        raise _refusal("it gave no image")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _refusal("a compressed answer is not allowed")
    _check_size(int(response.headers.get("Content-Length", 0)), max_bytes)
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        _check_size(len(body), max_bytes)
    if not body:
        raise _refusal("it gave no image")
    return bytes(body)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise _refusal(f"it is larger than {max_bytes} bytes")
