"""The engine: a video's request → orders at upstreams → films in its scratch folder."""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from filmgate.clock import Clock, SystemClock
from filmgate.domain.states import Failure
from filmgate.domain.video import Making, Video
from filmgate.engines.base import Made, Report
from filmgate.engines.relay.attend import rest
from filmgate.engines.relay.fleet import Berth, Fleet
from filmgate.engines.relay.following import (
    Provenance,
    compose,
    first_frame,
    is_composed,
    ordered_shape,
    origin_of_mark,
    read_origin,
    refuse_lone_edit,
)
from filmgate.engines.relay.fuse import Fuse
from filmgate.engines.relay.kinds import make_upstream
from filmgate.engines.relay.marks import Mark, Stage, read_marks, write_marks
from filmgate.engines.relay.offers import find_offer
from filmgate.engines.relay.options import RelayOptions
from filmgate.engines.relay.pace import Pace, Tempo
from filmgate.engines.relay.pictures import FirstFrame
from filmgate.engines.relay.shot import Shot, ShotLine, stop_job
from filmgate.engines.relay.upstream import Following, ListingUpstream, Order
from filmgate.engines.relay.watch import Watch
from filmgate.errors import Cancelled, FilmgateError, GenerationFailed, Unavailable
from filmgate.media.conform import conform
from filmgate.media.probe import prove
from filmgate.validation import read_options

log = logging.getLogger(__name__)

FETCHED = 0.97
"""The share of the work that is done when a film has been fetched."""

_KEEP_AGAIN_S = 1.0


class Relay:
    """Has films made elsewhere. Implements `Engine` and `Recalls`."""

    def __init__(self, options: RelayOptions, clock: Clock | None = None) -> None:
        self.options = options
        self._clock = clock or SystemClock()
        self.fleet = Fleet([self._berth(name) for name in options.upstreams])

    async def open(self) -> None:
        """Open every upstream."""
        try:
            for berth in self.fleet:
                await berth.plug.open()
        except FilmgateError:
            await self.close()
            raise

    async def generate(self, video: Video, scratch: Path, report: Report) -> Made:
        """Have every film of `video` made, each by an order of its own."""
        return await _Session(video, scratch, report, self.fleet, self.options, self._clock).run()

    async def recall(self, token: str) -> bool:
        """Stop what is known to be under way; what may be on its way cannot be told to stop."""
        sent = [mark for mark in read_marks(token).values() if mark.stage is Stage.SENT]
        return all(await asyncio.gather(*(stop_job(self.fleet, mark) for mark in sent)))

    async def close(self) -> None:
        """Close every upstream."""
        for berth in self.fleet:
            if berth.watch is not None:
                await berth.watch.close()
            await berth.plug.close()

    def _berth(self, name: str) -> Berth:
        upstream, clock = self.options.upstreams[name], self._clock
        plug = make_upstream(name, upstream, self.options)
        least_s = upstream.poll_s or plug.traits.poll_s
        tempo = Tempo(least_s, max(least_s, upstream.poll_most_s or plug.traits.poll_most_s))
        pace = Pace(clock, upstream.most_per_second)
        watch = None
        if plug.traits.lists and isinstance(plug, ListingUpstream):
            watch = Watch(name, plug, pace, tempo, clock)
        return Berth(
            name=name,
            plug=plug,
            options=upstream,
            fuse=Fuse(name, clock),
            pace=pace,
            tempo=tempo,
            watch=watch,
        )


