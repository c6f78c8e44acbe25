"""Records what the hot verbs say to a database, in the words of both."""

import asyncio
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from filmgate.domain.account import FIRST_ACCOUNT
from filmgate.domain.audit import Act
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Output, Request, StoredFile, Video, VideoFilter
from filmgate.services import moves
from filmgate.services.audit import record_act
from filmgate.services.standings import standing_at
from filmgate.store import accounts, listings, queue, schema, videos
from filmgate.store.connections import ReadConnection, WriteConnection
from filmgate.store.sqlite import SqliteDatabase

SQLITE: Dialect = sqlite.dialect(paramstyle="named")
POSTGRESQL: Dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]

VIDEO = Video(
    id="video_1",
    account_id=FIRST_ACCOUNT,
    dialect="sora",
    engine="animatic",
    request=Request(
        model="sora-1.0",
        prompt="a cat",
        shape=Shape(width=128, height=128, fps=5, duration_ms=1000),
        seed=7,
    ),
    state=State.QUEUED,
    progress=0,
    price=50_000,
    created_at=100.0,
    expires_at=1000.0,
)
FILE = StoredFile(key="videos/video_1/1/0.mp4", size=1, etag="e")
OUTPUTS = (Output(index=0, clip=FILE, thumbnail=FILE, spritesheet=FILE),)


class Recorder:
    """Stands before a connection, and keeps each statement that goes through."""

    def __init__(self, sql: Any, heard: list[Any]) -> None:
        self._sql = sql
        self._heard = heard

    def execute(self, statement: Any, *values: Any) -> Any:
        """Keep it, and let it through."""
        self._heard.append(statement)
        return self._sql.execute(statement, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sql, name)


def _create(conn: WriteConnection) -> None:
    rank = moves.enter(conn, VIDEO, key_id="key_1")
    record_act(
        conn, Act.VIDEO_CREATED, VIDEO.id, at=1.0, account_id=VIDEO.account_id, key_id="key_1"
    )
    standing_at(conn, VIDEO, rank)


_VERBS: Mapping[str, Callable[[WriteConnection], object]] = {
    "Create": _create,
    "Look for work": lambda conn: queue.waits(conn, "animatic", 0),
    "Claim": lambda conn: moves.claim(conn, "animatic", "worker_1", 200.0),
    "Beat": lambda conn: queue.beat(conn, VIDEO.id, 1, 50),
    "Finish": lambda conn: moves.finish(conn, VIDEO.id, 1, OUTPUTS, 300.0, 900.0),
    "Get": lambda conn: videos.get(conn, VIDEO.id, FIRST_ACCOUNT),
    "List": lambda conn: listings.page(conn, FIRST_ACCOUNT, VideoFilter(after=VIDEO.id)),
    "Look for a suspect": lambda conn: queue.suspect_waits(conn, "animatic", 0, 200.0),
}


def record() -> Mapping[str, list[Any]]:
    """Each verb, and the statements that it says, in order."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_record(Path(folder) / "filmgate.db"))


async def _record(file: Path) -> Mapping[str, list[Any]]:
    schema.prepare(file)
    database = SqliteDatabase(file)
    await database.write(accounts.ensure, FIRST_ACCOUNT, "first", 0.0)

    def listen(conn: ReadConnection, verb: Callable[[WriteConnection], object]) -> list[Any]:
        heard: list[Any] = []
        # without the driver, prepared statements pass through Core, where they are heard
        verb(WriteConnection(Recorder(conn.sql, heard)))  # type: ignore[arg-type]
        return heard

    earlier = replace(VIDEO, id="video_0")  # what a first video opens is there then
    await database.write(moves.enter, earlier)
    await database.write(moves.cancel, earlier.id, FIRST_ACCOUNT, 150.0)
    found = {name: await database.write(listen, verb) for name, verb in _VERBS.items()}
    await database.close()
    return found


def words(statement: Any) -> dict[str, str]:
    """A statement as each database hears it, once where both hear the same."""
    lite = _said(statement, SQLITE)
    post = lite if isinstance(statement, sqlite.Insert) else _said(statement, POSTGRESQL)
    return {"both": lite} if lite == post else {"SQLite": lite, "PostgreSQL": post}


def _said(statement: Any, dialect: Dialect) -> str:
    """In lines that begin with a clause; the columns of a whole row are a star here."""
    said = str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))
    said = " ".join(said.split()).replace('"user"', "user")
    said = re.sub(r"(RETURNING|SELECT) (?:(\w+\.)?\w+, ){8,}(?:\w+\.)?\w+", r"\1 *", said)
    said = re.sub(r"::\w+", "", re.sub(r"RETURNING \w+\.(\w+)$", r"RETURNING \1", said))
    clauses = r" (?=(?:FROM|WHERE|SET|RETURNING|ORDER BY|LIMIT|VALUES|ON CONFLICT|FOR)\b)"
    return re.sub(clauses, "\n", said)
