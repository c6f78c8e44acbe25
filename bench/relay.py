"""Many videos at once through one relay worker, and what becomes of them when it is killed.

    python bench/relay.py                             # 500 in flight: memory, latency, requests
    python bench/relay.py --callbacks                 # the same at an upstream that rings
    python bench/relay.py --render 60                 # renders of 60 to 120 s rather than 20 to 40
    python bench/relay.py --videos 60 --kills 12      # paid once, delivered once, whatever dies
    python bench/relay.py --kind sglang --kills 12    # at one that counts, and honours no key
    python bench/relay.py --litellm FOLDER            # beside LiteLLM's proxy, installed in FOLDER

The upstream is scripted, in this process. Each order carries our video's id, as its key, in the
model's name or in the address to ring, so that this side can count what the other was asked for.
Latency is from the moment that a film is done upstream to the moment that its row is completed
here: the next look, the fetch, the proof, the stills, the disk. A film takes from `--render` to
twice as many seconds; CPU is what each process used meanwhile, of one processor.

Beside LiteLLM's proxy, creates and status reads a second are counted by `wrk` in turns, over the
same upstream, with eight connections. Ours are durable, admitted and held in the ledger, and orders
go out meanwhile; the proxy's are one request to the upstream each.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx2

from filmgate.testing.litellm import install, proxying
from filmgate.testing.served import Served, free_port, served
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Job, Script, open_script

MODELS = {"sora-1.0": "film", "sora-2": "film"}
WORKER = "filmgate.processes.worker"


@contextmanager
def upstream(render_s: float, kind: str = "filmgate", *, rings: bool = False) -> Iterator[Script]:
    """A scripted upstream in a thread of its own."""
    found: list[Script] = []
    ready, stop = threading.Event(), asyncio.Event()

    async def live() -> None:
        quirks = Quirks(render_s=render_s, idempotent=kind == "filmgate", rings=rings)
        async with open_script(quirks) as script:
            found.append(script)
            ready.set()
            await stop.wait()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(live(),))
    thread.start()
    ready.wait()
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def settings_of(
    script: Script, slots: int, kind: str = "filmgate", *, rings: bool = False
) -> dict[str, str]:
    """A server whose one engine relays to the script, which charges."""
    port = free_port()
    lab: dict[str, object] = {
        "kind": kind,
        "paid": True,
        "url": script.url,
        "models": MODELS,
        "most_per_second": 500,
    }
    options: dict[str, object] = {"upstreams": {"lab": lab}}
    if rings:
        lab["settings"] = {"callback": "callback_url"}
        options["callbacks"] = f"http://127.0.0.1:{port}"
    return {
        "port": str(port),
        "engines": json.dumps({"relay": {"kind": "relay", "slots": slots, "options": options}}),
        "cards": json.dumps({model: {"engine": "relay"} for model in MODELS}),
        "max_running": "0",
        "max_queued": "0",
        "max_per_minute": "0",
    }


def rows(data: Path) -> dict[str, tuple[str, float | None]]:
    """Each video's state, or why it failed, and when it ended."""
    with closing(sqlite3.connect(data / "filmgate.db", timeout=30)) as database:
        found = database.execute(
            "SELECT id, COALESCE(failure, state), completed_at FROM videos"
        ).fetchall()
    return {video: (state, completed) for video, state, completed in found}


def wait(server: Served, videos: int, kills: int) -> float:
    """Wait until all have ended, killing on the way; the most memory of a relay worker, MB."""
    most, killed = 0.0, 0
    while True:
        states = Counter(state for state, _ in rows(server.data).values())
        if not states["queued"] + states["running"] and sum(states.values()) == videos:
            return most
        most = max(most, memory(server))
        if killed < kills and states["running"]:
            killed += kill_one(server)
        time.sleep(random.uniform(0.5, 2.0) if kills else 0.5)


def memory(server: Served) -> float:
    """The most memory that the worker has held, MB."""
    try:
        return peak_mb(server.child(WORKER))
    except (ValueError, FileNotFoundError):
        return 0.0


