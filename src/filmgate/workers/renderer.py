"""Makes one claimed video: engine, proof, storage, end. Every outcome is one conditional write."""

import asyncio
import errno
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from filmgate.blobs import Blobs
from filmgate.domain.states import Failure
from filmgate.domain.video import Problem, Video
from filmgate.engines.base import PICTURE, Engine, Made, as_made
from filmgate.errors import (
    GenerationFailed,
    InvalidImage,
    NotFound,
    Stopped,
    StorageFull,
    Unavailable,
)
from filmgate.media.pictures import write_as_seen
from filmgate.services.queue import Queue
from filmgate.workers.lease import Lease
from filmgate.workers.publisher import Publisher, Stored

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

_NO_SCRATCH = "The worker cannot use its scratch folder; the server's log says more"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 15.0


def write_picture(data: bytes, path: Path) -> None:
    """Decode it once, for every engine; GenerationFailed where it is none after all."""
    try:
        write_as_seen(data, path)
    except InvalidImage as error:
        raise GenerationFailed(error.message, failure=Failure.INVALID_IMAGE) from error


class Renderer:
    """Runs an engine on a lease and writes what came of it."""

    def __init__(
        self, *, engine: Engine, queue: Queue, blobs: Blobs, publisher: Publisher, scratch: Path
    ) -> None:
        self._engine = engine
        self._queue = queue
        self._blobs = blobs
        self._publisher = publisher
        self._scratch = scratch

    async def render(self, lease: Lease) -> None:
        """Make the films of a leased video, or say why not.

        Raises:
            Unavailable: the database or the storage is away; the lease will be rescued.
        """
        try:
            stored = await self._stored(lease)
            await self._finish(lease, stored)
        except Stopped:
            await self._withdraw(lease.video)
        except GenerationFailed as error:
            await self._fail(lease, Problem(code=error.failure, message=error.message))
        except StorageFull as error:
            await self._fail(lease, Problem(code=Failure.ENGINE, message=error.message))
        except OSError as error:
            log.exception("%s cannot be made on this machine", lease.video.id)
            why = "The worker's disk is full" if error.errno == errno.ENOSPC else _NO_SCRATCH
            await self._fail(lease, Problem(code=Failure.ENGINE, message=why))
        except MemoryError:
            problem = Problem(code=Failure.OUT_OF_MEMORY, message="The engine ran out of memory")
            await self._fail(lease, problem)

    async def _stored(self, lease: Lease) -> Stored:
        video = lease.video
        if adopted := await self._patiently(lease, self._publisher.adopt, video):
            log.info("%s adopts the films of an earlier attempt", video.id)
            return adopted
        folder = self._scratch / f"{video.id}-{video.token}"
        folder.mkdir(parents=True)
        try:
            made = await self._made(lease, folder)
            return await self._patiently(lease, self._publisher.publish, video, made)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _patiently(
        self,
        lease: Lease,
        write: Callable[Concatenate[Video, P], Awaitable[T]],
        video: Video,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Write again and again while the store is away and the lease is held.

        Raises:
            Stopped: the lease ended before the store came back.
        """
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return await write(video, *args, **kwargs)
            except StorageFull:
                raise
            except Unavailable as error:
                lease.trouble = error.message
                log.warning("%s waits to be stored: %s", video.id, error)
            await asyncio.sleep(pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
            lease.check()

    async def _made(self, lease: Lease, folder: Path) -> Made:
        request = lease.video.request
        if request.picture is not None:
            picture = await self._patiently(lease, self._picture, lease.video)
            await asyncio.to_thread(write_picture, picture, folder / PICTURE)
        lease.generating = True
        try:
            return as_made(await self._engine.generate(lease.video, folder, lease))
        except (Stopped, GenerationFailed, MemoryError):
            raise
        except Exception as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise StorageFull("The worker's disk is full") from error
            log.exception("the engine failed on %s", lease.video.id)
            raise GenerationFailed(
                f"The engine failed ({type(error).__name__}); the server's log says more"
            ) from error
        finally:
            lease.generating = False

    async def _picture(self, video: Video) -> bytes:
        try:
            return await self._blobs.get(video.request.picture or "")
        except NotFound as error:
            raise GenerationFailed(
                "The picture of this video is gone", failure=Failure.INVALID_IMAGE
            ) from error

    async def _finish(self, lease: Lease, stored: Stored) -> None:
        finish, video = self._queue.finish, lease.video
        if not await self._patiently(lease, finish, video, stored.outputs, stored.making):
            log.warning("%s was ended by somebody else; its late films are removed", lease.video.id)
            await self._withdraw(lease.video)
        elif lease.video.token > 1:
            await self._publisher.tidy(replace(lease.video, outputs=stored.outputs))

    async def _fail(self, lease: Lease, problem: Problem) -> None:
        log.warning("%s failed: %s: %s", lease.video.id, problem.code, problem.message)
        await self._withdraw(lease.video)
        await self._queue.fail(lease.video, problem)

    async def _withdraw(self, video: Video) -> None:
        """Remove this attempt's films, unless somebody needs them after all.

        Where the database or the storage stays away, they are left: they die with their video.
        """
        pause_s = _FIRST_PAUSE_S
        while pause_s < _LONGEST_PAUSE_S:
            try:
                if not await self._queue.needs(video):
                    await self._publisher.withdraw(video)
            except Unavailable as error:
                log.warning("%s waits to be withdrawn: %s", video.id, error)
                await asyncio.sleep(pause_s)
                pause_s *= 2
            else:
                return
