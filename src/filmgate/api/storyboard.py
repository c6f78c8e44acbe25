"""WebVTT beside a spritesheet: players show it as a preview while one seeks."""

from fractions import Fraction

from filmgate.domain.grid import Grid


def storyboard(grid: Grid, sheet: str) -> str:
    """A cue a tile: when it is shown, and which part of the picture at the address `sheet`."""
    cues = [
        f"{_time(tile.start)} --> {_time(tile.end)}\n"
        f"{sheet}#xywh={tile.left},{tile.top},{grid.width},{grid.height}\n"
        for tile in grid.tiles()
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _time(seconds: Fraction) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds / 1000:06.3f}"
