"""Clouds below a camera that flies."""

from animatic.draw.pen import Pen
from animatic.stage import Live, Moment, Stage

COUNT = 3


def wisps(stage: Stage) -> Live:
    """Soft clouds that pass close under the lens, and the shadows that they drag over the land."""
    table = stage.scatter("wisps", COUNT)
    span = stage.width + 2.4

    def draw(pen: Pen, moment: Moment) -> None:
        for k, (x, y, size, speed, *_) in enumerate(table):
            go = moment.t * (0.10 + 0.06 * speed) + moment.pose.x * 1.6
            left = (x * span + k * span / COUNT - go) % span - 1.2
            low = stage.y(0.62 + 0.36 * y)
            wide = 0.34 + 0.3 * size
            pen.soft(left + 0.2, low + 0.1, wide, 0.09, 0x14203A, 0.16)
            for dx, r in ((-0.5, 0.6), (0.0, 1.0), (0.45, 0.7)):
                at = low - 0.12 * (1 + pen.far)
                pen.soft(left + dx * wide, at, wide * r, 0.12 * r, pen.shine(0xFFFFFF), 0.5)

    return Live(0.0, draw, z=1.6)
