"""What is not painted is what is hidden."""

import numpy as np
import pytest
import skia
from tests.animatic.shots import LARGE, frames, psnr, scene

from animatic import backdrop
from animatic.film import Film


@pytest.mark.parametrize(
    "prompt", ["a dog running in the forest", "mountains, pan right", "a red boat on the sea"]
)
def test_what_is_not_drawn_is_what_is_hidden(prompt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    film = Film(scene(prompt, LARGE), *LARGE)
    sparing = frames(film, 0.5, 3.3)

    def everything(placed: list[backdrop.Placed], w: int, h: int) -> list[object]:
        regions = [skia.Region() for _ in placed]
        for region in regions:
            region.setRect(skia.IRect.MakeWH(w, h))
        return regions

    monkeypatch.setattr(backdrop, "in_sight", everything)
    for one, two in zip(sparing, frames(film, 0.5, 3.3), strict=True):
        assert np.abs(one.astype(int) - two).mean() < 0.02
        assert psnr(one, two) > 50
