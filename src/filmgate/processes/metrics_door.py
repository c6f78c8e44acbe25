"""A door of its own for Prometheus: without a key, open as long as the supervisor is."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from filmgate.errors import SettingsError
from filmgate.wiring import House

log = logging.getLogger(__name__)

_PATIENCE_S = 10.0


@asynccontextmanager
async def open_door(house: House) -> AsyncIterator[None]:
    """The door, if the settings want one, until the block ends.

    Raises:
        SettingsError: the port cannot be listened on.
    """
    host, port = house.settings.metrics_host, house.settings.metrics_port
    if port is None:
        yield
        return
    answer = _answering(house, asyncio.get_running_loop())
    try:
        server = make_server(host, port, answer, WSGIServer, _Silent)
    except OSError as error:
        raise SettingsError(
            f"metrics_host and metrics_port are {host}:{port}, which cannot be listened on: "
            f"{error.strerror}"
        ) from error
    Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    try:
        yield
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()


def _answering(house: House, loop: asyncio.AbstractEventLoop) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that asks the supervisor's own loop."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] not in ("/", "/metrics"):
            start("404 Not Found", [("content-type", "text/plain")])
            return [b"The metrics are at /metrics\n"]
        asked = house.metrics.expose(environ.get("HTTP_ACCEPT", ""))
        text, kind = asyncio.run_coroutine_threadsafe(asked, loop).result(_PATIENCE_S)
        start("200 OK", [("content-type", kind), ("content-length", str(len(text)))])
        return [text]

    return answer


class _Silent(WSGIRequestHandler):
    """Writes no line for each scrape."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Write nothing."""
