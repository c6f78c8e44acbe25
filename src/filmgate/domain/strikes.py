"""What is held against a video: its worker died alone while it held it, and the supervisor lived.

Outages, stops, a full disk and dead machines are no strikes. A video with strikes is tried again,
later each time and behind all others, so that an innocent one lives and a poisonous one blocks
nobody.
"""

import hashlib

from filmgate.domain.states import Failure
from filmgate.domain.video import Problem, Video
from filmgate.domain.worker import Death

MOST_OUT_OF_MEMORY = 2
"""Strikes by the kernel's want of memory that end a video: it will want as much again."""
TRIES_A_STRIKE = 3
"""Attempts for each strike that a video may have, whatever became of them: no video is for ever."""
LONGEST_S = 360.0
"""No video is put off for longer; a time further away was written by a clock that was wrong."""

_DELAYS_S = (0, 1, 2, 4, 8, 15, 30, 60, 120, 300)
_SPREAD = 0.2


def put_off_s(video_id: str, strikes: int) -> float:
    """How long a video waits after so many strikes: the delay, a fifth more or less by its id."""
    delay = _DELAYS_S[min(strikes, len(_DELAYS_S)) - 1]
    digest = hashlib.sha256(f"{video_id} {strikes}".encode()).digest()
    return delay * (1 + _SPREAD * (2 * int.from_bytes(digest[:4]) / 2**32 - 1))


def ending(video: Video, death: Death) -> Problem | None:
    """Why a running video is not tried again after this death; None where it is."""
    if death is Death.OUT_OF_MEMORY and video.memory_strikes + 1 >= MOST_OUT_OF_MEMORY:
        return Problem(
            code=Failure.OUT_OF_MEMORY,
            message=f"The worker ran out of memory {MOST_OUT_OF_MEMORY} times while it made this "
            "video: ask for a smaller size, a shorter film or fewer at once; the operator can give "
            "the machine more memory, or set the engine's own options that save it.",
        )
    if video.strikes + 1 >= video.max_attempts:
        return Problem(
            code=Failure.WORKER_LOST,
            message=f"Every worker that tried this video died: {video.strikes + 1} did.",
        )
    return None
