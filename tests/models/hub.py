"""A hub on loopback, with as much of its API as pulling a model takes."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REFUSALS = {"gated": (403, "GatedRepo"), "missing": (404, "RepoNotFound")}


class Hub:
    """Serves the files of one folder as any `org/name`; `org/gated` and the like are refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.cut: set[str] = set()
        """Files whose next download ends half-way."""
        self.url = ""

    def files(self) -> list[dict[str, Any]]:
        """The tree: large files as such, named by SHA-256; small ones by Git's digest."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return [self._entry(path) for path in paths]

    def _entry(self, path: Path) -> dict[str, Any]:
        data = path.read_bytes()
        git = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
        entry: dict[str, Any] = {"type": "file", "oid": git, "size": len(data)}
        if path.suffix == ".safetensors":
            sha = hashlib.sha256(data).hexdigest()
            entry["lfs"] = {"oid": sha, "size": len(data), "pointerSize": 130}
        return entry | {"path": str(path.relative_to(self.folder))}


class Handler(BaseHTTPRequestHandler):
    """Answers for the hub of its server."""

    server: "Server"
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path.split("?")[0].strip("/")
        self.server.hub.asked.append(f"{self.command} {path}")
        for word, (status, code) in REFUSALS.items():
            if f"org/{word}" in path:
                return self._send(status, b"", {"X-Error-Code": code})
        if "/resolve/" in path:
            return self._file(path.split("/resolve/")[1].partition("/")[2])
        if "/tree/" in path:
            return self._json(self.server.hub.files())
        names = [{"rfilename": entry["path"]} for entry in self.server.hub.files()]
        return self._json({"id": "org/tiny", "sha": COMMIT, "siblings": names})

    def _json(self, value: Any) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _file(self, name: str) -> None:
        entries = {entry["path"]: entry for entry in self.server.hub.files()}
        if name not in entries:
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
        data = (self.server.hub.folder / name).read_bytes()
        etag = entries[name].get("lfs", entries[name])["oid"]
        start = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
        headers = {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        cut = self.command == "GET" and name in self.server.hub.cut
        self.server.hub.cut -= {name} if cut else set()
        return self._send(206 if start else 200, data[start:], headers, cut=cut)

    def _send(
        self, status: int, body: bytes, headers: dict[str, str], *, cut: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = self.close_connection or cut


class Server(ThreadingHTTPServer):
    """Carries its hub to its handlers."""

    hub: Hub


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    """A hub for the length of a block."""
    hub = Hub(folder)
    server = Server(("127.0.0.1", 0), Handler)
    server.hub = hub
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
