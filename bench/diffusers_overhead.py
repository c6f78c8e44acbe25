"""What the server adds to a real model: a bare pipeline call against a request, on the same work.

    python bench/diffusers_overhead.py [--seconds 20] [--rounds 5]

The model is a small Wan of random weights on one CPU thread, wide enough that a step takes some
300 ms, with as many steps as fill the time. Bare: a program that has loaded the folder, calls the
pipeline and encodes the frames. Served: from the request to `completed`, film proved and stored.
A round is one run of each, in turns one first and then the other; each round gives a ratio, and
their median counts. With the defaults it takes some five minutes; nothing else may run meanwhile.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

SIZE, FRAMES, RATE = (192, 128), 9, 16
WIDE = {"num_attention_heads": 8, "attention_head_dim": 64, "ffn_dim": 2048, "num_layers": 6}
"""Of the transformer: some 300 ms a step on one core of 2025."""
PROMPT = "a red kite over the sea"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds on the clock, and of the processors."""

    wall: float
    cpu: float


def bare(folder: Path, steps: int) -> Cost:
    """Load, warm up with one step, and measure one call with its encoding; in this process."""
    import diffusers
    import numpy as np
    import torch

    from filmgate.domain.shape import Shape
    from filmgate.media.encode import FilmWriter

    torch.set_num_threads(1)
    pipe = diffusers.DiffusionPipeline.from_pretrained(str(folder), local_files_only=True)
    pipe.set_progress_bar_config(disable=True)
    shape = Shape(width=SIZE[0], height=SIZE[1], fps=RATE, duration_ms=round(FRAMES * 1000 / RATE))

    def run(count: int) -> None:
        made = pipe(
            prompt=PROMPT,
            width=SIZE[0],
            height=SIZE[1],
            num_frames=FRAMES,
            num_inference_steps=count,
            output_type="np",
            generator=torch.Generator().manual_seed(7),
        ).frames[0]
        canvas = np.full((*made.shape[1:3], 4), 255, np.uint8)
        with FilmWriter(folder.parent / "bare.mp4", shape, layout="rgba") as film:
            for frame in made:
                canvas[..., :3] = (frame * 255).round()
                film.write(canvas)

    run(1)
    began, used = time.perf_counter(), time.process_time()
    run(steps)
    return Cost(time.perf_counter() - began, time.process_time() - used)


def bare_elsewhere(folder: Path, steps: int) -> Cost:
    """The same in a process of its own, as the worker's is."""
    command = [sys.executable, __file__, "--bare", str(folder), "--steps", str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=_threads())
    wall, cpu = map(float, done.stdout.split()[-2:])
    return Cost(wall, cpu)


def served_once(server: Any, steps: int) -> Cost:
    """From the request to `completed`; the processors' time is that of all of its processes."""
    size = "x".join(map(str, SIZE))
    body = {"model": "m", "prompt": PROMPT, "size": size, "seconds": "0.5625", "seed": 7}
    began, used = time.perf_counter(), _used(server)
    answer = server.client.post("/v1/videos", json=body | {"num_inference_steps": steps})
    while (video := server.video(answer.json()["id"]))["status"] not in ("completed", "failed"):
        time.sleep(0.1)
    cost = Cost(time.perf_counter() - began, _used(server) - used)
    if video["status"] != "completed":
        raise SystemExit(video["error"])
    return cost


def _used(server: Any) -> float:
    """Seconds of the processors that the server has used so far."""
    stats = (
        Path(f"/proc/{pid}/stat").read_text() for pid in (server.process.pid, *server.children())
    )
    ticks = (sum(map(int, stat.rpartition(")")[2].split()[11:13])) for stat in stats)
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _threads() -> dict[str, str]:
    return dict(os.environ) | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def save(folder: Path) -> Path:
    """A Wan pipeline of random weights with a wider transformer, as a folder."""
    import torch
    from tests.models import tiny

    torch.manual_seed(0)
    pipe = tiny.build("wan-t2v", transformer=tiny.wan_transformer(**WIDE))
    pipe.save_pretrained(folder / "wan", safe_serialization=True)
    return folder / "wan"


def compare(seconds: float, rounds: int) -> None:
    """Print each round's times, and the medians of their ratios."""
    from filmgate.testing.served import served

    os.environ |= {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with TemporaryDirectory() as name:
        folder = save(Path(name))
        step = bare_elsewhere(folder, 8).wall / 8
        steps = max(8, round(seconds * 1.1 / step))
        print(f"{steps} steps of some {step * 1000:.0f} ms")
        options = {"models": {"m": {"source": str(folder)}}, "device": "cpu", "threads": 1}
        engines = {"animatic": {"workers": 0}, "m": {"kind": "diffusers", "options": options}}
        walls, cpus = [], []
        with served(Path(name) / "data", engines=json.dumps(engines)) as server:
            served_once(server, 1)
            runs = [
                ("bare", partial(bare_elsewhere, folder)),
                ("served", partial(served_once, server)),
            ]
            for _ in range(rounds):
                cost = {kind: run(steps) for kind, run in runs}
                runs.reverse()
                walls.append(cost["served"].wall / cost["bare"].wall)
                cpus.append(cost["served"].cpu / cost["bare"].cpu)
                shown = ", ".join(f"{kind} {cost[kind].wall:.2f}" for kind in ("bare", "served"))
                print(f"s on the clock: {shown}; {walls[-1]:.3f}, of processors {cpus[-1]:.3f}")
    print(f"median: on the clock {median(walls):.3f}, of processors {median(cpus):.3f}")


def main() -> None:
    """Compare, or be the bare side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bare", type=Path)
    parser.add_argument("--steps", type=int, default=10)
    given = parser.parse_args()
    if given.bare:
        cost = bare(given.bare, given.steps)
        print(cost.wall, cost.cpu)
    else:
        compare(given.seconds, given.rounds)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
