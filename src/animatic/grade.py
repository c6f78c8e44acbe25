"""A given picture in the light of an hour and in a style: once, before the film."""

import numpy as np
from numpy.typing import NDArray

from animatic.colour import Colour, split
from animatic.light import Light
from animatic.pixels import Frame
from animatic.styles import PAPER, Style

ROWS = 64
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
LEVELS = {"cel": 7, "flat": 6, "ball": 12}
"""How many tones of each colour are left of a picture whose shapes a style fills so."""

Rgb = NDArray[np.floating]


def grade_picture(picture: Frame, style: Style, light: Light) -> Frame:
    """The picture as the style and the light show it."""
    out = picture.copy()
    for top in range(0, len(picture), ROWS):
        rows: Rgb = picture[top : top + ROWS, :, 2::-1].astype(np.float32) / np.float32(255)
        rows = _tone_all(_as_lines(rows * _rgb(light.tint), style), style)
        out[top : top + ROWS, :, 2::-1] = (rows.clip(0, 1) * 255).round()
    if style.ink is not None:
        _ink_edges(out, picture, style)
    return out


def _rgb(colour: Colour) -> Rgb:
    return np.array(split(colour), np.float32) / 255


def _as_lines(rows: Rgb, style: Style) -> Rgb:
    """Fewer tones, if the style has flat shapes."""
    steps = LEVELS.get(style.fill)
    return rows if steps is None else np.round(rows * steps) / steps


def _tone_all(rows: Rgb, style: Style) -> Rgb:
    """What `Style.tone` does to a colour, to many."""
    if style.matrix is not None:
        matrix = np.array(style.matrix, np.float32).reshape(3, 4)
        rows = (rows @ matrix[:, :3].T + matrix[:, 3]).clip(0, 1)
    if style.punch:
        rows = rows + (rows * rows * (3 - 2 * rows) - rows) * style.punch
    if style.toning:
        dark, bright, amount = style.toning
        shade = (rows @ LUMA)[:, :, None]
        tone = _rgb(dark) * (1 - shade) + _rgb(bright) * shade
        rows = rows + (tone - rows) * amount
    if style.hollow:
        rows = rows * 0.35 + _rgb(PAPER) * 0.65
    return rows


def _ink_edges(out: Frame, picture: Frame, style: Style) -> None:
    """Ink where the picture changes fast: its outlines."""
    luma = (picture[:, :, 2::-1].astype(np.float32) @ LUMA) / 255
    soft = (luma + np.roll(luma, 1, 0) + np.roll(luma, 1, 1) + np.roll(luma, (1, 1), (0, 1))) / 4
    reach = max(1, round(style.line * 0.6))
    rise = np.abs(np.roll(soft, -reach, 0) - np.roll(soft, reach, 0))
    rise += np.abs(np.roll(soft, -reach, 1) - np.roll(soft, reach, 1))
    rise[:reach], rise[-reach - 1 :], rise[:, :reach], rise[:, -reach - 1 :] = 0, 0, 0, 0
    cover = ((rise - 0.1) / 0.16).clip(0, 1)[:, :, None]
    ink = np.array(split(style.ink or 0)[::-1], np.float32)
    out[:, :, :3] = (out[:, :, :3] * (1 - cover) + ink * cover).round()
