"""The process that reads one film which somebody sent: it may take little, and reach nothing.

`python -m filmgate.media.sandbox JOB`, where JOB is JSON. The film is its standard input, which is
all that it is given to read; the answer is JSON on its standard output.
"""

import base64
import ctypes
import json
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

MOST_MEMORY = 4 << 30
"""Bytes of addresses. Decoders of the largest film that is taken stay well below."""
MOST_WRITTEN = 2 << 30
_DIE_WITH_PARENT = 1


def confine(cpu_s: int) -> None:
    """Bound what this process may take, and let it die with the one that started it."""
    bounds = {
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: MOST_WRITTEN,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # elsewhere addresses cannot be bounded, nor parents watched
        bounds[resource.RLIMIT_AS] = MOST_MEMORY
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    for bound, most in bounds.items():
        hard = resource.getrlimit(bound)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(bound, (least, least))


def work(film: BinaryIO, job: dict[str, Any]) -> dict[str, Any]:
    """Do a job of `intake`; the answer is what was made, or why the film is not taken."""
    from filmgate.domain.shape import Shape, Sound
    from filmgate.errors import InvalidVideo
    from filmgate.media import foreign

    try:
        if "target" not in job:
            look = foreign.look_at(film, job["most_ms"])
            still = base64.b64encode(look.still).decode()
            return {"made": {"footage": asdict(look.footage), "still": still}}
        shape = Shape(**{**job["shape"], "sound": Sound(job["shape"]["sound"])})
        foreign.rewrite(film, Path(job["target"]), shape)
    except InvalidVideo as error:
        return {"refused": error.message}
    return {"made": {}}


def main() -> None:
    """Do the one job."""
    job = json.loads(sys.argv[1])
    confine(job["cpu_s"])
    print(json.dumps(work(sys.stdin.buffer, job)))


if __name__ == "__main__":
    main()