def peak_mb(pid: int) -> float:
    """The most memory that a process has held, MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def cpu_shares(server: Served, seconds: float, own_s: float) -> dict[str, float]:
    """How much of one processor the worker, the HTTP process and this one used; none that died."""
    ticks = os.sysconf("SC_CLK_TCK")
    found = {"bench and upstream": own_s}
    for pid, line in server.children().items():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        found["worker" if WORKER in line else "http"] = (int(fields[11]) + int(fields[12])) / ticks
    return {f"CPU, {name}": round(used / seconds, 2) for name, used in found.items()}


def kill_one(server: Served) -> int:
    """Kill the worker, or all of the server and start it anew."""
    children = [pid for pid, line in server.children().items() if WORKER in line]
    if not children:
        return 0
    if random.random() < 0.7:
        os.kill(children[0], signal.SIGKILL)
        return 1
    for pid in server.children():
        os.kill(pid, signal.SIGKILL)
    server.stop(signal.SIGKILL)
    server.start()
    return 1


def main() -> None:
    """Run it and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--videos", type=int, default=500)
    parser.add_argument("--render", type=float, default=20.0, help="least seconds a film takes")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--kind", choices=["filmgate", "sglang", "openai"], default="filmgate")
    parser.add_argument("--callbacks", action="store_true", help="the upstream rings; kind openai")
    parser.add_argument("--litellm", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.litellm:
        beside_litellm(given.litellm)
        return
    kind, rings = "openai" if given.callbacks else given.kind, given.callbacks
    with (
        tempfile.TemporaryDirectory() as folder,
        upstream(given.render, kind, rings=rings) as script,
    ):
        data, slots = Path(folder), max(200, given.videos)
        with served(data, **settings_of(script, slots, kind, rings=rings)) as server:
            began, own = time.monotonic(), time.process_time()
            for number in range(given.videos):
                server.create(f"film {number}")
            created_s = time.monotonic() - began
            most = wait(server, given.videos, given.kills)
            shares = cpu_shares(server, time.monotonic() - began, time.process_time() - own)
        report(script, rows(data), given.kills, created_s, most, shares)


def video_of(script: Script, job: Job) -> str:
    """Our video that a job was ordered for."""
    keys = {name: key for key, name in script.keys.items() if key}
    tag = keys.get(job.id) or str(job.fields.get("model", "")).rpartition("#")[2]
    if address := job.fields.get("callback_url"):
        tag = str(address).split("/")[-2]
    return tag.rpartition("-0-")[0]


def beside_litellm(folder: Path, rounds: int = 3) -> None:
    """Creates and status reads a second, ours and the proxy's in turns; print the medians."""
    body = {"model": "sora-2", "prompt": "a cat", "seconds": "4", "size": "1280x720"}
    command = install(folder)
    found: dict[str, list[float]] = {}
    with (
        tempfile.TemporaryDirectory() as place,
        upstream(3600) as script,
        served(Path(place) / "front", grace_s="0", **settings_of(script, slots=200)) as front,
        proxying(command, Path(place), MODELS, script.url, "none") as proxy,
    ):
        ours, theirs = (f"{front.url}/v1", front.key), (proxy.url, proxy.key)
        ids = {url: first_id(url, key, body) for url, key in (ours, theirs)}
        for _ in range(rounds):
            for name, (url, key) in {"Filmgate": ours, "LiteLLM": theirs}.items():
                creates = wrk(f"{url}/videos", key, Path(place), body)
                found.setdefault(f"{name}: creates a second", []).append(creates)
                reads = wrk(f"{url}/videos/{quote(ids[url], safe='')}", key, Path(place))
                found.setdefault(f"{name}: status reads a second", []).append(reads)
        print(f"{'LiteLLM: memory, MB':38}{peak_mb(proxy.pid):.0f}")
        medians = {name: statistics.median(figures) for name, figures in found.items()}
        for name, figure in medians.items():
            print(f"{name:38}{figure:.1f}")
        for what in ("creates a second", "status reads a second"):
            ratio = medians[f"Filmgate: {what}"] / max(0.1, medians[f"LiteLLM: {what}"])
            print(f"{f'Filmgate to LiteLLM, {what}':38}{ratio:.1f}")


def first_id(url: str, key: str, body: dict[str, str]) -> str:
    """The id of a new video."""
    headers = {"authorization": f"Bearer {key}"}
    answer = httpx2.post(f"{url}/videos", headers=headers, json=body, timeout=120, trust_env=False)
    return str(answer.raise_for_status().json()["id"])


def wrk(url: str, key: str, folder: Path, body: dict[str, str] | None = None) -> float:
    """Requests a second over eight connections for five seconds, none of them failed."""
    script = folder / "wrk.lua"
    lines = [f"wrk.method = 'POST'\nwrk.body = '{json.dumps(body)}'"] if body else []
    lines += ["wrk.headers['content-type'] = 'application/json'"] if body else []
    script.write_text("\n".join(lines))
    argv = ["wrk", "-t1", "-c8", "-d5s", "--timeout", "60s", "-s", str(script)]
    argv += ["-H", f"authorization: Bearer {key}", url]
    out = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"requests failed at {url}:\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(found.group(1)) if found else 0.0


def report(
    script: Script,
    found: dict[str, tuple[str, float | None]],
    kills: int,
    created_s: float,
    most: float,
    shares: dict[str, float],
) -> None:
    """Print the figures."""
    jobs = {job.id: video_of(script, job) for job in script.jobs.values()}
    orders = Counter(jobs.values())
    done_at = {video: script.jobs[job].done_at for job, video in jobs.items()}
    completed = {video: at for video, (state, at) in found.items() if state == "completed"}
    added = sorted((at or 0) - done_at[video] for video, at in completed.items())
    asked = sum(script.counts.values())
    figures = {
        "videos": len(found),
        "kills": kills,
        "created in, s": round(created_s, 1),
        "completed": len(completed),
        "failed": dict(Counter(state for state, _ in found.values() if state != "completed")),
        "ordered and not completed": len(set(orders) - set(completed)),
        "ordered twice": sum(count > 1 for count in orders.values()),
        "creates sent": len(script.creates),
        "requests a video": round(asked / max(1, len(found)), 1),
        "most memory, MB": round(most),
        "added latency p50, s": round(added[len(added) // 2], 2) if added else None,
        "added latency p95, s": round(added[len(added) * 95 // 100], 2) if added else None,
    }
    ends = sorted(done_at[video] for video in completed)
    middle = ends[len(ends) // 4 : 3 * len(ends) // 4]
    if len(middle) > 1:
        figures["films a second, middle"] = round(len(middle) / (middle[-1] - middle[0]), 1)
    figures |= shares
    figures |= {f"  {route}": count for route, count in script.counts.items()}
    for name, value in figures.items():
        print(f"{name:28}{value}")


if __name__ == "__main__":
    main()
