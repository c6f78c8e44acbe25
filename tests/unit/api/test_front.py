import logging
from typing import Any, cast

import httpx2
import pytest

from filmgate.api.ask import Ask
from filmgate.api.cors import Cors
from filmgate.api.front import Front, canonical
from filmgate.api.origin import Origin
from filmgate.api.parts import Parts
from filmgate.api.routing import Route, Table
from filmgate.errors import Unavailable


class Nobody:
    keys: Any = None
    cors = Cors(["*"])
    origin = Origin([])


async def away(ask: Ask) -> None:
    raise Unavailable("The database is busy; try again") from OSError("disk I/O error")


async def broken(ask: Ask) -> None:
    raise RuntimeError("a secret detail")


@pytest.fixture
def client() -> httpx2.AsyncClient:
    table = Table(
        [Route("GET", "/away", away, None, ""), Route("GET", "/broken", broken, None, "")]
    )
    front = Front(table, cast("Parts", Nobody()))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(front), base_url="http://films.test")


async def test_a_503_is_logged_once_with_its_cause(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = await client.get("/away")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    (record,) = caplog.records
    assert answer.headers["x-request-id"] in record.getMessage()
    assert "OSError: disk I/O error" in record.getMessage()
    assert "disk" not in answer.text


async def test_a_fault_is_logged_and_says_nothing(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "a secret detail" in caplog.text


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/videos/", "/v1/videos"),
        ("//v1///videos//x/", "/v1/videos/x"),
        ("/openai/v1/videos", "/v1/videos"),
        ("/openai/videos/", "/v1/videos"),
        ("/health", "/healthz"),
        ("/health/", "/healthz"),
        ("/", "/"),
        ("//", "/"),
    ],
)
def test_every_way_to_write_a_path_is_one(path: str, meant: str) -> None:
    assert canonical(path) == meant
