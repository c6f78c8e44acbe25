"""Starts and stops a server again and again, and counts what a stop must not leave.

    python bench/stops.py --stops 200

Every second stop comes while requests are under way, every third right after the start. A stop is
clean when the supervisor and its children end with 0, and the log holds neither a panic nor a
traceback.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx2

from filmgate.testing.served import free_port

PLAIN = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'
KEY = "a-key-of-the-stops"
IN_ORDER = {0, 130, -signal.SIGTERM}
"""The last two are those of a command that is stopped before it has started anything."""
HUNG = 999
BAD = ("panicked", "panic in a function", "Traceback", "Task exception", "never retrieved")


def asking(port: int, until: threading.Event) -> None:
    """Keep the server busy, over connections that come and go and one that stays."""
    headers = {"authorization": f"Bearer {KEY}"}
    with httpx2.Client(headers=headers, trust_env=False, timeout=2) as kept:
        while not until.is_set():
            with suppress(httpx2.HTTPError):
                kept.get(f"http://127.0.0.1:{port}/v1/models")
                httpx2.get(f"http://127.0.0.1:{port}/healthz", trust_env=False, timeout=2)


def one(data: Path, number: int) -> tuple[int, list[str], float]:
    """One life: exit code, what was bad in the log, and how long the stop took."""
    port, log, home = free_port(), data / f"{number}.log", data / f"data-{number}"
    told = {"FILMGATE_API_KEY": KEY, "FILMGATE_ENGINES": PLAIN, "FILMGATE_GRACE_S": "5"}
    command = [sys.executable, "-m", "filmgate", "serve", "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--data", str(home)],
            env=os.environ | told,
            stdout=file,
            stderr=file,
        )
    over = threading.Event()
    threads = [
        threading.Thread(target=asking, args=(port, over), daemon=True)
        for _ in range(number % 2 * 3)
    ]
    for thread in threads:
        thread.start()
    if number % 3 == 0:
        while not (home / "lock").exists():
            time.sleep(0.01)
        time.sleep(random.uniform(0, 2.0))
    else:
        until_ready(process, port, log)
        time.sleep(random.uniform(0, 0.3))
    began = time.monotonic()
    process.send_signal(random.choice((signal.SIGTERM, signal.SIGINT)))
    code, bad = await_end(process), []
    took = time.monotonic() - began
    over.set()
    for thread in threads:
        thread.join()
    text = log.read_text("utf-8", "replace")
    if code == HUNG:
        bad += ["it did not end within a minute; its last words:", *text.splitlines()[-12:]]
    bad += [line for line in text.splitlines() if any(word in line for word in BAD)]
    bad += [line for line in text.splitlines() if " ended with " in line]
    return code, bad, took


def await_end(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return HUNG


def until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx2.HTTPError):
            if httpx2.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).is_success:
                return
        time.sleep(0.02)
    process.kill()
    raise SystemExit(f"not ready, or ended: {process.poll()}\n{log.read_text('utf-8', 'replace')}")


def main() -> int:
    """Count, and end with 1 where a stop was not clean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=200)
    wanted = parser.parse_args()
    codes: Counter[int] = Counter()
    worst, dirty = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(wanted.stops):
            code, bad, took = one(Path(folder), number)
            codes[code] += 1
            worst, dirty = max(worst, took), dirty + bool(bad)
            for line in bad[:14]:
                print(f"stop {number}: {line}", flush=True)
    print(f"{wanted.stops} stops: {dirty} dirty, exit codes {dict(codes)}, slowest {worst:.1f} s")
    return int(dirty > 0 or not set(codes) <= IN_ORDER)


if __name__ == "__main__":
    sys.exit(main())
