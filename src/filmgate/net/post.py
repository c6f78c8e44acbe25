"""Post to an address that a client chose, and look at nothing of the answer but its status."""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

import httpx2

from filmgate.net.addresses import Network, refusal
from filmgate.net.guard import AddressRefused, Resolver, guarded_client, resolve, url_problem

_HINT = "; the operator may allow a range: webhook_networks"
CONNECT_S = 5.0
"""How long one address may take to answer before the next one of the same name is tried."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said: its status, or the problem that kept it from saying anything."""

    status: int | None
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the receiver took what was sent."""
        return self.problem is None


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout_s: float,
    allowed: Iterable[Network] = (),
    resolver: Resolver = resolve,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Post once. Nothing is raised but bugs, no redirect followed, no body read.

    A problem is told by its kind: its own words may tell of what lies behind our walls. Each
    call has connections of its own, so that a silent receiver keeps nobody else waiting.
    """
    try:
        async with asyncio.timeout(timeout_s):
            return await _post(url, body, headers, allowed, resolver, tls)
    except AddressRefused as error:
        return Answer(None, f"{error}{_HINT}")
    except (TimeoutError, httpx2.TimeoutException):
        return Answer(None, f"no answer within {timeout_s:g} s")
    except httpx2.ConnectError:
        return Answer(None, "it could not be reached")
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol):
        return Answer(None, "it is not a valid http or https URL")
    except (httpx2.HTTPError, httpx2.StreamError, OSError, ValueError):
        return Answer(None, "the connection broke before an answer")


async def _post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Iterable[Network],
    resolver: Resolver,
    tls: ssl.SSLContext | None,
) -> Answer:
    if problem := url_problem(httpx2.URL(url)):
        return Answer(None, problem)
    timeout = httpx2.Timeout(None, connect=CONNECT_S)
    async with (
        guarded_client(allowed=allowed, resolver=resolver, timeout=timeout, tls=tls) as client,
        client.stream("POST", url, content=body, headers=dict(headers)) as response,
    ):
        status = response.status_code
        if response.is_success:
            return Answer(status)
        redirected = "; redirects are not followed" if response.is_redirect else ""
        return Answer(status, f"answered {status}{redirected}")


def url_refusal(url: str, allowed: Iterable[Network] = ()) -> str | None:
    """Why nothing is ever sent to a URL, as far as its text tells; None when nothing speaks so.

    A name says nothing: what it resolves to is checked anew by each connection.
    """
    try:
        target = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        return "it is not a valid http or https URL"
    if problem := url_problem(target):
        return problem
    try:
        rule = refusal(ip_address(target.host), allowed)
    except ValueError:
        return None
    return f"{rule} addresses are not allowed{_HINT}" if rule else None
