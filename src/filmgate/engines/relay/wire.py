"""HTTP to one upstream: a POST goes out once, on a fresh connection; the key to its origin only."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from filmgate import __version__
from filmgate.engines.relay.address import Address
from filmgate.engines.relay.outcomes import error_of, presentable, retry_after_s
from filmgate.engines.relay.upstream import Unreachable

if TYPE_CHECKING:
    from httpx2.websockets import AsyncWebSocketSession

CONNECT_S = 5.0
_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, read whole: `body` is what its JSON says, None where it is none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def good(self) -> bool:
        """Whether it is a 2xx."""
        return 200 <= self.status < 300


class Wire:
    """Asks one upstream. Redirects are not followed, proxies and cookies not used."""

    def __init__(self, address: Address) -> None:
        self.address = address
        plain: dict[str, Any] = {
            "headers": {"User-Agent": f"filmgate/{__version__}"},
            "follow_redirects": False,
            "trust_env": False,
        }
        few = httpx2.Limits(max_connections=200, max_keepalive_connections=50, keepalive_expiry=20)
        fresh = httpx2.Limits(max_connections=200, max_keepalive_connections=0)
        asking = httpx2.Timeout(min(30.0, address.answer_s), connect=CONNECT_S)
        sending = httpx2.Timeout(address.answer_s, connect=CONNECT_S)
        self._asker = httpx2.AsyncClient(limits=few, timeout=asking, **plain)
        self._sender = httpx2.AsyncClient(limits=fresh, timeout=sending, **plain)

    def owns(self, url: httpx2.URL) -> bool:
        """Whether a URL lies on the upstream's very origin."""
        mine = httpx2.URL(self.address.url)
        return (mine.scheme, mine.host, _port(mine)) == (url.scheme, url.host, _port(url))

    def url(self, path: str) -> str:
        """The whole address of a path below the upstream's; an address stays as it is."""
        return self.address.url.rstrip("/") + path if path.startswith("/") else path

    async def send(self, path: str, headers: Mapping[str, str] | None = None, **body: Any) -> Reply:
        """POST once. A kept connection may be closed under a POST, so none is kept.

        Raises:
            httpx2.HTTPError: there is no answer; `outcomes` knows what that means.
        """
        given = self.address.credentials() | dict(headers or {})
        async with self._sender.stream("POST", self.url(path), headers=given, **body) as response:
            return await _read(response)

    async def ask(self, method: str, path: str, **options: Any) -> Reply:
        """Ask something that may be asked again.

        Raises:
            Unreachable: there is no answer.
        """
        given = self.address.credentials()
        with translate_silence():
            async with self._asker.stream(
                method, self.url(path), headers=given, **options
            ) as response:
                return await _read(response)

    @asynccontextmanager
    async def stream(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[httpx2.Response]:
        """GET an address on the upstream's own origin, body unread."""
        given = self.address.credentials() | dict(headers)
        async with self._asker.stream("GET", url, headers=given) as response:
            yield response

    @asynccontextmanager
    async def socket(self, path: str) -> AsyncIterator["AsyncWebSocketSession"]:
        """A WebSocket to the upstream."""
        async with self._asker.websocket(
            self.url(path), headers=self.address.credentials(), max_message_size_bytes=_MOST_BYTES
        ) as socket:
            yield socket

    def trouble(self, reply: Reply) -> Unreachable:
        """An answer that helps nobody, as an error: what went wrong, and when to try again."""
        message, _ = error_of(reply.body)
        told = f"it answered {reply.status}" + (f": {message}" if message else "")
        return Unreachable(self.presentable(told), retry_after_s=retry_after_s(reply.headers))

    def presentable(self, message: str) -> str:
        """The upstream's words without its secrets."""
        return presentable(message, self.address.secrets())

    async def close(self) -> None:
        """Close every connection."""
        await self._asker.aclose()
        await self._sender.aclose()


@contextmanager
def translate_silence() -> Iterator[None]:
    """Turn what goes wrong on a connection into Unreachable."""
    try:
        yield
    except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError) as error:
        raise Unreachable(f"no answer ({type(error).__name__})") from error


async def _read(response: httpx2.Response) -> Reply:
    text = bytearray()
    async for part in response.aiter_bytes():
        text += part
        if len(text) > _MOST_BYTES:
            raise httpx2.RemoteProtocolError("the answer is larger than 16 MiB")
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return Reply(response.status_code, body, response.headers)


def _port(url: httpx2.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)
