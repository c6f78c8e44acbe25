"""Small misbehaving HTTP servers on a free loopback port, and a resolver that a test scripts."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]

LOOPBACK = (ip_network("127.0.0.1/32"),)
LOOPBACK_V6 = (ip_network("::1/128"),)


@dataclass
class Origin:
    """A running server: where it listens and the heads of the requests that reached it."""

    port: int
    heads: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


@dataclass
class Script:
    """A resolver: one list of addresses for each look-up in turn, the last one for ever."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@asynccontextmanager
async def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Origin]:
    origin = Origin(port=0)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            origin.heads.append(await reader.readuntil(b"\r\n\r\n"))
            await answer(origin.heads[-1], writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    origin.port = server.sockets[0].getsockname()[1]
    try:
        yield origin
    finally:
        server.close()


def says(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> Answer:
    """Answer with exactly this."""
    fields = {"content-length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)
        await writer.drain()

    return answer


def redirects(location: str, status: str = "302 Found") -> Answer:
    return says(status=status, location=location)


def trickles(part: bytes, pause_s: float) -> Answer:
    """Answer without end, a part at a time."""

    async def answer(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer
