"""This process as a maker: the server's own services and worker, without a server."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from starlette.datastructures import Headers

from filmgate import settings, wiring
from filmgate.api.forms import Upload
from filmgate.cli.maker import FilmOrder, FilmState
from filmgate.domain import ids
from filmgate.domain.account import Caller
from filmgate.domain.states import State
from filmgate.domain.video import Video
from filmgate.errors import BadRequest, Unavailable
from filmgate.wiring import House

_GRACE_S = 5.0


@asynccontextmanager
async def open_local_maker() -> AsyncIterator["LocalMaker"]:
    """A maker on a data folder of its own, gone when the block ends."""
    with TemporaryDirectory(prefix="filmgate-", ignore_cleanup_errors=True) as folder:
        config = settings.load(data=Path(folder), grace_s=_GRACE_S)
        wiring.prepare_data(config)
        async with wiring.open_house(config) as house:
            maker = LocalMaker(house, await _caller(house))
            try:
                yield maker
            finally:
                await maker.close()


async def _caller(house: House) -> Caller:
    """The first account, by the road that a server takes to it."""
    key = ids.fresh_key()
    await house.keys.ensure_first(key, house.settings.data / "api-key")
    return await house.keys.identify(key)


class LocalMaker:
    """Submits as a server does, and runs the worker that the video needs."""

    def __init__(self, house: House, caller: Caller) -> None:
        self._house = house
        self._caller = caller
        self._stop = asyncio.Event()
        self._working: asyncio.Task[None] | None = None

    async def create(self, order: FilmOrder) -> FilmState:
        """Put a video in line, and start a worker of its engine."""
        picture = Upload(order.picture) if isinstance(order.picture, bytes) else order.picture
        reading = wiring.drafts(self._house).read(
            {**order.fields, "input_reference": picture}, Headers({"x-filmgate-dialect": "sora"})
        )
        try:
            video, _ = await self._house.submissions.submit(self._caller, reading.draft)
        except BadRequest as error:
            raise reading.respell(error) from error
        worker = wiring.worker(self._house, video.engine, ids.worker_id())
        self._working = asyncio.create_task(worker.run(self._stop), name="worker")
        return _look(video)

    async def look(self, video_id: str) -> FilmState:
        """See how it stands.

        Raises:
            FilmgateError: the worker could not run.
        """
        if self._working is not None and self._working.done():
            await self._working
            raise Unavailable("The worker ended before the video was made")
        return _look(await self._house.videos.get(self._caller, video_id))

    async def download(self, video_id: str, index: int, file: BinaryIO) -> None:
        """Copy one of its films into a file."""
        video = await self._house.videos.get(self._caller, video_id)
        film = self._house.videos.film(video, "video", index).file
        path = self._house.blobs.local_path(film.key)
        if path is None:
            raise Unavailable("The films are not on this machine")
        with path.open("rb") as source:
            await asyncio.to_thread(shutil.copyfileobj, source, file, 1 << 20)

    async def withdraw(self, video_id: str) -> None:
        """Delete it; the engine stops at its next step."""
        await self._house.videos.delete(self._caller, video_id)

    async def close(self) -> None:
        """Stop the worker."""
        self._stop.set()
        if self._working is not None:
            await asyncio.wait((self._working,))


def _look(video: Video) -> FilmState:
    trouble = video.problem.message if video.problem else "unknown"
    return FilmState(
        id=video.id,
        status=video.state,
        progress=video.progress,
        final=video.state.final,
        outputs=len(video.outputs) or 1,
        seed=video.request.seed,
        not_drawn=tuple(video.making.render.get("not_drawn", ())),
        failure=trouble if video.state is State.FAILED else None,
    )
