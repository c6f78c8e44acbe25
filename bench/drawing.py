"""How fast the animatic draws and encodes.

    python bench/drawing.py [--seconds 3] [--prompts 30] [--all]

First, frames a second at two sizes: drawing alone, encoding the same frames alone, both together,
and the ratio of together to the slower of the two. Then the real-time factor of each prompt
(seconds of film made in a second, preparation and encoding included): slowest, median, fastest.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from animatic.frames import Frames, frames_of, imagine
from filmgate.domain.shape import Shape
from filmgate.media.encode import FilmWriter

SIZES = ((1280, 720), (1920, 1080))
FPS = 30
PROMPTS = Path(__file__).with_name("prompts.txt").read_text("utf-8").splitlines()
STANDARD = "A golden retriever running on the beach"


def film(prompt: str, shape: Shape) -> Frames:
    """What draws a prompt."""
    aspect, seconds = shape.width / shape.height, float(shape.seconds)
    scene = imagine(prompt, aspect=aspect, seconds=seconds, seed=7)
    return frames_of(scene, shape.width, shape.height)


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ink_or(frames: Frames, shape: Shape) -> Iterator[NDArray[np.uint8]]:
    """Every frame, each in the same array."""
    out = np.zeros((shape.height, shape.width, 4), np.uint8)
    for k in range(shape.frames):
        frames.frame(out, k / shape.fps)
        yield out


def write(path: Path, shape: Shape, frames: Iterator[NDArray[np.uint8]]) -> None:
    """Encode the frames."""
    with FilmWriter(path, shape) as writer:
        for frame in frames:
            writer.write(frame)


def compare(shape: Shape, folder: Path) -> None:
    """Drawing, encoding, together."""
    frames = film(STANDARD, shape)
    kept = [frame.copy() for frame in ink_or(frames, shape)][:30]
    loop = (kept[k % 30] for k in range(shape.frames))
    draw = seconds_of(lambda: [None for _ in ink_or(frames, shape)])
    encode = seconds_of(lambda: write(folder / "a.mp4", shape, loop))
    both = seconds_of(lambda: write(folder / "b.mp4", shape, ink_or(frames, shape)))
    rates = (f"{shape.frames / s:7.1f}" for s in (draw, encode, both))
    print(f"{shape.size:>10}  {'  '.join(rates)}  {both / max(draw, encode):5.2f}")


def factors(prompts: list[str], shape: Shape, folder: Path) -> dict[str, float]:
    """The real-time factor of each prompt."""
    found = {}
    for prompt in prompts:
        took = seconds_of(
            lambda p=prompt: write(folder / "c.mp4", shape, ink_or(film(p, shape), shape))  # type: ignore[misc]
        )
        found[prompt] = float(shape.seconds) / took
    return found


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--all", action="store_true", help="print every prompt's factor")
    options.add_argument("--prompts", type=int, default=30, help="as many of the list")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("      size     draw   encode     both  ratio   (frames/s)")
        for w, h in SIZES:
            compare(
                Shape(width=w, height=h, fps=FPS, duration_ms=round(given.seconds * 1000)), folder
            )
        shape = Shape(width=1920, height=1080, fps=FPS, duration_ms=round(given.seconds * 1000))
        found = factors(PROMPTS[: given.prompts], shape, folder)
    ranked = sorted(found.items(), key=lambda item: item[1])
    for prompt, factor in ranked if given.all else ():
        print(f"{factor:6.2f}  {prompt}")
    print(
        f"real-time factor at 1920x1080, {FPS} fps: slowest {ranked[0][1]:.2f} ({ranked[0][0]}), "
        f"median {statistics.median(found.values()):.2f}, fastest {ranked[-1][1]:.2f}"
    )


if __name__ == "__main__":
    main()
