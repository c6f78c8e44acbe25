"""Makes the films of one claimed video: picture, engine, proof, storage."""

import errno
import logging
import shutil
from pathlib import Path

from filmgate.engines.base import Engine, Made, as_made, first_model_of
from filmgate.errors import GenerationFailed, Stopped
from filmgate.telemetry.tracing import NO_TRACES, Tracer
from filmgate.workers.line import Line
from filmgate.workers.outcome import Completed, Outcome, outcome_of
from filmgate.workers.outfitter import Outfitter
from filmgate.workers.patience import patiently
from filmgate.workers.publisher import Publisher, Stored

log = logging.getLogger(__name__)


class Renderer:
    """Runs an engine for a lease and says what came of it."""

    def __init__(
        self,
        *,
        engine: Engine,
        outfitter: Outfitter,
        publisher: Publisher,
        scratch: Path,
        tracer: Tracer = NO_TRACES,
    ) -> None:
        self._engine = engine
        self._outfitter = outfitter
        self._publisher = publisher
        self._scratch = scratch
        self._tracer = tracer

    @property
    def first_model(self) -> str | None:
        """The model whose videos the engine would have first."""
        return first_model_of(self._engine)

    async def render(self, line: Line) -> Outcome:
        """Make and store the films of a leased video, or say why not.

        Raises:
            Unavailable: the database or the storage is away; the lease will be rescued.
        """
        try:
            return Completed(await self._store_films(line))
        except Exception as error:  # noqa: BLE001 - what is no outcome is raised again
            return outcome_of(error)

    async def _store_films(self, line: Line) -> Stored:
        video = line.lease.video
        if adopted := await patiently(line.lease, lambda: self._publisher.adopt(video)):
            log.info("%s adopts the films of an earlier attempt", video.id)
            return adopted
        folder = self._scratch / f"{video.id}-{video.token}"
        folder.mkdir(parents=True)
        try:
            await self._outfitter.lay_out(line.lease, folder)
            with self._tracer.span("generate", facts={"filmgate.engine": video.engine}):
                made = await self._generate(line, folder)
            with self._tracer.span("publish"):
                return await patiently(line.lease, lambda: self._publisher.publish(video, made))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _generate(self, line: Line, folder: Path) -> Made:
        video = line.lease.video
        with line.busy():
            try:
                return as_made(await self._engine.generate(video, folder, line))
            except (Stopped, GenerationFailed, MemoryError):
                raise
            except Exception as error:
                if getattr(error, "errno", None) == errno.ENOSPC:
                    raise OSError(errno.ENOSPC, "no room for the films") from error
                log.exception("the engine failed on %s", video.id)
                raise GenerationFailed(
                    f"The engine failed ({type(error).__name__}); the server's log says more"
                ) from error
