"""One film's way: sent once, waited for, fetched; on from wherever its mark says it stands."""

import asyncio
import logging
import math
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filmgate.clock import Clock
from filmgate.domain.states import Failure
from filmgate.engines.relay.attend import attend, rest
from filmgate.engines.relay.fetching import FilmRefused
from filmgate.engines.relay.fleet import Berth, Fleet
from filmgate.engines.relay.following import Provenance
from filmgate.engines.relay.marks import Mark, Stage
from filmgate.engines.relay.upstream import (
    Accepted,
    Blame,
    Look,
    Order,
    Outcome,
    Phase,
    Refused,
    Step,
    Unknown,
    Unreachable,
)
from filmgate.errors import GenerationFailed, Stopped

log = logging.getLogger(__name__)

ANSWER_S = 4.0
"""How long a stop waits for the answer to an order that is on its way."""
_TURNS = 3
_ABSENT_LOOKS = 3
_REFUSED_FETCHES = 3
_UNREACHABLE = 10
"""How many times `find_s` an upstream that does not answer at all is asked for a lost order."""
_IDLE_S = 0.25
_LONGEST_PAUSE_S = 15.0

Note = Callable[[Mark], Awaitable[None]]
"""Makes a mark durable."""


OrderOf = Callable[[Berth, Mark], Awaitable[Order]]
"""Writes the order of a film for one upstream, under a mark's tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotLine:
    """How a shot talks to its video: `note` keeps a mark, `tell` takes progress, `step` asks on.

    `drained` are the upstreams that get no new orders.
    """

    note: Note
    tell: Callable[[float], None]
    step: Step
    drained: Callable[[], Awaitable[frozenset[str]]]


class Shot:
    """Brings one film from an upstream. `mark` is where an earlier attempt left it.

    `origin` is what it is made from where it can: there it is ordered first, and nowhere else.
    """

    def __init__(
        self,
        *,
        name: str,
        model: str,
        mark: Mark | None,
        fleet: Fleet,
        order_of: OrderOf,
        line: ShotLine,
        clock: Clock,
        find_s: float,
        origin: Provenance | None = None,
    ) -> None:
        self.mark = mark
        self._name = name
        self._model = model
        self._fleet = fleet
        self._order_of = order_of
        self._line = line
        self._clock = clock
        self._find_s = find_s
        self._origin = origin
        self._rung = asyncio.Event()

    async def bring(self, path: Path) -> Look:
        """Have the film made and fetch it to `path`; the last look tells what it cost.

        Raises:
            Stopped: passed on.
            GenerationFailed: there will be no film.
        """
        while True:
            berth, job = await self._secure()
            berth.load += 1
            try:
                look = await self._wait(berth, job)
                if look.phase is Phase.DONE:
                    return await self._fetch(berth, job, look, path)
            finally:
                berth.load -= 1
            self._refuse_end(berth, look)
            log.warning("%s: %s forgot %s; it is sent anew", self._name, berth.name, job)
            await self._move(Stage.REFUSED)

    def ring(self) -> None:
        """There may be news: look at once."""
        self._rung.set()
        mark = self.mark
        berth = self._fleet.get(mark.upstream) if mark else None
        if mark is None or berth is None:
            return
        berth.rings = True
        if mark.job and berth.watch:
            berth.watch.hurry(mark.job)

    async def cancel(self) -> None:
        """Stop the work upstream, as far as it can be; where it was heard, the mark says so."""
        mark = self.mark
        if mark is not None and mark.stage is Stage.SENT and await stop_job(self._fleet, mark):
            with suppress(Stopped):  # the video has ended: that is why
                await self._move(Stage.STOPPED, mark.job)

    async def _secure(self) -> tuple[Berth, str]:
        """The upstream that has the order, and the order's id there, by whatever it takes."""
        while True:
            mark = self.mark
            if mark is None or mark.stage is Stage.REFUSED:
                await self._send()
            elif mark.stage is Stage.SENDING:
                await self._recover(mark)
            else:
                return self._berth(mark), mark.job or ""

    def _berth(self, mark: Mark) -> Berth:
        berth = self._fleet.get(mark.upstream)
        if berth is None:
            log.error("%s is at %s, which the settings do not name", self._name, mark.upstream)
            raise _failure("The upstream of this video is gone from the settings")
        return berth

    async def _send(self) -> None:
        """Find an upstream that takes the order, or may have taken it."""
        refused: dict[str, Refused] = {}
        while True:
            drained = await self._line.drained()
            only = self._origin.upstream if self._origin else None
            berth = self._fleet.choose(self._model, drained | refused.keys(), only)
            if berth is None:
                self._refuse_if_all(refused)
                await rest(_IDLE_S, self._line.step)
                continue
            outcome = await self._post(berth)
            if not isinstance(outcome, Refused):
                return
            if outcome.blame is Blame.REQUEST and self._origin is not None:
                self._origin = None  # it may not have the film any more: whoever can makes it anew
            elif outcome.blame is not Blame.BUSY:
                refused[berth.name] = replace(outcome, message=berth.presentable(outcome.message))

    def _refuse_if_all(self, refused: dict[str, Refused]) -> None:
        serving = {berth.name for berth in self._fleet.serving(self._model)}
        if not serving:
            raise _failure(f"No upstream makes films for the model {self._model}")
        if serving <= refused.keys():
            first = next(iter(refused.values()))
            raise _failure(f"The upstream refused: {first.message}", first.failure)

    async def _post(self, berth: Berth) -> Outcome:
        """Mark, send once, mark again. Whatever happens between, the mark tells what to do."""
        turn = self.mark.turn + 1 if self.mark else 1
        tag = f"{self._name}-{turn}"
        mark = Mark(
            stage=Stage.SENDING,
            upstream=berth.name,
            tag=tag,
            at=self._clock.now(),
            turn=turn,
            follows=self._origin.job if self._origin else None,
        )
        order = await self._order_of(berth, mark)
        berth.load += 1
        try:
            berth.fuse.begin()
            await rest(berth.pace.take(), self._line.step)
            await self._note(mark)
            outcome = await self._submit(berth, order)
            self._judge(berth, outcome)
            return outcome
        finally:
            berth.load -= 1

    async def _submit(self, berth: Berth, order: Order) -> Outcome:
        """Send. A stop waits a little for the answer: it is worth a film."""
        task = asyncio.ensure_future(berth.plug.submit(order))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=_IDLE_S)
                self._line.step()
        except Stopped:
            await asyncio.wait({task}, timeout=ANSWER_S)
            if task.done():
                await self._conclude(task.result())
            raise
        finally:
            task.cancel()
        outcome = task.result()
        await self._conclude(outcome)
        return outcome

    async def _conclude(self, outcome: Outcome) -> None:
        match outcome:
            case Accepted(job):
                await self._move(Stage.SENT, job)
            case Refused():
                await self._move(Stage.REFUSED)
            case Unknown(why):
                log.warning("%s: no word whether it was taken: %s", self._name, why)

    def _judge(self, berth: Berth, outcome: Outcome) -> None:
        """Let what an upstream said shape what it gets next."""
        match outcome:
            case Accepted():
                berth.fuse.close()
                berth.pace.recover()
            case Refused(blame=Blame.BUSY, retry_after_s=pause_s, message=why):
                log.info("%s takes no orders now: %s", berth.name, berth.presentable(why))
                berth.pace.rest(pause_s)
            case Refused(blame=Blame.UPSTREAM, message=why):
                log.warning("%s refuses every order: %s", berth.name, berth.presentable(why))
                berth.fuse.fail()
            case Unknown():
                berth.fuse.fail()

    async def _recover(self, mark: Mark) -> None:
        """Find the order whose answer was lost.

        One that is charged is never sent again, unless it surely never arrived.

        Raises:
            GenerationFailed: `upstream_unknown`, where that cannot be done.
        """
        berth = self._berth(mark)
        job, absent = await self._find(berth, mark)
        if job is not None:
            log.info("%s is found again at %s", self._name, berth.name)
            await self._move(Stage.SENT, job)
        elif berth.paid and not (absent and berth.traits.proves_absence):
            message = "Nobody can say whether the upstream took this video; it was not sent again"
            raise _failure(message, Failure.UPSTREAM_UNKNOWN)
        else:
            await self._move(Stage.REFUSED)

    async def _find(self, berth: Berth, mark: Mark) -> tuple[str | None, bool]:
        """Look until found, or long enough: an order may show late in a list.

        The job, if any; and whether the upstream said to the last that it has none.
        """
        traits, began = berth.traits, self._clock.monotonic()
        order = await self._order_of(berth, mark)
        while traits.finds and self._clock.now() - mark.at <= traits.finds_for_s:
            most_s = self._find_s
            try:
                job, absent = await attend(berth.plug.find(order), self._line.step), True
            except Unreachable as error:
                job, absent, most_s = None, False, self._find_s * _UNREACHABLE
                log.warning("%s cannot be asked for %s: %s", berth.name, self._name, error)
            if job is not None or self._clock.monotonic() - began >= most_s:
                return job, absent
            pause_s = min(_LONGEST_PAUSE_S, self._find_s / 10)
            await rest(max(berth.tempo.least_s, pause_s), self._line.step)
        return None, False

    async def _wait(self, berth: Berth, job: str) -> Look:
        """Look until the job has ended: with all others where the upstream lists them."""
        began, absent = self._clock.monotonic(), 0
        if berth.watch is not None:
            berth.watch.join(job)
        try:
            while True:
                self._rung.clear()
                look = await self._next_look(berth, job)
                if look.phase in (Phase.DONE, Phase.FAILED):
                    return look
                absent = absent + 1 if look.phase is Phase.GONE else 0
                if absent >= _ABSENT_LOOKS:
                    return look
                self._line.tell(look.progress or 0.0)
                if berth.watch is None:
                    age_s = math.inf if berth.rings else self._clock.monotonic() - began
                    wish_s = look.again_in_s
                    pause_s = berth.tempo.interval_s(age_s) if wish_s is None else wish_s
                    await rest(pause_s, self._line.step, self._rung)
        finally:
            if berth.watch is not None:
                berth.watch.forget(job)

    async def _next_look(self, berth: Berth, job: str) -> Look:
        if berth.watch is not None:
            return await attend(berth.watch.next_look(job), self._line.step)
        return await self._look(berth, job)

    async def _look(self, berth: Berth, job: str) -> Look:
        """One look; an upstream that cannot be seen is asked again and again: it has our film."""
        pause_s = berth.tempo.least_s
        while True:
            await rest(berth.pace.take(), self._line.step)
            try:
                return await attend(berth.plug.look(job), self._line.step)
            except Unreachable as error:
                log.warning("%s cannot be asked about %s: %s", berth.name, self._name, error)
                wish_s = error.retry_after_s or 0.0
            await rest(max(pause_s, wish_s) * random.uniform(0.8, 1.2), self._line.step)  # noqa: S311 no secret
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)

    async def _fetch(self, berth: Berth, job: str, look: Look, path: Path) -> Look:
        """Fetch a film that is paid for: with fresh addresses as often as it takes."""
        refusals, pause_s = 0, berth.tempo.least_s
        while look.phase is Phase.DONE:
            try:
                await attend(berth.plug.fetch(job, look, path, self._line.step), self._line.step)
            except FilmRefused:
                refusals += 1
                if refusals == _REFUSED_FETCHES:
                    raise
            except Unreachable as error:
                log.warning("the film of %s is not to be had yet: %s", self._name, error)
            else:
                return look
            await rest(pause_s, self._line.step)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
            look = await self._look(berth, job)
        raise _failure("The upstream lost the film before it was fetched")

    def _refuse_end(self, berth: Berth, look: Look) -> None:
        """Raise GenerationFailed for an end without a film, unless sending anew mends it."""
        if look.phase is Phase.FAILED:
            told = f": {berth.presentable(look.message)}" if look.message else ""
            raise _failure(f"The upstream failed{told}", look.failure)
        turn = self.mark.turn if self.mark else 1
        if berth.paid or turn >= _TURNS:
            raise _failure("The upstream does not know this video any more")

    async def _move(self, stage: Stage, job: str | None = None) -> None:
        if self.mark is not None:
            await self._note(self.mark.move_on(stage, job))

    async def _note(self, mark: Mark) -> None:
        self.mark = mark
        await self._line.note(mark)


async def stop_job(fleet: Fleet, mark: Mark) -> bool:
    """Have the job of a mark stopped, where its upstream can; False when it was not heard."""
    berth = fleet.get(mark.upstream)
    if mark.job is None or berth is None or not berth.traits.cancels:
        return True
    try:
        async with asyncio.timeout(ANSWER_S):
            await berth.plug.cancel(mark.job)
    except (Unreachable, TimeoutError) as error:
        log.warning("%s may go on at %s: %s", mark.tag, berth.name, error)
        return False
    return True


def _failure(message: str, failure: Failure = Failure.UPSTREAM) -> GenerationFailed:
    return GenerationFailed(message, failure=failure)
