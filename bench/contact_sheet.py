"""Renders prompts, each with its first, middle and last frame, into one PNG sheet.

    python bench/contact_sheet.py sheet.png [--prompts FILE] [--only TEXT] [--seed N] [--height PX]

Sizes change from prompt to prompt: landscape, portrait, square. The sheet has few colours, so that
forty prompts are less than 3 MB.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skia
from PIL import Image

from animatic.frames import frames_of, imagine
from animatic.pixels import MIPMAPS, Frame, canvas_on, image_of

SECONDS = 6.0
LABEL = 20
GAP = 6
SIZES = ((1280, 720), (1280, 720), (720, 1280), (1280, 720), (1024, 1024))
PROMPTS = Path(__file__).with_name("prompts.txt")


@dataclass(frozen=True)
class Shot:
    """A prompt at a size."""

    prompt: str
    width: int
    height: int


def shots(prompts: list[str]) -> list[Shot]:
    """Each prompt with a size, in turn."""
    return [Shot(p, *SIZES[k % len(SIZES)]) for k, p in enumerate(prompts)]


def strip(shot: Shot, seed: int, height: int) -> Frame:
    """First, middle and last frame of a shot, side by side: drawn large and shown small."""
    aspect = shot.width / shot.height
    scene = imagine(shot.prompt, aspect=aspect, seconds=SECONDS, seed=seed)
    film = frames_of(scene, shot.width, shot.height)
    shown = []
    for t in (0.0, SECONDS / 2, SECONDS - 1 / 30):
        out = np.zeros((shot.height, shot.width, 4), np.uint8)
        film.frame(out, t)
        shown.append(np.pad(_small(out, height), ((0, 0), (0, 2), (0, 0)), constant_values=255))
    return np.concatenate(shown, axis=1)


def _small(frame: Frame, height: int) -> Frame:
    h, w, _ = frame.shape
    small = np.zeros((height, round(w * height / h), 4), np.uint8)
    with canvas_on(small) as canvas:
        box = skia.Rect.MakeWH(small.shape[1], height)
        canvas.drawImageRect(image_of(frame), box, MIPMAPS, None)
    return small


def sheet(items: list[Shot], seed: int, height: int, width: int) -> Frame:
    """All shots in rows, each under its label."""
    cells = []
    for k, shot in enumerate(items):
        picture = strip(shot, seed, height)
        cells.append(np.concatenate([_label(f"{k + 1}. {shot.prompt}", picture.shape[1]), picture]))
    return np.concatenate([_row(row, width) for row in _rows(cells, width)])


def _rows(cells: list[Frame], width: int) -> Iterator[list[Frame]]:
    """As many cells in a row as go in; a later one that fits may fill a gap."""
    waiting = list(cells)
    while waiting:
        row = [waiting.pop(0)]
        room = width - row[0].shape[1] - GAP
        while fitting := [k for k, cell in enumerate(waiting[:12]) if cell.shape[1] <= room]:
            row.append(waiting.pop(fitting[0]))
            room -= row[-1].shape[1] + GAP
        yield row


def _row(cells: list[Frame], width: int) -> Frame:
    padded = [np.pad(c, ((0, GAP), (0, GAP), (0, 0)), constant_values=255) for c in cells]
    row = np.concatenate(padded, axis=1)[:, :width]
    return np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0)), constant_values=255)


def _label(text: str, width: int) -> Frame:
    """One line of text, in a typeface that has its letters, cut off where the picture ends."""
    line = np.full((LABEL, width, 4), 255, np.uint8)
    family = skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle(), ["zh"], ord(max(text)))
    if family is None and not text.isascii():
        text = text.split(".")[0] + ". (Chinese)"
    font = skia.Font(family or skia.Typeface.MakeDefault(), 12.5)
    with canvas_on(line) as canvas:
        canvas.drawString(text, 2, 14, font, skia.Paint(Color=0xFF222222, AntiAlias=True))
    return line


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--prompts", type=Path, default=PROMPTS, help="one prompt a line")
    options.add_argument("--only", help="just this prompt")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--height", type=int, default=150)
    options.add_argument("--width", type=int, default=1640)
    options.add_argument("--colours", type=int, default=256)
    given = options.parse_args()
    prompts = given.prompts.read_text("utf-8").splitlines()
    items = shots([given.only] if given.only else prompts)
    pixels = sheet(items, given.seed, given.height, given.width)
    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, 2::-1]))
    few = picture.quantize(given.colours, Image.Quantize.MEDIANCUT)
    few = picture.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(given.out, optimize=True)


if __name__ == "__main__":
    main()
