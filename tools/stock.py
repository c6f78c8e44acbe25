"""Turns pictures of Fluent Emoji Flat into the animatic's stock of things.

    npm pack @iconify-json/fluent-emoji-flat     # MIT; unpack it, then
    python tools/stock.py package/icons.json     # needs fonttools

Each thing of `src/animatic/stock/icons.toml` (our name = theirs, or a file of our own beside it)
becomes shapes in a box of height 1 with its feet at the origin. What it is called, and how large it
is, stands in `words/stock.toml`.
"""

import argparse
import json
import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

STOCK = Path(__file__).parents[1] / "src" / "animatic" / "stock"
Shape = tuple[int, float, str]
CODES = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "qCurveTo": "Q", "closePath": "Z"}
ROUND = 0.5523
"""How far the handles of a circle's four curves reach."""


def circle(cx: float, cy: float, rx: float, ry: float) -> str:
    """An ellipse as path data."""
    hx, hy = rx * ROUND, ry * ROUND
    return (
        f"M{cx - rx} {cy}C{cx - rx} {cy - hy} {cx - hx} {cy - ry} {cx} {cy - ry}"
        f"C{cx + hx} {cy - ry} {cx + rx} {cy - hy} {cx + rx} {cy}"
        f"C{cx + rx} {cy + hy} {cx + hx} {cy + ry} {cx} {cy + ry}"
        f"C{cx - hx} {cy + ry} {cx - rx} {cy + hy} {cx - rx} {cy}Z"
    )


def data_of(node: ElementTree.Element) -> str | None:
    """The path data of a path, a circle, an ellipse."""
    if node.tag == "path":
        return node.get("d")
    size = {key: float(node.get(key, 0)) for key in ("cx", "cy", "r", "rx", "ry")}
    if node.tag == "circle":
        return circle(size["cx"], size["cy"], size["r"], size["r"])
    return circle(size["cx"], size["cy"], size["rx"], size["ry"]) if node.tag == "ellipse" else None


def shapes_of(node: ElementTree.Element, fill: str = "", alpha: float = 1.0) -> Iterator[Shape]:
    """Colour, opacity and data of each filled shape, from behind to the front."""
    fill = node.get("fill", fill)
    alpha *= float(node.get("opacity", 1)) * float(node.get("fill-opacity", 1))
    data = data_of(node)
    if data and fill.startswith("#"):
        short = fill[1:]
        rgb = int("".join(c * 2 for c in short) if len(short) == 3 else short[:6], 16)
        yield rgb, round(alpha, 2), data
    for child in node:
        yield from shapes_of(child, fill, alpha)


def boxed(body: str) -> dict[str, Any]:
    """Shapes in the unit box, and how wide it is for its height."""
    tree = ElementTree.fromstring(body)
    shapes = list(shapes_of(tree))
    bounds = BoundsPen(None)
    for _, _, data in shapes:
        parse_path(data, bounds)
    left, top, right, bottom = bounds.bounds
    tall = bottom - top

    def placed(x: float, y: float) -> tuple[float, float]:
        return round((x - (left + right) / 2) / tall, 3), round((y - bottom) / tall, 3)

    drawn = []
    for rgb, alpha, data in shapes:
        pen = RecordingPen()
        parse_path(data, pen)
        steps = [
            [CODES[step], *(v for point in points for v in placed(*point))]
            for step, points in pen.value
            if step in CODES
        ]
        drawn.append([rgb, alpha, steps])
    return {"aspect": round(math.floor(100 * (right - left) / tall) / 100, 2), "shapes": drawn}


def picture_of(icon: str, icons: dict[str, Any]) -> str:
    """The SVG of a thing: its file, or the set's."""
    if icon.endswith(".svg"):
        return (STOCK / icon).read_text("utf-8").replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return f"<svg>{icons[icon]['body']}</svg>"


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("icons", type=Path)
    given = options.parse_args()
    icons = json.loads(given.icons.read_text("utf-8"))["icons"]
    names = tomllib.loads((STOCK / "icons.toml").read_text("utf-8"))
    things = {name: boxed(picture_of(icon, icons)) for name, icon in names.items()}
    lines = [f"{json.dumps(n)}:{json.dumps(t, separators=(',', ':'))}" for n, t in things.items()]
    (STOCK / "things.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
