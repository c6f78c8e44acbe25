"""Claims videos for one engine, as many at once as it takes, and tends their leases."""

import asyncio
import logging

from filmgate.clock import Clock
from filmgate.domain.states import Failure
from filmgate.domain.video import Problem
from filmgate.errors import EngineStuck, FilmgateError
from filmgate.services.queue import Queue
from filmgate.telemetry.tracing import NO_TRACES, Tracer, Value
from filmgate.workers.gate import ClaimGate
from filmgate.workers.lease import Ending, Lease
from filmgate.workers.line import STOP_S, Line
from filmgate.workers.outcome import Failed
from filmgate.workers.recorder import Recorder
from filmgate.workers.renderer import Renderer
from filmgate.workers.tender import Tender

log = logging.getLogger(__name__)


class Claimer:
    """Takes work when there is room for it. `slots` is how many videos the engine holds at once."""

    def __init__(
        self,
        *,
        queue: Queue,
        renderer: Renderer,
        recorder: Recorder,
        gate: ClaimGate,
        clock: Clock,
        engine: str,
        worker_id: str,
        slots: int,
        beat_s: float,
        tracer: Tracer = NO_TRACES,
    ) -> None:
        self._queue = queue
        self._renderer = renderer
        self._recorder = recorder
        self._gate = gate
        self._clock = clock
        self._engine = engine
        self._worker_id = worker_id
        self._slots = slots
        self._tender = Tender(queue=queue, clock=clock, worker_id=worker_id, beat_s=beat_s)
        self._tracer = tracer
        self._running: dict[asyncio.Task[None], Line] = {}

    async def run_once(self, *, changed: bool = True) -> None:
        """Tend what runs, then claim what there is room for."""
        await self._tend(changed=changed)
        while self._has_slot() and await self._claim():
            pass

    async def drain(self, grace_s: float, hurry: asyncio.Event | None = None) -> None:
        """Claim no more; let what runs finish within the grace, or until `hurry`; then stop it."""
        deadline, hurry = self._clock.monotonic() + grace_s, hurry or asyncio.Event()
        while self._running and self._clock.monotonic() < deadline and not hurry.is_set():
            await asyncio.wait(self._running, timeout=0.1, return_when=asyncio.FIRST_COMPLETED)
            await self._tend(changed=True)
        for line in self._running.values():
            line.lease.stop(Ending.GIVEN_BACK)
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_S / 2)

    @property
    def trouble(self) -> str | None:
        """Why nothing is claimed, if so."""
        return self._gate.trouble

    @property
    def idle(self) -> bool:
        """Whether no engine thread runs any more."""
        return not self._running

    def _has_slot(self) -> bool:
        """Whether one more may run; not while finished films wait for a storage that is away."""
        if any(line.lease.waits_for for line in self._running.values()):
            return False
        return len(self._running) < self._gate.slots(self._slots)

    async def _tend(self, *, changed: bool) -> None:
        lines = list(self._running.values())
        await self._tender.tend(lines, changed=changed)
        for line in lines:
            if line.lease.overdue and line.lease.ending is None:
                await self._time_out(line)
            if line.stuck:
                raise EngineStuck(f"the engine does not let go of {line.lease.video.id}")

    async def _time_out(self, line: Line) -> None:
        """End a video that takes too long. The engine is innocent of one that is made elsewhere."""
        lease = line.lease
        why = f": {lease.waits_for}" if lease.waits_for else ""
        message = f"The video took longer than the {lease.video.timeout_s:g} s it may take{why}"
        outcome = Failed(Problem(code=Failure.TIMEOUT, message=message))
        if not line.ordered:
            self._gate.note(outcome)
        await self._recorder.record(lease, outcome)
        lease.stop(Ending.CANCELLED)

    async def _claim(self) -> bool:
        video = await self._queue.claim(self._engine, self._worker_id, self._renderer.first_model)
        if video is None:
            return False
        log.info("%s starts, attempt %d", video.id, video.attempt)
        line = Line(Lease(video, clock=self._clock), self._queue)
        task = asyncio.create_task(self._work(line), name=f"render {video.id}")
        self._running[task] = line
        task.add_done_callback(self._running.pop)
        return True

    async def _work(self, line: Line) -> None:
        video = line.lease.video
        facts: dict[str, Value] = {"filmgate.video": video.id, "filmgate.attempt": video.attempt}
        try:
            with self._tracer.span("video", parent=video.traceparent, facts=facts) as span:
                outcome = await self._renderer.render(line)
                span.note({"filmgate.outcome": type(outcome).__name__.lower()})
                try:
                    await self._recorder.record(line.lease, outcome)
                finally:  # what is free is looked at once its files are gone
                    self._gate.note(outcome)
        except FilmgateError as error:
            log.warning("%s is left to the rescuer: %s", video.id, error)
        except Exception:
            log.exception("%s is left to the rescuer", video.id)
