"""An HTTP client for addresses that others chose.

The name is looked up once, every answer is checked, and the connection goes to a checked
address: there is no second look-up for a changed answer to slip through. Host header and TLS
name stay those of the URL.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_address
from typing import Protocol

import httpcore2
import httpx2

from filmgate import __version__
from filmgate.net.addresses import Network, refusal

_LOOKUPS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="lookup")
"""Its own threads, many of them: one whose name server is silent is held beyond our deadline."""

LOOKUP_S = 3.0
"""How long a name may take to be looked up."""

_TRANSLATIONS: dict[type[Exception], type[httpx2.TransportError]] = {
    httpcore2.ConnectTimeout: httpx2.ConnectTimeout,
    httpcore2.ReadTimeout: httpx2.ReadTimeout,
    httpcore2.WriteTimeout: httpx2.WriteTimeout,
    httpcore2.PoolTimeout: httpx2.PoolTimeout,
    httpcore2.ConnectError: httpx2.ConnectError,
    httpcore2.ReadError: httpx2.ReadError,
    httpcore2.WriteError: httpx2.WriteError,
    httpcore2.LocalProtocolError: httpx2.LocalProtocolError,
    httpcore2.RemoteProtocolError: httpx2.RemoteProtocolError,
    httpcore2.UnsupportedProtocol: httpx2.UnsupportedProtocol,
}


class AddressRefused(httpx2.ConnectError):
    """A rule forbids the address. The message names the rule, not the address."""


class Resolver(Protocol):
    """Turns a host name into the addresses that it has now, as text, best first."""

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Raise OSError when the name has none."""
        ...


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver. It also reads `0x7f.1` and `2130706433` as addresses.

    Raises:
        OSError: the name has no address, or none within `LOOKUP_S`.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(LOOKUP_S):
        found = await loop.run_in_executor(_LOOKUPS, _look_up, host, port)
    return list(dict.fromkeys(found))


def _look_up(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror("not a host name") from error
    return [str(sockaddr[0]) for *_, sockaddr in answers]


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to nothing but checked addresses."""

    def __init__(self, allowed: Iterable[Network], resolver: Resolver) -> None:
        self._allowed = tuple(allowed)
        self._resolver = resolver
        self._sockets = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the socket of httpcore2 asks for it
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Look the name up once, check every answer, connect to the first that answers."""
        problem: Exception = httpcore2.ConnectError("the name has no address")
        for address in await self._look_up_allowed(host, port):
            try:
                return await self._sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
        raise problem

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 the socket of httpcore2 asks for it
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: nobody else chooses a path on this machine."""
        raise AddressRefused("unix sockets are not allowed")

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts."""
        await self._sockets.sleep(seconds)

    async def _look_up_allowed(self, host: str, port: int) -> list[str]:
        try:
            answers = await self._resolver(host, port)
        except OSError as error:
            raise httpcore2.ConnectError("the name has no address") from error
        addresses = [ip_address(answer) for answer in answers]
        for address in addresses:
            if rule := refusal(address, self._allowed):
                raise AddressRefused(f"{rule} addresses are not allowed")
        return [str(address) for address in addresses]


class GuardedTransport(httpx2.AsyncBaseTransport):
    """What httpx2 sends through: http and https only, no proxy, a `GuardedBackend` below.

    It joins httpx2 to httpcore2 by their public names, as httpx2's own transport offers no
    place for a backend; putting one into its private pool would fail open if that were renamed.
    """

    def __init__(self, backend: GuardedBackend, tls: ssl.SSLContext | None = None) -> None:
        self._backend = backend
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls or _tls(), network_backend=backend, keepalive_expiry=5.0
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request; no redirect is followed here."""
        if request.url.scheme not in ("http", "https"):
            raise httpx2.UnsupportedProtocol("only http and https are allowed")
        with _translate_transport_errors():
            response = await self._pool.handle_async_request(_to_httpcore(request))
        return httpx2.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        with _translate_transport_errors():
            await self._pool.aclose()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translate_transport_errors():
            async for part in self._response.aiter_stream():
                yield part

    async def aclose(self) -> None:
        with _translate_transport_errors():
            await self._response.aclose()


def _to_httpcore(request: httpx2.Request) -> httpcore2.Request:
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _translate_transport_errors() -> Iterator[None]:
    try:
        yield
    except tuple(_TRANSLATIONS) as error:
        raise _TRANSLATIONS[type(error)](str(error)) from error


_tls = cache(httpx2.create_ssl_context)


def url_problem(url: httpx2.URL) -> str | None:
    """Why a URL that somebody else chose is not asked at all, or None."""
    if url.scheme not in ("http", "https"):
        return "only http and https are allowed"
    if url.userinfo:
        return "a user name or password in it is not allowed"
    if not url.host or (url.port is not None and not 0 < url.port < 2**16):
        return "it is not a valid http or https URL"
    return None


def guarded_client(
    *,
    allowed: Iterable[Network] = (),
    resolver: Resolver = resolve,
    timeout: httpx2.Timeout | float | None = 10.0,
    tls: ssl.SSLContext | None = None,
) -> httpx2.AsyncClient:
    """Make a client that reaches public addresses and the operator's `allowed` ranges only.

    It follows no redirect by itself and takes no proxy, password or cookie from anywhere.
    A refusal is `AddressRefused`, which is an `httpx2.ConnectError`.
    """
    return httpx2.AsyncClient(
        transport=GuardedTransport(GuardedBackend(allowed, resolver), tls),
        headers={"User-Agent": f"filmgate/{__version__}"},
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
    )
