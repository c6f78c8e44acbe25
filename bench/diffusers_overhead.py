"""What the server adds to a real model: a bare pipeline call against a request, on the same work.

    python bench/diffusers_overhead.py [--seconds 20] [--rounds 2]

The model is a tiny Wan of random weights, on one CPU thread, with as many steps as fill the time;
so a step takes milliseconds, and what we do at each weighs more than it ever will. Bare: a program
that has loaded the folder, calls the pipeline and encodes the frames. Served: from the request to
`completed`, the film proved and stored. A round is one run of each; the least of each counts. The
processors' time tells even on a busy machine.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZE, FRAMES, RATE = (96, 64), 9, 16
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
    body = {"model": "m", "prompt": PROMPT, "size": "96x64", "seconds": "0.5625", "seed": 7}
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


def compare(seconds: float, rounds: int) -> None:
    """Print the two times and their ratio."""
    from tests.models import tiny

    from filmgate.testing.served import served

    os.environ |= {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with TemporaryDirectory() as name:
        folder = tiny.save("wan-t2v", Path(name))
        steps = max(10, round(200 * seconds * 1.1 / bare_elsewhere(folder, 200).cpu))
        options = {"models": {"m": {"source": str(folder)}}, "device": "cpu", "threads": 1}
        engines = {"animatic": {"workers": 0}, "m": {"kind": "diffusers", "options": options}}
        bares, serveds = [], []
        with served(Path(name) / "data", engines=json.dumps(engines)) as server:
            served_once(server, 1)
            for _ in range(rounds):
                bares.append(bare_elsewhere(folder, steps))
                serveds.append(served_once(server, steps))
    for name, one, other in (
        ("on the clock", min(cost.wall for cost in bares), min(cost.wall for cost in serveds)),
        ("of processors", min(cost.cpu for cost in bares), min(cost.cpu for cost in serveds)),
    ):
        print(f"{steps} steps, s {name}: bare {one:.2f}, served {other:.2f}, {other / one:.3f}")


def main() -> None:
    """Compare, or be the bare side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2)
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
