"""Films that callers send, read in a process of their own: whatever one does, it ends there."""

import asyncio
import base64
import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from filmgate.domain.footage import Footage, Glimpse
from filmgate.domain.shape import Shape
from filmgate.errors import InvalidVideo

log = logging.getLogger(__name__)

LOOK_S = 30
"""How long a film may be looked at, and of what processor time."""
REWRITE_S = 900
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""What of our environment the process sees: no key, no address."""


async def look_at(film: BinaryIO, most_ms: int) -> Glimpse:
    """What is to be seen of a film, which lasts `most_ms` at most.

    Raises:
        InvalidVideo: it is none that we take; says in what.
    """
    seen = await _work(film, {"most_ms": most_ms, "cpu_s": LOOK_S})
    return Glimpse(footage=Footage(**seen["footage"]), still=base64.b64decode(seen["still"]))


async def rewrite(film: BinaryIO, target: Path, shape: Shape) -> None:
    """Make a film of ours of it. What was written goes if it is refused.

    Raises:
        InvalidVideo: it cannot be decoded.
    """
    job = {"target": str(target), "shape": asdict(shape), "cpu_s": REWRITE_S}
    try:
        await _work(film, job)
    except BaseException:
        await asyncio.to_thread(target.unlink, missing_ok=True)
        raise


async def _work(film: BinaryIO, job: dict[str, Any]) -> dict[str, Any]:
    film.seek(0)
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "filmgate.media.sandbox",
        json.dumps(job),
        stdin=film,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=env | {"OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
    )
    try:
        async with asyncio.timeout(job["cpu_s"]):
            said, complaint = await child.communicate()
    except TimeoutError as error:
        raise InvalidVideo("The film takes longer to read than a film may") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return read_answer(child.returncode, said, complaint)


def read_answer(status: int | None, said: bytes, complaint: bytes) -> dict[str, Any]:
    """What a reader that has ended said; one that said nothing was ended by its film."""
    if status != 0:
        log.warning("a film that was sent ended its reader (%s): %s", status, complaint[-500:])
        raise InvalidVideo("The film cannot be read within what reading a film may take")
    answer: dict[str, Any] = json.loads(said)
    if "refused" in answer:
        raise InvalidVideo(f"The film is not taken: {answer['refused']}")
    made: dict[str, Any] = answer["made"]
    return made
