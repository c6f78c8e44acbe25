"""An application on real services in this process, and what tests ask of it."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr
from starlette.types import ASGIApp
from tests.contract.document import Document

from filmgate import wiring
from filmgate.application import application
from filmgate.domain.account import Key, hash_key, prefix
from filmgate.domain.states import State
from filmgate.settings import EngineSettings, Settings
from filmgate.store import accounts, keys
from filmgate.store.connections import WriteConnection
from filmgate.store.sqlite import SqliteDatabase
from filmgate.testing.clock import ManualClock
from filmgate.wiring import House

KEY = "the-first-key-of-the-tests"
OTHER_KEY = "the-key-of-another-account"
ENGINE = "animatic"
BASE_URL = "http://filmgate.test"

SORA: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "a quiet sea",
    "duration": 1,
    "width": 128,
    "height": 128,
    "fps": 2,
    "seed": 7,
}
"""A create request in the vocabulary of the document; made in milliseconds."""

OPENAI: dict[str, Any] = {"model": "sora-2", "prompt": "a quiet sea", "seconds": "4", "seed": 7}
"""A create request in the official vocabulary; slow to make, quick to queue."""


def settings_for(data: Path, **given: Any) -> Settings:
    plain = {ENGINE: EngineSettings(kind="filmgate.testing.engines:Plain")}
    values: dict[str, Any] = {"data": data, "api_key": SecretStr(KEY), "engines": plain}
    return Settings(**values | given)


@dataclass
class Server:
    """An application, its services, its clock, and a client that carries the first key."""

    house: House
    app: ASGIApp
    clock: ManualClock
    client: httpx2.AsyncClient
    document: Document | None = None

    def caller(self, headers: dict[str, str] | None = None, **options: Any) -> httpx2.AsyncClient:
        """Another client of the same application, with these headers only."""
        return client_of(self.app, headers or {}, self.document, **options)

    async def create(self, headers: dict[str, str] | None = None, **change: Any) -> dict[str, Any]:
        """The object of a fresh video: SORA, with what `change` says."""
        answer = await self.client.post("/v1/videos", json=SORA | change, headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def seen(self, video_id: str, **headers: str) -> dict[str, Any]:
        """The object of a video as it stands."""
        answer = await self.client.get(f"/v1/videos/{video_id}", headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def ended(self, video_id: str) -> dict[str, Any]:
        """The object of a video once it is final; a worker must be working."""
        bell = self.house.queue.bell()
        async with asyncio.timeout(30):
            while (await self.seen(video_id))["status"] not in ("completed", "failed"):
                await bell.wait(1)
        return await self.seen(video_id)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A real worker in this process, until the block ends."""
        stop = asyncio.Event()
        worker = wiring.worker(self.house, ENGINE, "worker_of_the_test")
        task = asyncio.create_task(worker.run(stop))
        try:
            yield
        finally:
            stop.set()
            await task

    def stored(self) -> tuple[dict[str, list[Any]], list[str]]:
        """Every row of the database and every file beside it."""
        data = self.house.settings.data
        files = [path for path in data.rglob("*") if "filmgate.db" not in path.name]
        return rows(data / "filmgate.db"), sorted(str(path.relative_to(data)) for path in files)

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Holds that nothing was stored and nothing left on disk."""
        before = self.stored()
        yield
        assert self.stored() == before


def rows(database: Path) -> dict[str, list[Any]]:
    """Every row of every table."""
    connection = sqlite3.connect(database)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}
    finally:
        connection.close()


def client_of(
    app: ASGIApp, headers: dict[str, str], document: Document | None, **options: Any
) -> httpx2.AsyncClient:
    """A client; every answer to it is held against the OpenAPI document."""
    hooks: list[Callable[..., Any]] = [partial(_held, document)] if document else []
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, **options),
        base_url=BASE_URL,
        headers=headers,
        event_hooks={"response": hooks},
    )


async def _held(document: Document, response: httpx2.Response) -> None:
    await response.aread()
    document.hold(response)


@asynccontextmanager
async def running(
    settings: Settings, document: Document | None = None, clock: ManualClock | None = None
) -> AsyncIterator[Server]:
    """An application on a data folder that is prepared already."""
    clock = clock or ManualClock()
    async with wiring.open_house(settings, clock) as house:
        app = await application(house)
        async with client_of(app, {"authorization": f"Bearer {KEY}"}, document) as client:
            yield Server(house, app, clock, client, document)


@dataclass(frozen=True)
class Stock:
    """Two data folders to copy: `bare` has keys alone, `full` a video in every state."""

    bare: Path
    full: Path
    document: Document
    ids: dict[str, str] = field(default_factory=dict)

    def copied(self, name: str, target: Path) -> Path:
        shutil.copytree(getattr(self, name), target)
        return target


async def stocked(folder: Path) -> Stock:
    """The data folders, made by the real services and a real worker."""
    bare, full = folder / "bare", folder / "full"
    settings = settings_for(bare)
    wiring.prepare_data(settings)
    async with running(settings) as server:
        await server.house.keys.ensure_first(KEY, bare / "api-key")
        document = Document((await server.client.get("/openapi.json")).json())
    await _second_account(bare / "filmgate.db")
    shutil.copytree(bare, full)
    async with running(settings_for(full)) as server:
        ids = await _films(server) | await _lives(server)
    return Stock(bare, full, document, ids)


async def _second_account(path: Path) -> None:
    database = SqliteDatabase(path)
    await database.write(_add_second)
    await database.close()


def _add_second(conn: WriteConnection) -> None:
    accounts.ensure(conn, "acct_second", "second", 0)
    key = Key(
        id="key_second",
        account_id="acct_second",
        hash=hash_key(OTHER_KEY),
        prefix=prefix(OTHER_KEY),
        source="test",
        created_at=0,
    )
    keys.add(conn, key)


async def _films(server: Server) -> dict[str, str]:
    """Completed videos: two outputs as links, one output as base64."""
    async with server.working():
        finished = await server.create(n=2, user="ann", metadata={"style": "noir"})
        embedded = await server.create(response_format="b64_json", metadata={"label": "b"})
        for video in (finished, embedded):
            assert (await server.ended(video["id"]))["status"] == "completed"
    return {"finished": finished["id"], "embedded": embedded["id"]}


async def _lives(server: Server) -> dict[str, str]:
    """A failed video, a running one at 40%, a waiting one, and one of another account."""
    failed, running_one = await server.create(), await server.create(user="ann")
    await server.client.post(f"/v1/videos/{failed['id']}/cancel")
    claimed = await server.house.queue.claim(ENGINE, "worker_elsewhere")
    assert claimed is not None
    assert claimed.id == running_one["id"]
    assert claimed.state is State.RUNNING
    await server.house.queue.beat_all([(claimed, 40)])
    answer = await server.client.post("/v1/videos", json=OPENAI)
    async with server.caller({"api-key": OTHER_KEY}) as other:
        foreign = (await other.post("/v1/videos", json=SORA)).json()
    return {
        "failed": failed["id"],
        "running": running_one["id"],
        "waiting": answer.json()["id"],
        "foreign": foreign["id"],
    }
