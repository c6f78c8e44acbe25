"""Brings films to the disk: streamed, resumed where they break off, at addresses others chose."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import BinaryIO

import httpx2

from filmgate.domain.states import Failure
from filmgate.engines.relay.attend import rest
from filmgate.engines.relay.upstream import Step, Unreachable
from filmgate.engines.relay.wire import CONNECT_S, Wire, translate_silence
from filmgate.errors import GenerationFailed
from filmgate.net.addresses import Network
from filmgate.net.guard import AddressRefused, Resolver, guarded_client, resolve, url_problem

_ANYWHERE: tuple[Network, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
_REDIRECTS = 5
_TRIES = 5
_FIRST_PAUSE_S = 0.2
_SILENCE_S = 30.0
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class FilmRefused(GenerationFailed):
    """An address of a film is forbidden, or gives no film; another address may."""

    def __init__(self, message: str) -> None:
        super().__init__(message, failure=Failure.UPSTREAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where films may come from beside the upstream itself.

    `hosts` are names that may lead to private addresses, `networks` private ranges: the
    operator's word. `max_bytes` bounds a film.
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    max_bytes: int = 4 << 30
    resolver: Resolver = field(default=resolve)


def door(films_from: Iterable[str], max_bytes: int) -> Door:
    """A door for the names and ranges that a setting lists."""
    entries = list(films_from)
    ranges = [entry for entry in entries if "/" in entry]
    return Door(
        hosts=frozenset(entries) - frozenset(ranges),
        networks=tuple(ip_network(entry) for entry in ranges),
        max_bytes=max_bytes,
    )


@dataclass(slots=True)
class _Part:
    """What has come of a film so far: bytes on the disk, and what proves that it is the same."""

    have: int = 0
    etag: str | None = None

    def headers(self) -> dict[str, str]:
        plain = {"Accept-Encoding": "identity"}
        if not self.have or self.etag is None:
            return plain
        return plain | {"Range": f"bytes={self.have}-", "If-Range": self.etag}


class Fetcher:
    """Fetches films of one upstream."""

    def __init__(self, wire: Wire, door: Door) -> None:
        self._wire = wire
        self._door = door

    async def fetch(self, urls: Sequence[str], path: Path, step: Step) -> None:
        """Bring the first film that one of the addresses gives to `path`.

        Raises:
            Unreachable: none answered; another try may help.
            FilmRefused: none may be asked, or none has a film.
        """
        problem: Exception = FilmRefused("The upstream named no address of its film")
        for url in urls:
            try:
                return await self._whole(url, path, step)
            except FilmRefused as error:
                problem = problem if isinstance(problem, Unreachable) else error
            except Unreachable as error:
                problem = error
        raise problem

    async def close(self) -> None:
        """Close the connections to the upstream."""
        await self._wire.close()

    async def _whole(self, url: str, path: Path, step: Step) -> None:
        part, pause_s = _Part(), _FIRST_PAUSE_S
        with path.open("wb") as file:
            for _ in range(_TRIES - 1):
                try:
                    await self._more(url, part, file, step)
                except Unreachable:
                    await rest(pause_s, step)
                    pause_s *= 2
                else:
                    return
            await self._more(url, part, file, step)

    async def _more(self, url: str, part: _Part, file: BinaryIO, step: Step) -> None:
        with translate_silence():
            async with self._response(url, part) as response:
                self._continue(response, part, file)
                async for piece in response.aiter_raw():
                    part.have += len(piece)
                    if part.have > self._door.max_bytes:
                        raise FilmRefused(f"The film is larger than {self._door.max_bytes} bytes")
                    file.write(piece)
                    step()
        if not part.have:
            raise Unreachable("the film is empty")

    def _continue(self, response: httpx2.Response, part: _Part, file: BinaryIO) -> None:
        """Get the file ready for what comes: more of the same film, or all of it anew."""
        at = _RANGE.match(response.headers.get("Content-Range", ""))
        if response.status_code == httpx2.codes.PARTIAL_CONTENT and at:
            if int(at[1]) == part.have:
                return
            part.etag = None
            raise Unreachable("it gave another part of the film than asked for")
        _refuse_filmless(response)
        tag = response.headers.get("ETag")
        part.have, part.etag = 0, None if tag is None or tag.startswith("W/") else tag
        file.seek(0)
        file.truncate()

    @asynccontextmanager
    async def _response(self, url: str, part: _Part) -> AsyncIterator[httpx2.Response]:
        """The answer of an address, redirects followed, each hop judged anew."""
        target = httpx2.URL(self._wire.url("/")).join(url)
        for _ in range(_REDIRECTS + 1):
            async with self._get(target, part) as response:
                if not response.has_redirect_location:
                    yield response
                    return
                target = target.join(response.headers["Location"])
        raise FilmRefused("The address of the film redirects without end")

    @asynccontextmanager
    async def _get(self, url: httpx2.URL, part: _Part) -> AsyncIterator[httpx2.Response]:
        if self._wire.owns(url):
            async with self._wire.stream(str(url), part.headers()) as response:
                yield response
            return
        if problem := url_problem(url):
            raise FilmRefused(f"The address of the film is refused: {problem}")
        allowed = _ANYWHERE if url.host in self._door.hosts else self._door.networks
        timeout = httpx2.Timeout(_SILENCE_S, connect=CONNECT_S)
        try:
            async with (
                guarded_client(
                    allowed=allowed, resolver=self._door.resolver, timeout=timeout
                ) as client,
                client.stream("GET", url, headers=part.headers()) as response,
            ):
                yield response
        except AddressRefused as error:
            raise FilmRefused(f"The address of the film is refused: {error}") from error


def _refuse_filmless(response: httpx2.Response) -> None:
    """Refuse what is no film: an error, or a page or an object, which some say with a 200."""
    status = response.status_code
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if status == httpx2.codes.OK and kind not in ("application/json", "text/html"):
        return
    if status == httpx2.codes.OK or (400 <= status < 500 and status not in (408, 425, 429)):
        raise FilmRefused(f"The upstream gave no film ({status})")
    raise Unreachable(f"the film is not to be had ({status})")
