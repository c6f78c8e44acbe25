"""One trace from a caller's create to the webhook, over processes, as a collector gets it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from filmgate.testing.served import served

pytestmark = pytest.mark.process

TRACE = "0af7651916cd43dd8448eb211c80319c"


class Collector(ThreadingHTTPServer):
    """Takes spans at /v1/traces, and webhooks anywhere else."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.spans: list[tuple[str, str]] = []
        self.hooks: list[str | None] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/traces":
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    self.server.spans += [(one.name, one.trace_id.hex()) for one in scope.spans]
        else:
            self.server.hooks.append(self.headers["traceparent"])
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def collecting() -> Iterator[Collector]:
    with Collector() as collector:
        thread = threading.Thread(target=collector.serve_forever)
        thread.start()
        yield collector
        collector.shutdown()
        thread.join()


def test_one_trace_from_create_to_delivery(tmp_path: Path) -> None:
    with collecting() as collector:
        settings = {"traces": collector.url, "webhook_networks": '["127.0.0.0/8"]'}
        with served(tmp_path / "data", **settings) as server:
            hook = {
                "name": "me",
                "url": f"{collector.url}/hook",
                "event_types": ["video.completed"],
            }
            made = server.client.post("/v1/webhook_endpoints", json=hook)
            assert made.status_code == 200, made.text
            server.client.headers["traceparent"] = f"00-{TRACE}-b7ad6b7169203331-01"
            video = server.create("a dog")
            del server.client.headers["traceparent"]
            server.wait(video["id"], "completed")
            server.until(lambda: collector.hooks)
        assert server.process.wait(20) == 0
    ours = {name for name, trace in collector.spans if trace == TRACE}
    assert ours == {"POST", "video", "generate", "publish", "webhook"}
    assert [hook.split("-")[1] for hook in collector.hooks if hook] == [TRACE]
