"""Frames → a film that plays everywhere: H.264 High, yuv420p, BT.709, faststart, constant rate,
and AAC beside it where it sounds.

The bytes depend on the frames, the sound and the shape alone: never on the clock, the machine's
cores or the path. Encoding runs in its own thread behind a short queue, so that drawing the next
frame overlaps it.
"""

import queue
import threading
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from filmgate.domain.shape import Shape, Sound
from filmgate.media.sound import Samples, SoundWriter, samples_in

__all__ = ["FilmWriter"]

THREADS = 2
"""Fixed: x264's decisions, and the options that it writes into the film, vary with it."""

TUNING = (
    "me=dia:subme=1:bframes=1:b-adapt=0:weightp=0:scenecut=0"
    ":rc-lookahead=0:sync-lookahead=0:mbtree=0"
)
"""Little work on drawn films. `mbtree` must stay off: with it x264's bytes vary from run to run."""

QUEUED_FRAMES = 3
BT709 = 1
LIMITED = 1


class FilmWriter:
    """Writes one film, a frame at a time. On an exception inside `with`, nothing is left behind.

    `sound` is the engine's, if it made any; the shape says whether there is a track at all. It ends
    with the last frame written: what is missing is silence, what is over is cut.
    """

    def __init__(
        self, path: Path, shape: Shape, *, layout: str = "bgra", sound: Samples | None = None
    ) -> None:
        self._path = path
        self._shape = shape
        self._layout = layout
        self._count = 0
        self._reformatter = VideoReformatter()
        self._waiting: queue.Queue[NDArray[np.uint8] | None] = queue.Queue()
        self._free: queue.Queue[NDArray[np.uint8]] = queue.Queue()
        for _ in range(QUEUED_FRAMES):
            self._free.put(np.empty((shape.height, shape.width, 4), np.uint8))
        self._failure: BaseException | None = None
        self._aborted = threading.Event()
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "faststart"})
        self._stream = self._open_stream()
        mute = shape.sound is Sound.NONE or (shape.sound is Sound.NATIVE and sound is None)
        self._sound = None if mute else SoundWriter(self._container, sound)
        self._thread = threading.Thread(target=self._encode, name="film-writer", daemon=True)
        self._thread.start()

    def write(self, frame: NDArray[np.uint8]) -> None:
        """Add one frame: height × width × 4 bytes, opaque. The array is free again on return."""
        self._raise_failure()
        room = self._free.get()
        np.copyto(room, frame)
        self._waiting.put(room)

    def close(self) -> None:
        """Finish the film: every frame written is in it."""
        self._waiting.put(None)
        self._thread.join()
        self._container.close()
        self._raise_failure()

    def abort(self) -> None:
        """Give the film up at once and remove its file."""
        self._aborted.set()
        self._waiting.put(None)
        self._thread.join()
        self._container.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.abort()
            return
        try:
            self.close()
        except BaseException:
            self._path.unlink(missing_ok=True)
            raise

    def _open_stream(self) -> av.VideoStream:
        fps = self._shape.fps
        stream = self._container.add_stream("libx264", rate=fps)
        stream.width, stream.height = self._shape.width, self._shape.height
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, fps)
        stream.profile = "High"
        stream.options = {
            "preset": "superfast",
            "crf": "23",
            "threads": str(THREADS),
            "x264-params": f"keyint={2 * fps}:open-gop=0:sliced-threads=0:{TUNING}",
        }
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED
        return stream

    def _to_yuv(self, frame: NDArray[np.uint8]) -> av.VideoFrame:
        source = av.VideoFrame.from_numpy_buffer(frame, format=self._layout)
        picture = self._reformatter.reformat(
            source,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BILINEAR,
        )
        picture.pts, picture.time_base = self._count, Fraction(1, self._shape.fps)
        self._count += 1
        return picture

    def _encode(self) -> None:
        """The encoder's thread: converts, encodes and gives each array back, until told the end."""
        while (frame := self._waiting.get()) is not None:
            self._try(frame)
            self._free.put(frame)
        self._try(None)

    def _try(self, frame: NDArray[np.uint8] | None) -> None:
        """Encode a frame, or at last what is still held back, and the sound up to there."""
        if self._failure is not None or self._aborted.is_set():
            return
        try:
            picture = None if frame is None else self._to_yuv(frame)
            self._container.mux(self._stream.encode(picture))
            if self._sound is not None:
                end = samples_in(self._count, self._shape.fps)
                self._sound.close_at(end) if picture is None else self._sound.write_to(end)
        except BaseException as error:  # noqa: BLE001 - handed to the writing thread
            self._failure = error

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure
