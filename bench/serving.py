"""Serving, measured beside a bare FastAPI-on-granian app in the same run.

Prints status reads, durable creates (`synchronous=FULL`) and downloads of a 50 MB film a second,
each with its ratio to the bare app; what the access log costs a status read, on and off side by
side; and pick-up, readiness and memory by themselves. Needs `wrk` (Debian: apt-get install wrk).
Takes about a minute and a half.

    python bench/serving.py [--seconds 3] [--rounds 3] [--json FILE]
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx2

KEY = "bench-key"
FILM_BYTES = 50_000_000
CONNECTIONS = 16
PLAIN = "filmgate.testing.engines:Plain"
BODY = {
    "model": "sora-1.0",
    "prompt": "a cat dozes in the sun",
    "duration": 1,
    "size": "128x128",
    "fps": 1,
}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *argv: str, log: IO[bytes] | None = None, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the length of a block; its log goes where ours does, or into a file."""
    process = subprocess.Popen(
        [sys.executable, *argv], env=os.environ | variables, stdout=subprocess.DEVNULL, stderr=log
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def serving(
    data: Path, workers: int, log: IO[bytes] | None = None, **more: str
) -> Iterator[tuple[httpx2.Client, int, float]]:
    """A Filmgate: a client of it, its process id, and how many seconds it took to be ready."""
    port = free_port()
    engines = {"animatic": {"kind": PLAIN, "workers": workers}}
    variables = {
        "FILMGATE_API_KEY": KEY,
        "FILMGATE_DATA": str(data),
        "FILMGATE_PORT": str(port),
        "FILMGATE_ENGINES": json.dumps(engines),
        "FILMGATE_LOG_LEVEL": "error",
        **more,
    }
    began = time.monotonic()
    argv = ("-m", "filmgate", "serve")
    with running(*argv, log=log, **variables) as process, client(port) as http:
        wait(http, "/readyz" if workers else "/healthz")
        yield http, process.pid, time.monotonic() - began


@contextmanager
def client(port: int) -> Iterator[httpx2.Client]:
    """A client of a loopback port."""
    headers = {"authorization": f"Bearer {KEY}"}
    base = f"http://127.0.0.1:{port}"
    with httpx2.Client(base_url=base, headers=headers, trust_env=False) as http:
        yield http


def wait(http: httpx2.Client, path: str) -> None:
    """Wait until a path answers 200."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if http.get(path).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.01)
    raise SystemExit(f"{path} never answered")


def completed(http: httpx2.Client) -> str:
    """The id of a completed video."""
    video_id: str = http.post("/v1/videos", json=BODY).json()["id"]
    while http.get(f"/v1/videos/{video_id}").json()["status"] != "completed":
        time.sleep(0.02)
    return video_id


def swap_film(data: Path, video_id: str) -> Path:
    """Put 50 MB in the place of a completed video's film; return where they lie."""
    film = next((data / "files" / "videos" / video_id).rglob("0.mp4"))
    film.write_bytes(os.urandom(FILM_BYTES))
    with sqlite3.connect(data / "filmgate.db", timeout=10) as rows:
        (stored,) = rows.execute("SELECT outputs FROM videos WHERE id = ?", (video_id,)).fetchone()
        outputs = json.loads(stored)
        outputs[0]["clip"]["size"] = FILM_BYTES
        rows.execute("UPDATE videos SET outputs = ? WHERE id = ?", (json.dumps(outputs), video_id))
    rows.close()
    return film


def wrk(
    url: str, seconds: int, script: Path | None = None, connections: int = CONNECTIONS
) -> float:
    """Requests a second, none of them failed."""
    argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"authorization: Bearer {KEY}"]
    argv += ["-s", str(script)] if script else []
    out = subprocess.run([*argv, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"requests failed at {url}:\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(found.group(1)) if found else 0.0


def side_by_side(
    ours: Callable[[], float], bare: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Medians of both, taken in turns, and the median of each round's ratio."""
    pairs = [(ours(), bare()) for _ in range(rounds)]
    ratio = statistics.median(one / other for one, other in pairs)
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        ratio,
    )


def post_script(folder: Path) -> Path:
    """What wrk posts."""
    script = folder / "post.lua"
    script.write_text(
        f"wrk.method = 'POST'\nwrk.body = '{json.dumps(BODY)}'\n"
        "wrk.headers['content-type'] = 'application/json'\n"
    )
    return script


def memory_mb(pid: int, word: str) -> float:
    """Resident megabytes of the child whose command line has this word."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if word in Path(f"/proc/{child}/cmdline").read_text():
            status = Path(f"/proc/{child}/status").read_text()
            found = re.search(r"VmRSS:\s+(\d+)", status)
            return int(found.group(1)) / 1024 if found else 0.0
    return 0.0


def pick_up_ms(http: httpx2.Client, data: Path, count: int = 30) -> float:
    """Median milliseconds from a video's creation to its start, on an idle worker."""
    ids = [completed(http) for _ in range(count)]
    marks = ",".join("?" * count)
    with sqlite3.connect(data / "filmgate.db") as rows:
        waits = rows.execute(
            f"SELECT (started_at - created_at) * 1000 FROM videos WHERE id IN ({marks})", ids
        ).fetchall()
    rows.close()
    return float(statistics.median(wait for (wait,) in waits))


def access_log(data: Path, path: str, seconds: int, rounds: int) -> tuple[float, float, float]:
    """Status reads a second with the access log and without, and their ratio.

    Two servers on two copies of the data, both at the log level that writes the lines; the lines of
    one go to a file, as a service's go to its journal.
    """
    other = data.with_name("other")
    shutil.copytree(data, other)
    spoken = {"FILMGATE_LOG_LEVEL": "info"}
    with (
        (data / "log").open("wb") as log,
        serving(data, 0, log, **spoken, FILMGATE_ACCESS_LOG="true") as (told, _, _),
        serving(other, 0, log, **spoken, FILMGATE_ACCESS_LOG="false") as (untold, _, _),
    ):
        on, off = (f"{http.base_url}".rstrip("/") + path for http in (told, untold))
        found = side_by_side(lambda: wrk(on, seconds), lambda: wrk(off, seconds), rounds)
    if b"filmgate.access" not in (data / "log").read_bytes():
        raise SystemExit("no line of the access log was written")
    return found


def measure(seconds: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Every figure of this bench."""
    data, bare_port = folder / "data", free_port()
    film = folder / "film.mp4"
    found: dict[str, Any] = {}
    film.write_bytes(os.urandom(FILM_BYTES))
    bare = f"http://127.0.0.1:{bare_port}"
    bare_app = str(Path(__file__).with_name("bare.py"))
    with running(bare_app, str(bare_port), str(film)), client(bare_port) as other:
        wait(other, "/v1/videos/x")
        with serving(data, workers=1) as (http, _, ready):
            found["ready_s"] = ready
            found["pick_up_p50_ms"] = pick_up_ms(http, data)
            video_id = completed(http)
            swap_film(data, video_id)
        with serving(data, workers=0) as (http, pid, _):
            url = f"{http.base_url}".rstrip("/")
            path = f"/v1/videos/{video_id}"
            found["reads"] = side_by_side(
                lambda: wrk(url + path, seconds), lambda: wrk(bare + path, seconds), rounds
            )
            found["downloads"] = side_by_side(
                lambda: wrk(f"{url}{path}/content", seconds, connections=4),
                lambda: wrk(f"{bare}{path}/content", seconds, connections=4),
                rounds,
            )
            script = post_script(folder)
            found["creates"] = side_by_side(
                lambda: wrk(f"{url}/v1/videos", seconds, script),
                lambda: wrk(f"{bare}/v1/videos", seconds, script),
                rounds,
            )
            found["http_memory_mb"] = memory_mb(pid, "filmgate.processes.http")
    found["access_log"] = access_log(data, path, seconds, rounds)
    return found


def show(found: dict[str, Any]) -> None:
    """One line a figure."""
    print(f"{'a second':<28}{'filmgate':>10}{'bare':>10}{'ratio':>8}{'to reach':>10}")
    for name, goal in (("reads", 0.35), ("creates", 0.15), ("downloads", 0.6)):
        ours, bare, ratio = found[name]
        print(f"{name:<28}{ours:>10.0f}{bare:>10.0f}{ratio:>8.2f}{goal:>10.2f}")
    told, untold, ratio = found["access_log"]
    print(f"{'reads, access log on / off':<28}{told:>10.0f}{untold:>10.0f}{ratio:>8.2f}")
    print(f"{'pick-up, p50':<28}{found['pick_up_p50_ms']:>7.0f} ms{'':>18}{'≤ 100':>10}")
    print(f"{'serve ready after':<28}{found['ready_s']:>8.2f} s{'':>18}{'≤ 2':>10}")
    print(f"{'HTTP process':<28}{found['http_memory_mb']:>7.0f} MB{'':>18}{'≤ 200':>10}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("this bench needs wrk: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.seconds, given.rounds, Path(folder))
    show(found)
    if given.json:
        given.json.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
