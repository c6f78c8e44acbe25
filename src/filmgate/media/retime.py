"""Frames at one rate from frames at another: by optical flow, by holding, or by blending.

Streams: two frames are held at a time, so memory does not grow with the length.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from filmgate.errors import MissingPart

Frame: TypeAlias = NDArray[np.uint8]
Method: TypeAlias = Literal["flow", "hold", "blend"]

_CUT = 28.0
"""Mean difference, of 255, that motion does not explain: two frames are of different shots."""


def retime(
    frames: Iterable[Frame],
    source: Fraction | int,
    target: Fraction | int,
    count: int,
    method: Method = "flow",
) -> Iterator[Frame]:
    """Exactly `count` frames at `target` from frames (height × width × 3) at `source` a second.

    Frame k shows the moment k / target. After the last frame, the last one stays.
    """
    between = _BETWEEN[method]()
    pair = _Pair(iter(frames))
    for k in range(count):
        position = Fraction(k) * Fraction(source) / Fraction(target)
        whole = int(position)
        pair.go_to(whole)
        yield between.frame(pair, float(position - whole))


class _Pair:
    """The frame at a whole position, and the one after it."""

    def __init__(self, frames: Iterator[Frame]) -> None:
        self._frames = frames
        self._at = 0
        self.one = next(frames)
        self.other = next(frames, self.one)

    def go_to(self, position: int) -> None:
        while self._at < position:
            self.one, self.other = self.other, next(self._frames, self.other)
            self._at += 1


class _Hold:
    """The nearest frame; of two as near, the earlier."""

    def frame(self, pair: _Pair, part: float) -> Frame:
        return pair.one if part <= 0.5 else pair.other


class _Blend:
    """Both frames mixed."""

    def frame(self, pair: _Pair, part: float) -> Frame:
        if part == 0:
            return pair.one
        mixed = (1 - part) * pair.one.astype(np.float32) + part * pair.other.astype(np.float32)
        return np.rint(mixed).astype(np.uint8)


class _Flow:
    """Both frames moved along the optical flow towards the moment, and mixed."""

    def __init__(self) -> None:
        self._cv = _opencv()
        self._dis = self._cv.DISOpticalFlow_create(self._cv.DISOPTICAL_FLOW_PRESET_FAST)
        self._pair: tuple[Frame, Frame] | None = None
        self._flows: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None

    def frame(self, pair: _Pair, part: float) -> Frame:
        if part == 0 or pair.one is pair.other:
            return pair.one
        flows = self._flows_of(pair)
        if flows is None:
            return pair.one if part <= 0.5 else pair.other
        (forth, back), t = flows, part
        one = self._warp(pair.one, -(1 - t) * t * forth + t * t * back)
        other = self._warp(pair.other, (1 - t) ** 2 * forth - t * (1 - t) * back)
        mixed: Frame = self._cv.addWeighted(one, 1 - t, other, t, 0)
        return mixed

    def _flows_of(self, pair: _Pair) -> Any:
        """The motion forth and back, or None where the two are of different shots."""
        known = self._pair
        if known is None or known[0] is not pair.one or known[1] is not pair.other:
            self._pair = (pair.one, pair.other)
            grey = [self._cv.cvtColor(frame, self._cv.COLOR_RGB2GRAY) for frame in self._pair]
            forth = self._dis.calc(grey[0], grey[1], None)
            moved = self._warp(grey[1], forth)
            if np.abs(moved.astype(np.int16) - grey[0]).mean() > _CUT:
                self._flows = None
            else:
                self._flows = (forth, self._dis.calc(grey[1], grey[0], None))
        return self._flows

    def _warp(self, frame: Frame, flow: NDArray[np.float32]) -> Frame:
        rows, columns = flow.shape[:2]
        grid_x, grid_y = np.meshgrid(
            np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32)
        )
        moved: Frame = self._cv.remap(
            frame,
            (grid_x + flow[..., 0]).astype(np.float32),
            (grid_y + flow[..., 1]).astype(np.float32),
            self._cv.INTER_LINEAR,
            borderMode=self._cv.BORDER_REPLICATE,
        )
        return moved


_BETWEEN: dict[Method, type[_Hold] | type[_Blend] | type[_Flow]] = {
    "flow": _Flow,
    "hold": _Hold,
    "blend": _Blend,
}


def _opencv() -> Any:
    try:
        import cv2
    except ImportError as error:
        raise MissingPart(
            "Retiming by flow needs OpenCV: pip install 'filmgate[diffusers]', or retime = \"hold\""
        ) from error
    return cv2
