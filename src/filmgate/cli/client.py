"""A server as a maker: the Videos API over HTTP, as any client would use it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import httpx2

from filmgate import __version__
from filmgate.cli.maker import FilmOrder, FilmState
from filmgate.errors import FilmgateError, InvalidKey, Unavailable
from filmgate.pauses import pauses

DIALECT = {"x-filmgate-dialect": "sora"}
"""The command line asks in the vocabulary that has all of its options."""

_PATIENCE_S = 60.0
_FIRST_PATIENCE_S = 3.0
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 4.0
_BUSY = frozenset({429, 502, 503, 504})
_BROKEN = frozenset({"failed", "cancelled", "expired", "error"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Tell = Callable[[str], None]
Send = Callable[[], Awaitable[httpx2.Response]]


class RequestRefused(FilmgateError):
    """A server answered, and the answer is no."""


def base_url(url: str) -> str:
    """The address that paths are laid on; `/v1` is added where it has no path.

    Raises:
        FilmgateError: it is no http address.
    """
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise FilmgateError(f"--url is '{url}': it must be an address as http://127.0.0.1:8000/v1")
    base = url.strip().rstrip("/")
    return base if parts.path.strip("/") else f"{base}/v1"


@asynccontextmanager
async def connect(url: str, key: str | None, tell: Tell = print) -> AsyncIterator["Client"]:
    """A client of the server at `url`; `tell` hears of troubles that it waits out."""
    base = base_url(url)
    headers = {"user-agent": f"filmgate/{__version__}", **_authorization(key)}
    async with httpx2.AsyncClient(
        headers=headers,
        timeout=httpx2.Timeout(60, connect=5),
        follow_redirects=True,
        trust_env=urlsplit(base).hostname not in _LOOPBACK,
    ) as http:
        yield Client(http, base, tell)


async def ask_once(
    url: str,
    key: str | None,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
) -> Any:
    """What a server answers to one request; of a list its entries."""
    async with connect(url, key, lambda _: None) as server:
        answer = await server.ask(method, path, body=body, params=params)
    return answer["data"] if answer.get("object") == "list" else answer


def _authorization(key: str | None) -> dict[str, str]:
    if not key:
        return {}
    if not (key.isascii() and key.isprintable()):
        raise InvalidKey("--key holds characters that no API key has")
    return {"authorization": f"Bearer {key.strip()}"}


def _body(order: FilmOrder) -> dict[str, Any]:
    fields: dict[str, Any] = dict(order.fields)
    if isinstance(order.picture, bytes):
        text = {name: str(value) for name, value in fields.items()}
        return {"data": text, "files": {"input_reference": ("picture", order.picture)}}
    if order.picture is not None:
        fields["input_reference"] = order.picture
    return {"json": fields}


class Client:
    """Asks one server. Connections that break are tried again for a while."""

    def __init__(self, http: httpx2.AsyncClient, base: str, tell: Tell) -> None:
        self._http = http
        self._base = base
        self._tell = tell

    async def create(self, order: FilmOrder) -> FilmState:
        """Ask for a video, over JSON or, with a picture's file, over multipart."""
        return _look(await self._post("/videos", _body(order), DIALECT))

    async def quote(self, order: FilmOrder) -> dict[str, Any]:
        """Ask what a video would cost."""
        return _json(await self._post("/videos?dry_run=true", _body(order), DIALECT))

    async def create_raw(self, body: bytes) -> FilmState:
        """Ask for a video with a JSON body as it stands."""
        headers = {"content-type": "application/json"}
        return _look(await self._post("/videos", {"content": body}, headers))

    async def look(self, video_id: str) -> FilmState:
        """See how it stands."""
        return _look(await self._get(f"/videos/{video_id}"))

    async def models(self) -> list[dict[str, Any]]:
        """The models that the server lists."""
        entries = _json(await self._get("/models", patience_s=_FIRST_PATIENCE_S)).get("data")
        if not isinstance(entries, list):
            raise RequestRefused(f"{self._base} does not list models")
        return [entry for entry in entries if isinstance(entry, dict)]

    async def download(self, video_id: str, index: int, file: BinaryIO) -> None:
        """Stream one of its films into a file; from the start again where a connection broke."""
        params = {"index": index} if index else {}

        async def attempt() -> httpx2.Response:
            file.seek(0)
            file.truncate()
            url = f"{self._base}/videos/{video_id}/content"
            async with self._http.stream("GET", url, params=params) as answer:
                if not answer.is_success:
                    await answer.aread()
                    return answer
                async for piece in answer.aiter_bytes(1 << 20):
                    file.write(piece)
                return answer

        await self._persist(attempt, _PATIENCE_S)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Ask for anything else, once."""
        try:
            answer = await self._http.request(
                method, self._base + path, json=body, params=dict(params or {})
            )
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise Unavailable(
                f"{self._base} does not answer: is a server running there?"
            ) from error
        return _json(_require_success(answer))

    async def withdraw(self, video_id: str) -> None:
        """Delete it; a server stops what runs first."""
        _require_success(await self._http.delete(f"{self._base}/videos/{video_id}", timeout=5))

    async def _get(self, path: str, *, patience_s: float = _PATIENCE_S) -> httpx2.Response:
        return await self._persist(lambda: self._http.get(self._base + path), patience_s)

    async def _post(
        self, path: str, body: Mapping[str, Any], headers: Mapping[str, str]
    ) -> httpx2.Response:
        """Send; the same key on every try lets a server see that it is the same request."""
        url, once = f"{self._base}{path}", {"idempotency-key": token_hex(16)}
        return await self._persist(
            lambda: self._http.post(url, headers={**headers, **once}, **body), _FIRST_PATIENCE_S
        )

    async def _persist(self, send: Send, patience_s: float) -> httpx2.Response:
        waits = pauses(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        deadline, told = time.monotonic() + patience_s, None
        while True:
            trouble, answer = await self._try_once(send)
            if trouble is None and answer is not None:
                return _require_success(answer)
            pause_s = next(waits)
            if time.monotonic() + pause_s > deadline:
                if answer is not None:
                    return _require_success(answer)
                raise Unavailable(f"{trouble}: is a server running there?")
            if trouble != told:
                self._tell(f"{trouble}; trying again")
                told = trouble
            await asyncio.sleep(pause_s)

    async def _try_once(self, send: Send) -> tuple[str | None, httpx2.Response | None]:
        """What went wrong, if it may go better next time; and the answer, if there is one."""
        try:
            answer = await send()
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            what = str(error) or type(error).__name__
            return f"{self._base} does not answer ({what})", None
        busy = answer.status_code in _BUSY
        return (f"{self._base} is busy ({answer.status_code})" if busy else None), answer


def _require_success(answer: httpx2.Response) -> httpx2.Response:
    if answer.is_success:
        return answer
    try:
        message = str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):  # no envelope of ours
        message = f"{answer.url} answered {answer.status_code} {answer.reason_phrase}"
    if answer.status_code == 401:
        raise InvalidKey(f"{message} (give --key or OPENAI_API_KEY)")
    raise RequestRefused(message)


def _json(answer: httpx2.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise RequestRefused(f"{answer.url} did not answer with JSON") from error
    if not isinstance(found, dict):
        raise RequestRefused(f"{answer.url} did not answer with an object")
    return found


def _look(answer: httpx2.Response) -> FilmState:
    video = _json(answer)
    told = answer.headers.get("openai-poll-after-ms", "")
    try:
        error = video.get("error") or {}
        status = str(video["status"])
        metadata = video.get("metadata") or {}
        return FilmState(
            id=str(video["id"]),
            status=status,
            progress=int(video.get("progress") or 0),
            final=status == "completed" or status in _BROKEN,
            wait_s=min(10.0, max(0.1, int(told) / 1000)) if told.isdigit() else 1.0,
            outputs=len(video.get("outputs") or ()) or 1,
            seed=metadata.get("seed"),
            not_drawn=tuple((metadata.get("render") or {}).get("not_drawn") or ()),
            failure=str(error.get("message") or error.get("code") or status)
            if status in _BROKEN
            else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise RequestRefused(f"{answer.url} did not answer with a video") from trouble
