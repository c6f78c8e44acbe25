import logging
from typing import Any

import pytest
from starlette.datastructures import Headers

from filmgate.api.origin import Origin
from filmgate.errors import InvalidParameter


def scope(client: str = "10.0.0.7", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": "http", "client": (client, 1), "headers": raw}


def settled(origin: Origin, asked: dict[str, Any]) -> tuple[str, str | None]:
    origin.settle(asked, Headers(scope=asked))
    return asked["scheme"], Headers(scope=asked).get("host")


FORWARDED = {
    "host": "inside:8000",
    "x_forwarded_proto": "https",
    "x_forwarded_host": "films.example.com",
}


@pytest.mark.parametrize("client", ["10.0.0.7", "10.0.255.1"])
def test_a_trusted_proxy_is_believed(client: str) -> None:
    asked = scope(client, **FORWARDED)
    assert settled(Origin(["10.0.0.0/16"]), asked) == ("https", "films.example.com")


@pytest.mark.parametrize("client", ["10.1.0.7", "::1", "a path"])
def test_nobody_else_is_and_the_operator_is_told_once(
    client: str, caplog: pytest.LogCaptureFixture
) -> None:
    origin = Origin(["10.0.0.0/16"])
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert settled(origin, scope(client, **FORWARDED)) == ("http", "inside:8000")
    assert [client in record.getMessage() for record in caplog.records] == [True]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"x_forwarded_proto": "https, http"}, ("https", "inside")),
        ({"x_forwarded_proto": "javascript"}, ("http", "inside")),
        ({"x_forwarded_host": "a.example, b.example"}, ("http", "a.example")),
        ({"x_forwarded_host": '"><script>'}, ("http", "inside")),
        ({"x_forwarded_port": "8443"}, ("http", "inside:8443")),
        ({"x_forwarded_proto": "https", "x_forwarded_port": "443"}, ("https", "inside")),
    ],
)
def test_what_it_says_is_read_with_care(headers: dict[str, str], found: tuple[str, str]) -> None:
    asked = scope(host="inside", **headers)
    assert settled(Origin(["10.0.0.0/8"]), asked) == found


@pytest.mark.parametrize("host", ["films.example:8443", "[::1]:8000", "10.0.0.7", "a_b"])
def test_a_host_is_a_name_or_an_address(host: str) -> None:
    assert settled(Origin([]), scope(host=host)) == ("http", host)


def test_a_host_is_given_once() -> None:
    both = scope(host="a")
    both["headers"].append((b"host", b"b"))
    for asked in (both, scope()):
        with pytest.raises(InvalidParameter, match="once"):
            settled(Origin([]), asked)
    assert settled(Origin([]), scope() | {"http_version": "1.0"}) == ("http", None)


@pytest.mark.parametrize(
    "host", ['"><script>alert(1)</script>', "a b", "a/b", "a:b", "a@b", "é", "a:65536", "a:99999"]
)
def test_a_host_that_is_none_is_refused(host: str) -> None:
    with pytest.raises(InvalidParameter, match="Host"):
        settled(Origin([]), scope(host=host))
