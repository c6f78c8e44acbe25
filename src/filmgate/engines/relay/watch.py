"""Looks at all jobs of one upstream together: a page of its list answers a hundred of them."""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing, suppress
from itertools import chain

from filmgate.clock import Clock
from filmgate.engines.relay.pace import Pace, Tempo
from filmgate.engines.relay.upstream import ListingUpstream, Look, Phase, Unreachable

log = logging.getLogger(__name__)

_FEW = 3
"""So many jobs are asked for one by one: a page would cost the upstream more."""
_A_PAGE = 100
_ALONE = 10
"""How many jobs that the list does not show are asked for in one round."""
_LONGEST_PAUSE_S = 15.0


class Watch:
    """Tells each shot of every look at its job; one round looks at all that are waited for.

    A round costs as many requests as the list has pages, so the more jobs, the oftener it comes:
    none costs more requests than when it is looked at alone.
    """

    def __init__(
        self, name: str, plug: ListingUpstream, pace: Pace, tempo: Tempo, clock: Clock
    ) -> None:
        self._name = name
        self._plug = plug
        self._pace = pace
        self._tempo = tempo
        self._clock = clock
        self._jobs: dict[str, float] = {}
        self._watchers: Counter[str] = Counter()
        self._waiting: dict[str, list[asyncio.Future[Look]]] = {}
        self._asked_alone: dict[str, float] = {}
        self._fresh = asyncio.Event()
        self._wish_s: float | None = None
        self._turning: asyncio.Task[None] | None = None
        self._told: dict[str, Look] = {}
        self._hurried: dict[str, asyncio.Task[Unreachable | None]] = {}

    async def next_look(self, job: str) -> Look:
        """The next look at a job that tells something new; the first is soon."""
        future: asyncio.Future[Look] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(job, []).append(future)
        if self._turning is None or self._turning.done():
            self._turning = asyncio.create_task(self._turn(), name=f"watch {self._name}")
        return await future

    def join(self, job: str) -> None:
        """Somebody waits for it: perhaps beside another, an attempt that is about to end."""
        self._watchers[job] += 1
        self._jobs.setdefault(job, self._clock.monotonic())
        self._told.pop(job, None)
        self._fresh.set()

    def hurry(self, job: str) -> None:
        """Look at a job now, beside the round, if anybody waits for it."""
        if job in self._jobs and job not in self._hurried:
            self._hurried[job] = asyncio.create_task(self._see_alone(job), name=f"hurry {job}")
            self._hurried[job].add_done_callback(lambda _: self._hurried.pop(job, None))

    def forget(self, job: str) -> None:
        """One who joined waits no more."""
        self._watchers[job] -= 1
        if self._watchers[job] > 0:
            return
        del self._watchers[job]
        for kept in (self._jobs, self._waiting, self._asked_alone, self._told):
            kept.pop(job, None)

    async def close(self) -> None:
        """Stop looking."""
        tasks = {task for task in (self._turning, *self._hurried.values()) if task is not None}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _turn(self) -> None:
        """Round after round while anybody waits."""
        pause_s = self._tempo.least_s
        while self._jobs:
            began = self._clock.monotonic()
            try:
                await self._round()
            except Unreachable as error:
                log.warning("%s is silent on %d jobs: %s", self._name, len(self._jobs), error)
                await asyncio.sleep(max(pause_s, error.retry_after_s or 0.0))
                pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
            except Exception as error:  # whatever it is, nobody may wait for ever
                self._give_up(error)
                raise
            else:
                pause_s = self._tempo.least_s
                await self._rest(began)

    async def _rest(self, began: float) -> None:
        """Wait for the next round; one that has just come to be waited for brings it on."""
        now = self._clock.monotonic()
        await asyncio.sleep(began + self._tempo.interval_s(0.0) - now)
        if not self._jobs:
            return
        interval_s = self._wish_s
        if interval_s is None:
            age_s = now - max(self._jobs.values())
            share = _requests(len(self._jobs)) / len(self._jobs)
            interval_s = self._tempo.interval_s(age_s, share)
        with suppress(TimeoutError):
            async with asyncio.timeout(began + interval_s - self._clock.monotonic()):
                await self._fresh.wait()

    async def _round(self) -> None:
        """Look at every job: on the pages of the list, else alone.

        Raises:
            Unreachable: nothing was seen.
        """
        self._fresh.clear()
        self._wish_s = None
        jobs = list(self._jobs)
        alone = jobs if len(jobs) <= _FEW else await self._see_pages(jobs)
        troubles = await asyncio.gather(*(self._see_alone(job) for job in alone))
        if alone and len(alone) == len(jobs) and (trouble := next(filter(None, troubles), None)):
            raise trouble

    async def _see_pages(self, jobs: Sequence[str]) -> list[str]:
        """Read the list until it has shown every job; some of those that it does not show."""
        missing = set(jobs)
        async with aclosing(self._plug.list_looks()) as pages:
            for _ in range(2 * _requests(len(jobs))):
                await self._pace.turn()
                page = await anext(pages, None)
                if page is None:
                    break
                for job in missing & page.keys():
                    self._tell(job, page[job])
                missing -= page.keys()
                if not missing:
                    break
        return sorted(missing, key=lambda job: self._asked_alone.get(job, 0.0))[:_ALONE]

    async def _see_alone(self, job: str) -> Unreachable | None:
        """Look at one job; the trouble, if it cannot be seen."""
        await self._pace.turn()
        self._asked_alone[job] = self._clock.monotonic()
        try:
            look = await self._plug.look(job)
        except Unreachable as error:
            log.warning("%s cannot be asked about %s: %s", self._name, job, error)
            return error
        self._tell(job, look)
        return None

    def _give_up(self, error: Exception) -> None:
        for future in chain.from_iterable(self._waiting.values()):
            if not future.done():
                future.set_exception(error)
        self._waiting.clear()

    def _tell(self, job: str, look: Look) -> None:
        if look.again_in_s is not None:
            self._wish_s = min(look.again_in_s, self._wish_s or look.again_in_s)
        if look.phase is Phase.WAITING and look == self._told.get(job):
            return
        self._told[job] = look
        for future in self._waiting.pop(job, ()):
            if not future.done():
                future.set_result(look)


def _requests(jobs: int) -> int:
    """How many requests a round costs."""
    return jobs if jobs <= _FEW else math.ceil(jobs / _A_PAGE)