class _Session:
    """One attempt at one video."""

    def __init__(
        self,
        video: Video,
        scratch: Path,
        report: Report,
        fleet: Fleet,
        options: RelayOptions,
        clock: Clock,
    ) -> None:
        self._video = video
        self._scratch = scratch
        self._report = report
        self._options = options
        self._fleet = fleet
        self._marks = read_marks(video.resume)
        self._keeping = asyncio.Lock()
        self._shares = [0.0] * video.request.n
        self._picture: FirstFrame | None = None
        self._drained: frozenset[str] = frozenset()
        self._native: str | None = None
        self._costs: list[int | None] = [None] * video.request.n
        self._origin = self._find_origin()
        self._shots = [self._shot(index, fleet, clock) for index in range(video.request.n)]

    async def run(self) -> Made:
        """The films, in order. What one film's failure leaves undone upstream is cancelled."""
        self._report.listen(self._ring)
        self._picture = await asyncio.to_thread(first_frame, self._video.request, self._scratch)
        tasks = [
            asyncio.create_task(self._film(index), name=f"{self._video.id} film {index}")
            for index in range(len(self._shots))
        ]
        try:
            films = await asyncio.gather(*tasks)
        except (GenerationFailed, Cancelled):
            await _end(tasks)
            await asyncio.gather(*(shot.cancel() for shot in self._shots))
            raise
        finally:
            await _end(tasks)
        costs = [cost for cost in self._costs if cost is not None]
        render = {"native": self._native} if self._native else {}
        origin = origin_of_mark(self._shots[0].mark, self._video.request)
        return Made(
            films=films,
            making=Making(render=render, cost=sum(costs) if costs else None),
            keepsake=origin.to_bytes() if origin else None,
        )

    def _find_origin(self) -> Provenance | None:
        """The job to make the films from, where its upstream makes such films."""
        source, origin = self._video.request.source, read_origin(self._scratch)
        berth = self._fleet.get(origin.upstream) if origin else None
        if source is None or berth is None or source.verb not in berth.traits.follows:
            return None
        return origin if berth.serves(self._video.request.model) else None

    def _ring(self) -> None:
        for shot in self._shots:
            shot.ring()

    async def _film(self, index: int) -> Path:
        source, target = self._scratch / f"{index}.upstream", self._scratch / f"{index}.mp4"
        look = await self._shots[index].bring(source)
        self._tell(index, FETCHED)
        try:
            await asyncio.to_thread(self._fit, source, target, index)
        except GenerationFailed as error:
            raise GenerationFailed(error.message, failure=Failure.UPSTREAM) from error
        self._costs[index] = look.cost if look.cost is not None else self._stated_cost(index)
        return target

    def _fit(self, source: Path, target: Path, index: int) -> None:
        """Make the film that came the film that was asked for, or prove that it is."""
        request, mark = self._video.request, self._shots[index].mark
        shape, composed = request.shape, mark is not None and is_composed(mark, request)
        if self._options.misfit == "fail":
            prove(source, ordered_shape(request) if composed else shape)
            if not composed:
                source.rename(target)
                return

        def tell(share: float) -> None:
            self._tell(index, FETCHED + (1 - FETCHED) * share)

        if composed:
            native = compose(self._scratch, source, target, request, tell)
        else:
            native = conform(source, target, shape, tell)
        self._native = native or self._native
        source.unlink(missing_ok=True)

    def _stated_cost(self, index: int) -> int | None:
        """What the operator, or else the shipped offer, says that the upstream charges."""
        mark = self._shots[index].mark
        berth = self._fleet.get(mark.upstream) if mark else None
        if berth is None:
            return None
        request = self._video.request
        offer = find_offer(berth.options.kind, berth.options.models.get(request.model, ""))
        stated = berth.options.cost or offer
        return stated.micros(ordered_shape(request)) if stated else None

    def _shot(self, index: int, fleet: Fleet, clock: Clock) -> Shot:
        return Shot(
            name=f"{self._video.id}-{index}",
            model=self._video.request.model,
            mark=self._marks.get(index),
            fleet=fleet,
            order_of=partial(self._order, index),
            line=ShotLine(
                note=partial(self._note, index),
                tell=lambda share: self._tell(index, FETCHED * share),
                step=lambda: self._tell(index, 0.0),
                drained=self._ask_drained,
            ),
            clock=clock,
            find_s=self._options.find_s,
            origin=self._origin,
        )

    async def _order(self, index: int, berth: Berth, mark: Mark) -> Order:
        request, base = self._video.request, self._options.callbacks
        path = await self._report.callback_path(mark.tag) if base else ""
        refuse_lone_edit(mark, request)
        verb = request.source.verb if request.source else None
        return Order(
            tag=mark.tag,
            since=mark.at,
            model=berth.options.models[request.model],
            prompt=request.prompt,
            shape=ordered_shape(request),
            seed=(request.seed + index) % 2**32,
            picture=self._picture,
            follows=Following(verb, mark.follows) if verb and mark.follows else None,
            callback=f"{base.rstrip('/')}{path}" if base else None,
            extras=request.extras,
        )

    async def _ask_drained(self) -> frozenset[str]:
        """What gets no orders now; while the database is away, what got none before."""
        try:
            self._drained = await self._report.drained_upstreams()
        except Unavailable as error:
            log.warning("%s asks what is drained: %s", self._video.id, error)
        return self._drained

    async def _note(self, index: int, mark: Mark) -> None:
        """Make a mark durable, however long the database is away: an order is worth a film.

        One at a time, so that none overwrites a newer one.
        """
        async with self._keeping:
            self._marks[index] = mark
            while True:
                try:
                    await self._report.resume(write_marks(self._marks))
                except Unavailable as error:
                    log.warning("%s waits to be marked: %s", self._video.id, error)
                    await rest(_KEEP_AGAIN_S, lambda: self._report.progress(0.0))
                else:
                    return

    def _tell(self, index: int, share: float) -> None:
        """Take the share done of one film; the video is as far as its films together."""
        self._shares[index] = max(self._shares[index], share)
        self._report.progress(sum(self._shares) / len(self._shares))


def make(options: Mapping[str, Any]) -> Relay:
    """The engine that an operator's table describes."""
    return Relay(read_options(RelayOptions, options))


async def _end(tasks: list[asyncio.Task[Path]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
