"""What is reachable: the port that is to be listened on, and a server elsewhere."""

from typing import TYPE_CHECKING

import httpx2

from filmgate.cli import client
from filmgate.domain.finding import Finding, bad, good
from filmgate.errors import FilmgateError, InvalidKey, Unavailable
from filmgate.processes.grounds import bind_error

if TYPE_CHECKING:
    from filmgate.settings import Settings

_TIMEOUT_S = 3.0


async def port(config: "Settings") -> Finding:
    """Whether the port is free, or a Filmgate answers there."""
    place = f"{config.host}:{config.port}"
    trouble = bind_error(config.host, config.port)
    if trouble is None:
        return good("port", f"{place} is free")
    if await _is_filmgate(config.local_url):
        return good("port", f"a Filmgate answers at {place}")
    return bad(
        "port",
        f"{place} cannot be listened on: {trouble.strerror}",
        "give another --port or --host",
    )


async def _is_filmgate(url: str) -> bool:
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=_TIMEOUT_S) as http:
            answer = (await http.get(f"{url}/healthz")).json()
    except (httpx2.HTTPError, ValueError):
        return False
    return isinstance(answer, dict) and answer.keys() == {"status", "checks"}


async def server(url: str, key: str | None) -> Finding:
    """Whether the server at `url` answers, and takes the key."""
    try:
        async with client.connect(url, key, lambda _: None) as there:
            models = await there.models()
    except InvalidKey as error:
        return bad(
            "server", f"{url} does not take the key: {error}", "give --key or OPENAI_API_KEY"
        )
    except Unavailable as error:
        return bad("server", str(error), "start it with `filmgate serve`, or give another --url")
    except FilmgateError as error:
        return bad("server", f"{url}: {error}", "give the address of a Videos API as --url")
    return good("server", f"{url} answers, takes the key, and has {len(models)} models")
