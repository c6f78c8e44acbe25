"""Makes one claimed video: engine, proof, storage, end. Every outcome is one conditional write."""

import logging
import shutil
from pathlib import Path

from filmgate.blobs import Blobs
from filmgate.domain.states import Failure
from filmgate.domain.video import Output, Problem
from filmgate.engines.base import PICTURE, Engine
from filmgate.errors import GenerationFailed, Stopped, StorageFull
from filmgate.services.queue import Queue
from filmgate.workers.lease import Lease
from filmgate.workers.publisher import Publisher

log = logging.getLogger(__name__)


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
            outputs = await self._outputs(lease)
        except Stopped:
            await self._publisher.withdraw(lease.video)
        except GenerationFailed as error:
            await self._fail(lease, Problem(code=error.failure, message=error.message))
        except StorageFull as error:
            await self._fail(lease, Problem(code=Failure.ENGINE, message=error.message))
        except MemoryError:
            problem = Problem(code=Failure.OUT_OF_MEMORY, message="The engine ran out of memory")
            await self._fail(lease, problem)
        else:
            await self._finish(lease, outputs)

    async def _outputs(self, lease: Lease) -> tuple[Output, ...]:
        video = lease.video
        if adopted := await self._publisher.adopt(video):
            log.info("%s adopts the films of an earlier attempt", video.id)
            return adopted
        folder = self._scratch / f"{video.id}-{video.token}"
        folder.mkdir(parents=True)
        try:
            return await self._publisher.publish(video, await self._films(lease, folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _films(self, lease: Lease, folder: Path) -> list[Path]:
        request = lease.video.request
        if request.picture is not None:
            (folder / PICTURE).write_bytes(await self._blobs.get(request.picture))
        try:
            return await self._engine.generate(lease.video, folder, lease)
        except (Stopped, GenerationFailed, MemoryError):
            raise
        except Exception as error:
            log.exception("the engine failed on %s", lease.video.id)
            raise GenerationFailed(
                f"The engine failed ({type(error).__name__}); the server's log says more"
            ) from error

    async def _finish(self, lease: Lease, outputs: tuple[Output, ...]) -> None:
        if not await self._queue.finish(lease.video, outputs):
            log.warning("%s was ended by somebody else; its late films are removed", lease.video.id)
            await self._publisher.withdraw(lease.video)

    async def _fail(self, lease: Lease, problem: Problem) -> None:
        log.warning("%s failed: %s: %s", lease.video.id, problem.code, problem.message)
        await self._publisher.withdraw(lease.video)
        await self._queue.fail(lease.video, problem)
