"""A judge that is a command of the operator's."""

import asyncio
import contextlib
import os
import shlex
import signal

from filmgate.moderators.base import MAX_ANSWER, JudgeFailed


class CommandJudge:
    """A judge that is a command: the case on its stdin, the verdict on its stdout, exit code 0."""

    def __init__(self, line: str, *, at_once: int = 8) -> None:
        self._words = shlex.split(line)
        self._room = asyncio.Semaphore(at_once)

    async def __call__(self, case: bytes) -> bytes:
        """Run the command once; it is killed when nobody waits for it any more."""
        async with self._room:
            process = await self._start()
            try:
                answer, _ = await process.communicate(case)
            finally:
                await _end(process)
        if process.returncode != 0:
            raise JudgeFailed(f"the command ended with {process.returncode}")
        return answer[:MAX_ANSWER]

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        try:
            return await asyncio.create_subprocess_exec(
                *self._words, stdin=pipe, stdout=pipe, start_new_session=True
            )
        except OSError as error:
            raise JudgeFailed(f"the command cannot be run: {error.strerror}") from error


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing of a command behind, its children included."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.communicate()
