"""What only a real server shows: raw bytes on a socket."""

import socket
from urllib.parse import urlsplit

import pytest
import requests
from tests.contract.bodies import as_json
from tests.contract.harness import SORA

from filmgate.testing.served import Served

pytestmark = pytest.mark.process

PIECE = 1 << 20


@pytest.fixture(scope="module")
def film(served: Served) -> str:
    """The path of a film."""
    headers = {"Authorization": f"Bearer {served.key}"}
    url = f"{served.url}/v1/videos"
    video = requests.post(url, headers=headers, json=SORA, timeout=30).json()
    while video["status"] != "completed":
        video = requests.get(f"{url}/{video['id']}", headers=headers, timeout=30).json()
    return f"/v1/videos/{video['id']}/content"


class Wire:
    """A connection that says what it is told to, byte by byte."""

    def __init__(self, served: Served) -> None:
        address = urlsplit(served.url)
        self._socket = socket.create_connection((address.hostname, address.port), timeout=20)
        self._key = served.key
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def say(self, data: bytes) -> None:
        self._socket.sendall(data)

    def ask(self, line: str, *headers: str, body: bytes = b"") -> None:
        lines = [f"{line} HTTP/1.1", "host: x", f"authorization: Bearer {self._key}", *headers]
        self.say("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def head(self) -> tuple[int, dict[str, str]]:
        """The status and headers of the next answer."""
        status = int(self._file.readline().split()[1])
        headers: dict[str, str] = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return status, headers

    def body(self, headers: dict[str, str]) -> bytes:
        return self._file.read(int(headers["content-length"]))


@pytest.fixture
def wire(served: Served) -> "Wire":
    return Wire(served)


def test_head_sends_no_body(wire: Wire, film: str) -> None:
    with wire:
        wire.ask(f"HEAD {film}")
        status, headers = wire.head()
        wire.ask(f"GET {film}")
        again, got = wire.head()
        assert (status, again) == (200, 200)
        assert headers["content-length"] == got["content-length"]
        assert b"ftyp" in wire.body(got)[:12]


@pytest.mark.parametrize("asked", ["", "range: bytes=0-9", "range: bytes=5-2"])
def test_a_film_leaves_whole_and_in_part(wire: Wire, film: str, asked: str) -> None:
    with wire:
        wire.ask(f"GET {film}", *filter(None, [asked]))
        status, headers = wire.head()
        assert status == (206 if asked.endswith("0-9") else 200)
        assert b"ftyp" in wire.body(headers)
        assert headers["x-request-id"].startswith("req_")


def test_a_body_after_100_continue(wire: Wire) -> None:
    body = as_json(SORA)
    with wire:
        wire.ask(
            "POST /v1/videos",
            "content-type: application/json",
            f"content-length: {len(body)}",
            "expect: 100-continue",
        )
        assert wire.head()[0] == 100
        wire.say(body)
        status, headers = wire.head()
        assert status == 200
        assert b'"pending"' in wire.body(headers)


def test_a_chunked_body(wire: Wire) -> None:
    body = as_json(SORA)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:9], body[9:]))
    with wire:
        wire.ask(
            "POST /v1/videos",
            "content-type: application/json",
            "transfer-encoding: chunked",
            body=chunks + b"0\r\n\r\n",
        )
        assert wire.head()[0] == 200


def test_a_delete_with_a_type_and_no_body(wire: Wire, film: str) -> None:
    with wire:
        wire.ask("DELETE /v1/videos/video_none", "content-type: application/json")
        assert wire.head()[0] == 404


def test_a_declared_length_over_the_limit_is_refused_unread(wire: Wire) -> None:
    with wire:
        wire.ask("POST /v1/videos", f"content-length: {65 << 20}")
        status, headers = wire.head()
        assert status == 413
        assert b"request_too_large" in wire.body(headers)


def test_a_body_over_the_limit_is_refused_and_the_server_lives(served: Served) -> None:
    headers = {"Authorization": f"Bearer {served.key}"}
    pieces = (bytes(PIECE) for _ in range(70))
    try:
        answer = requests.post(f"{served.url}/v1/videos", headers=headers, data=pieces, timeout=30)
    except requests.ConnectionError:
        pass  # it closed the connection while we were still sending, which is as good
    else:
        assert answer.status_code == 413
    assert requests.get(f"{served.url}/healthz", timeout=30).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/videos/%00",
        "/v1/videos/%ED%A0%80",
        "/v1/videos/%FF%FE",
        "/v1/videos/%",
        "/v1/videos/é",
        "/v1/videos/..%2F..%2Fetc%2Fpasswd",
        "/v1/videos/../../etc/passwd",
        "/v1/videos/" + "x" * 5000,
        "/v1/videos/%F0%9F%8E%AC/content",
    ],
)
def test_a_strange_path_is_not_found(wire: Wire, path: str) -> None:
    with wire:
        wire.ask(f"GET {path}")
        status, _ = wire.head()
        assert status in (400, 404)


def test_a_broken_request_harms_nobody(wire: Wire, served: Served) -> None:
    with wire:
        wire.say(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n")
    assert requests.get(f"{served.url}/healthz", timeout=30).status_code == 200
