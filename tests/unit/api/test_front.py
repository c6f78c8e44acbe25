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
from filmgate.telemetry.tracing import NO_TRACES
from filmgate.testing.clock import ManualClock


class Nobody:
    keys: Any = None
    cors = Cors(["*"])
    origin = Origin([])
    clock = ManualClock()
    tracer = NO_TRACES
    access_log = True

    def __init__(self) -> None:
        self.metrics = self
        self.counted: list[tuple[str, str, int]] = []

    def count_answer(self, method: str, route: str, status: int, seconds: float) -> None:
        self.counted.append((method, route, status))


async def away(ask: Ask) -> None:
    raise Unavailable("The database is busy; try again") from OSError("disk I/O error")


async def broken(ask: Ask) -> None:
    raise RuntimeError("a secret detail")


@pytest.fixture
def nobody() -> Nobody:
    return Nobody()


@pytest.fixture
def client(nobody: Nobody) -> httpx2.AsyncClient:
    table = Table(
        [Route("GET", "/away", away, None, ""), Route("GET", "/broken", broken, None, "")]
    )
    front = Front(table, cast("Parts", nobody))
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


async def test_each_answer_is_one_line_and_one_count(
    client: httpx2.AsyncClient, nobody: Nobody, caplog: pytest.LogCaptureFixture
) -> None:
    """By the template of its route: no path, no query."""
    with caplog.at_level(logging.INFO, "filmgate.access"):
        await client.get("/away?prompt=secret", headers={"x-request-id": "from-a-proxy:7"})
        await client.get("/nowhere/secret")
    lines = [r.getMessage() for r in caplog.records if r.name == "filmgate.access"]
    assert lines == [
        "GET /away 503 0.0 ms account=- request=from-a-proxy:7",
        lines[1],
    ]
    assert lines[1].startswith("GET - 401 0.0 ms account=- request=req_")
    assert "secret" not in caplog.text
    assert nobody.counted == [("GET", "/away", 503), ("GET", "-", 401)]


@pytest.mark.parametrize("sent", ["", "two words", "a\tb", "x" * 129, "é"])
async def test_a_request_id_that_is_not_fit_is_made_anew(
    client: httpx2.AsyncClient, sent: str
) -> None:
    answer = await client.get("/away", headers=[(b"x-request-id", sent.encode())])
    assert answer.headers["x-request-id"].startswith("req_")


async def test_a_request_id_is_taken_in_and_given_back(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/away", headers={"X-Request-Id": "9f3c/1"})
    assert answer.headers.get_list("x-request-id") == ["9f3c/1"]


async def test_the_log_can_be_silent(
    client: httpx2.AsyncClient, nobody: Nobody, caplog: pytest.LogCaptureFixture
) -> None:
    nobody.access_log = False
    with caplog.at_level(logging.INFO, "filmgate.access"):
        await client.get("/away")
    assert not [r for r in caplog.records if r.name == "filmgate.access"]
    assert len(nobody.counted) == 1
