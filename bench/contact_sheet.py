"""Renders prompts × first, middle and last frame into one PNG sheet.

python bench/contact_sheet.py sheet.png [--prompts file] [--only TEXT] [--seed N] [--width PX]
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skia

from filmgate.engines.animatic.film import Film
from filmgate.engines.animatic.pixels import Frame, drawing, image_of
from filmgate.engines.animatic.reading import parse
from filmgate.engines.animatic.scene import compose

SECONDS = 6.0
LABEL = 26
SIZES = ((1280, 720), (1280, 720), (1280, 720), (720, 1280), (1024, 1024))

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


def strip(shot: Shot, seed: int, height: int) -> list[Frame]:
    """First, middle and last frame of a shot, drawn at full size and shown small."""
    reading = parse(shot.prompt)
    scene = compose(reading, seed, aspect=shot.width / shot.height, span=SECONDS)
    film = Film(scene, shot.width, shot.height)
    frames = []
    for t in (0.0, SECONDS / 2, SECONDS - 1 / 30):
        out = np.zeros((shot.height, shot.width, 4), np.uint8)
        film.frame(out, t)
        frames.append(_shown(out, height))
    return frames


def _shown(frame: Frame, height: int) -> Frame:
    h, w, _ = frame.shape
    small = np.zeros((height, round(w * height / h), 4), np.uint8)
    options = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    with drawing(small) as canvas:
        box = skia.Rect.MakeWH(small.shape[1], height)
        canvas.drawImageRect(image_of(frame), box, options, None)
    return small


def _speaks_chinese() -> bool:
    return bool(skia.FontMgr().matchFamilyStyleCharacter("", skia.FontStyle(), ["zh"], ord("猫")))


def sheet(items: list[Shot], seed: int, height: int, columns: int) -> Frame:
    """All shots in a grid, each under its label."""
    strips = [np.concatenate(strip(shot, seed, height), axis=1) for shot in items]
    rows = []
    for k in range(0, len(items), columns):
        cells = [
            np.concatenate([_label(f"{k + j + 1}. {_name(items[k + j])}", s.shape[1]), s])
            for j, s in enumerate(strips[k : k + columns])
        ]
        rows.append(np.concatenate(cells, axis=1))
    wide = max(row.shape[1] for row in rows)
    return np.concatenate([np.pad(r, ((0, 0), (0, wide - r.shape[1]), (0, 0))) for r in rows])


def _name(shot: Shot) -> str:
    drawable = shot.prompt.isascii() or _speaks_chinese()
    return f"{shot.prompt if drawable else 'zh'} ({shot.width}x{shot.height})"


def _label(text: str, width: int) -> Frame:
    strip = np.full((LABEL, width, 4), 255, np.uint8)
    style = skia.FontStyle()
    family = skia.FontMgr().matchFamilyStyleCharacter("", style, ["zh"], ord(max(text)))
    font = skia.Font(family or skia.Typeface.MakeDefault(), 15)
    with drawing(strip) as canvas:
        canvas.drawString(text, 6, 18, font, skia.Paint(Color=0xFF222222, AntiAlias=True))
    return strip


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--prompts", type=Path, default=PROMPTS, help="one prompt a line")
    options.add_argument("--only", help="just this prompt")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--height", type=int, default=240)
    options.add_argument("--columns", type=int, default=2)
    given = options.parse_args()
    prompts = given.prompts.read_text("utf-8").splitlines()
    items = shots([given.only] if given.only else prompts)
    picture = image_of(sheet(items, given.seed, given.height, given.columns))
    picture.save(str(given.out), skia.kPNG)


if __name__ == "__main__":
    main()
