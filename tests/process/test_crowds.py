"""A crowd of connections that do nothing, and a server that goes on answering."""

import socket
from collections.abc import Iterator

import pytest

from filmgate.testing.served import Served, served

pytestmark = pytest.mark.process

EACH = 300
HEAD = b"POST /v1/videos HTTP/1.1\r\nhost: x\r\nauthorization: Bearer test-key\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


def connected(server: Served, sent: bytes, answered: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    connection.sendall(sent)
    while answered and answered not in connection.recv(65_536):
        continue
    return connection


def test_silent_slow_and_idle_connections_shut_nobody_out(server: Served) -> None:
    idle = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
    body = HEAD + b"content-length: 1000\r\n\r\n{"
    crowd: list[socket.socket] = []
    try:
        for _ in range(EACH):
            crowd += [
                connected(server, b""),
                connected(server, HEAD),
                connected(server, body),
                connected(server, idle, b'"status"'),
            ]
        for _ in range(20):
            assert server.client.get("/healthz").status_code == 200
        server.wait(server.create("a dog")["id"], "completed")
    finally:
        for connection in crowd:
            connection.close()


def test_callers_may_look_while_the_workers_finish(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(tmp_path_factory.mktemp("stopped"), grace_s="30") as server:
        video = server.create("zoo:slow", duration=3)
        server.wait(video["id"], "processing")
        server.process.terminate()
        server.wait(video["id"], "completed")
        assert server.process.wait(20) == 0
