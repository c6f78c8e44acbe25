"""Retiming, measured: every second frame is dropped and made again.

    python bench/retime.py [FILM …] [--frames 40]

Without films it draws one with the animatic. A row a method: PSNR and SSIM of the frames made
against those dropped, and milliseconds a made frame, one thread. Beside ours: FFmpeg's
minterpolate.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeAlias

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from animatic.frames import frames_of, imagine
from filmgate.media.retime import Method, retime

Frame: TypeAlias = NDArray[np.uint8]
PROMPT = "a train crosses a stone bridge, the camera follows, evening light"
RATE = 30


def drawn(count: int, width: int = 832, height: int = 480) -> Iterator[Frame]:
    """Frames of the animatic."""
    scene = imagine(PROMPT, aspect=width / height, seconds=count / RATE, seed=7)
    frames = frames_of(scene, width, height)
    for _ in frames.prepare():
        pass
    canvas = np.zeros((height, width, 4), np.uint8)
    for k in range(count):
        frames.frame(canvas, k / RATE)
        yield np.ascontiguousarray(canvas[..., 2::-1])


def read(path: Path, count: int) -> Iterator[Frame]:
    """The first frames of a film."""
    with av.open(path) as film:
        for frame in islice(film.decode(video=0), count):
            yield frame.to_ndarray(format="rgb24").astype(np.uint8)


def ours(method: Method) -> Callable[[list[Frame]], list[Frame]]:
    """One of our methods, at twice the rate."""
    return lambda kept: list(retime(iter(kept), 1, 2, 2 * len(kept) - 1, method))


def minterpolate(kept: list[Frame]) -> list[Frame]:
    """FFmpeg's, with its defaults; it swallows the end, so the last frame goes in twice more."""
    rows, columns = kept[0].shape[:2]
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=columns, height=rows, format=av.VideoFormat("rgb24"), time_base=Fraction(1, 15)
    )
    chain = [
        source,
        graph.add("fps", "15"),
        graph.add("minterpolate", "fps=30:mi_mode=mci"),
        graph.add("format", "rgb24"),
        graph.add("buffersink"),
    ]
    for one, other in pairwise(chain):
        one.link_to(other)
    graph.configure()
    made: list[Frame] = []
    for number, frame in enumerate([*kept, kept[-1], kept[-1]]):
        picture = av.VideoFrame.from_ndarray(frame, format="rgb24")
        picture.pts, picture.time_base = number, Fraction(1, 15)
        graph.push(picture)
        made += _ready(graph)
    graph.push(None)
    return [*made, *_ready(graph)]


def _ready(graph: Any) -> Iterator[Frame]:
    while True:
        try:
            yield graph.pull().to_ndarray(format="rgb24")
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def psnr(one: Frame, other: Frame) -> float:
    """Peak signal to noise, dB."""
    return float(cv2.PSNR(one, other))


def ssim(one: Frame, other: Frame) -> float:
    """Structural similarity of luma, 0…1, windows of 11 × 11."""
    a, b = (cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float64) for frame in (one, other))

    def blur(values: Any) -> Any:
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b = blur(a * a) - mean_a**2, blur(b * b) - mean_b**2
    both = blur(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    index = ((2 * mean_a * mean_b + c1) * (2 * both + c2)) / (
        (mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)
    )
    return float(index.mean())


METHODS = {
    "hold": ours("hold"),
    "blend": ours("blend"),
    "minterpolate": minterpolate,
    "flow": ours("flow"),
}


def measure(name: str, frames: list[Frame]) -> None:
    """Print a row a method."""
    frames = frames[: len(frames) - (len(frames) + 1) % 2]
    rows, columns = frames[0].shape[:2]
    print(f"\n{name}, {columns}x{rows}, {len(frames)} frames\n")
    print(f"{'method':14}{'PSNR':>8}{'SSIM':>8}{'ms':>8}")
    for method, make in METHODS.items():
        began = time.perf_counter()
        made = make(frames[::2])
        spent = time.perf_counter() - began
        pairs = [(made[k], frames[k]) for k in range(1, min(len(made), len(frames)), 2)]
        quality = (np.mean([score(*pair) for pair in pairs]) for score in (psnr, ssim))
        print(
            f"{method:14}{next(quality):8.1f}{next(quality):8.3f}{spent * 1000 / len(pairs):8.0f}"
        )


def main() -> None:
    """Measure each film."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("films", nargs="*", type=Path)
    parser.add_argument("--frames", type=int, default=40)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    for film in given.films:
        measure(film.name, list(read(film, given.frames)))
    if not given.films:
        measure("animatic", list(drawn(given.frames)))


if __name__ == "__main__":
    main()
