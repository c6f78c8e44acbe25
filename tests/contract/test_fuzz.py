"""Whatever is sent: never a fault of the server, and always the envelope."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.bodies import BOUNDARY, JSON, MULTIPART, URLENCODED
from tests.contract.harness import SORA, Server, Stock

from filmgate.api.fields import FIELDS

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAST = settings(
    max_examples=200,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

TEXT = st.text(st.characters(codec=None), max_size=20)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXT
    | st.sampled_from(["sora-1.0", "sora-2", "4", "128x128", "1280x720", "url", "1e999", "-0", "0"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)
NAMES = st.sampled_from(sorted(FIELDS))
BODIES = (
    st.dictionaries(NAMES, VALUES, max_size=2).map(lambda change: SORA | change)
    | st.dictionaries(NAMES | TEXT, VALUES, max_size=6)
    | VALUES
)
KINDS = st.sampled_from(
    [JSON, MULTIPART, "multipart/form-data", URLENCODED, "text/plain", "", "é;="]
)
PIECES = st.sampled_from(
    [
        f"--{BOUNDARY}\r\n".encode(),
        f"\r\n--{BOUNDARY}--\r\n".encode(),
        b'Content-Disposition: form-data; name="prompt"\r\n',
        b'Content-Disposition: form-data; name="image"; filename="a"\r\n',
        b'Content-Disposition: form-data; name="metadata[a][b]"\r\n',
        b"Content-Type: application/json\r\n",
        b"\r\n",
        b'{"prompt":',
        b"}",
        b"prompt=x&",
        b"metadata[a]=",
        b"--",
    ]
)
BYTES = st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=8)).map(b"".join)


async def answered_well(server: Server, method: str, path: str, **body: Any) -> None:
    """Send it; the client itself holds the answer against the document."""
    answer = await server.client.request(method, path, **body)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert set(answer.json()["error"]) == {"message", "type", "param", "code"}


@FAST
@given(fields=BODIES)
async def test_any_json(steady: Server, fields: Any) -> None:
    headers = {"content-type": JSON}
    content = json.dumps(fields).encode()
    await answered_well(steady, "POST", "/v1/videos", content=content, headers=headers)


@FAST
@given(content=BYTES, kind=KINDS)
async def test_any_bytes(steady: Server, content: bytes, kind: str) -> None:
    headers = {"content-type": kind.encode("latin-1")}
    await answered_well(steady, "POST", "/v1/videos", content=content, headers=headers)


@FAST
@given(fields=st.dictionaries(NAMES | TEXT.filter(str.isprintable), SCALARS.map(str), max_size=6))
async def test_any_form(steady: Server, fields: dict[str, str]) -> None:
    safe = {
        name.encode(errors="replace").decode(): value.encode(errors="replace").decode()
        for name, value in fields.items()
    }
    for body in ({"data": safe}, {"files": {name: (None, text) for name, text in safe.items()}}):
        await answered_well(steady, "POST", "/v1/videos", **body)


@FAST
@given(
    query=st.dictionaries(
        st.sampled_from(["after", "limit", "order", "status", "model", "user", "x"]),
        SCALARS.map(lambda value: str(value).encode(errors="replace").decode()),
    )
)
async def test_any_query(steady: Server, query: dict[str, str]) -> None:
    await answered_well(steady, "GET", "/v1/videos", params=query)


@FAST
@given(
    name=st.sampled_from(["authorization", "range", "if-range", "if-none-match", "content-type"]),
    value=st.binary(max_size=30).filter(lambda value: not set(value) & set(b"\r\n\0")),
)
async def test_any_header(steady: Server, stock: Stock, name: str, value: bytes) -> None:
    path = f"/v1/videos/{stock.ids['finished']}/content"
    await answered_well(steady, "GET", path, headers=[(name.encode(), value)])
