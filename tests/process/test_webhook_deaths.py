"""A worker that is killed while it tells of an event leaves it to the next one."""

import os
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import openai
import pytest

from filmgate.testing.served import KEY, Served, served

pytestmark = pytest.mark.process


class Receiver(HTTPServer):
    """Does `before` with each event that arrives, then takes it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.before: Any = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((dict(self.headers), body))
        self.server.before()
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_worker_killed_between_post_and_record_tells_again_under_the_same_id(
    tmp_path: Path, receiver: Receiver
) -> None:
    both: Any = ["video.completed", "video.failed"]
    with served(tmp_path, webhook_networks='["127.0.0.1/32"]', webhook_timeout_s="0.5") as server:
        base = f"http://127.0.0.1:{server.port}/v1"
        with openai.OpenAI(api_key=KEY, base_url=base) as sdk:
            made = sdk.webhooks.create(name="mine", url=receiver.url, event_types=both)

            def kill_the_first_time() -> None:
                if len(receiver.got) == 1:
                    os.kill(server.child("worker"), signal.SIGKILL)

            receiver.before = kill_the_first_time
            video = server.create("plain")
            server.until(lambda: len(receiver.got) >= 2, 30)
            server.until(lambda: log_of(server, made.id))
            (entry,) = log_of(server, made.id)
    assert (entry["outcome"], entry["attempt"]) == ("delivered", 2)
    for headers, body in receiver.got:
        event: Any = sdk.webhooks.unwrap(body, headers, secret=made.signing_secret)
        assert (event.id, event.data.id) == (entry["event_id"], video["id"])


def log_of(server: Served, endpoint_id: str) -> list[dict[str, Any]]:
    answer = server.client.get(f"/v1/webhook_endpoints/{endpoint_id}/deliveries")
    found: list[dict[str, Any]] = answer.json()["data"]
    return found
