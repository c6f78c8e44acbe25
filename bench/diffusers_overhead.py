"""What the server adds to a real model: a bare pipeline call against a request, on the same work.

    python bench/diffusers_overhead.py [--seconds 20] [--rounds 2]

The model is a tiny Wan of random weights, on one CPU thread, with as many steps as fill the time;
so a step takes milliseconds, and what we do at each weighs more than it ever will. Bare: a program
that has loaded the folder, calls the pipeline and encodes the frames. Served: from the request to
`completed`, the film proved and stored. A round is one run of each; the least of each counts.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZE, FRAMES, RATE = (96, 64), 9, 16
PROMPT = "a red kite over the sea"


def bare(folder: Path, steps: int) -> float:
    """Load, warm up with one step, and time one call with its encoding; in this process."""
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
    began = time.perf_counter()
    run(steps)
    return time.perf_counter() - began


def bare_elsewhere(folder: Path, steps: int) -> float:
    """The same in a process of its own, as the worker's is."""
    command = [sys.executable, __file__, "--bare", str(folder), "--steps", str(steps)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=_threads())
    return float(done.stdout.split()[-1])


def served_once(server: Any, steps: int) -> float:
    """From the request to `completed`."""
    body = {"model": "m", "prompt": PROMPT, "size": "96x64", "seconds": "0.5625", "seed": 7}
    began = time.perf_counter()
    answer = server.client.post("/v1/videos", json=body | {"num_inference_steps": steps})
    video = server.wait(answer.json()["id"], "completed", "failed", seconds=3600)
    spent = time.perf_counter() - began
    if video["status"] != "completed":
        raise SystemExit(video["error"])
    return spent


def _threads() -> dict[str, str]:
    return dict(os.environ) | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def compare(seconds: float, rounds: int) -> None:
    """Print the two times and their ratio."""
    from tests.models import tiny

    from filmgate.testing.served import served

    os.environ |= {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with TemporaryDirectory() as name:
        folder = tiny.save("wan-t2v", Path(name))
        steps = max(10, round(200 * seconds * 1.1 / bare_elsewhere(folder, 200)))
        options = {"models": {"m": {"source": str(folder)}}, "device": "cpu", "threads": 1}
        engines = {"animatic": {"workers": 0}, "m": {"kind": "diffusers", "options": options}}
        bares, serveds = [], []
        with served(Path(name) / "data", engines=json.dumps(engines)) as server:
            served_once(server, 1)
            for _ in range(rounds):
                bares.append(bare_elsewhere(folder, steps))
                serveds.append(served_once(server, steps))
    one, other = min(bares), min(serveds)
    print(f"{steps} steps: bare {one:.2f} s, served {other:.2f} s, ratio {other / one:.3f}")


def main() -> None:
    """Compare, or be the bare side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--bare", type=Path)
    parser.add_argument("--steps", type=int, default=10)
    given = parser.parse_args()
    if given.bare:
        print(bare(given.bare, given.steps))
    else:
        compare(given.seconds, given.rounds)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
