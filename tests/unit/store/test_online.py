"""A migration beside those who serve: it waits for no lock for long, and keeps no writer out."""

import ast
import asyncio
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from tests.support import pg

from filmgate.errors import Unavailable
from filmgate.store import migrations, postgres
from filmgate.store.indices import build_missing
from filmgate.store.tables import HEAD

VERSIONS = sorted(Path(migrations.__file__).parent.glob("versions/0*.py"))
FIRST_HELD = "0018"
"""Migrations before it came before anybody had anything to update."""


async def prepared_to(url: str, revision: str) -> asyncpg.Connection:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrations.upgrade, revision)
    await engine.dispose()
    return await asyncpg.connect(url.replace("+asyncpg", ""))


async def test_who_reads_for_long_is_not_queued_behind(
    postgres_server: pg.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The migration gives up its place in the line of locks, and is tried again by the start."""
    monkeypatch.setattr(postgres, "_MIGRATION_LOCK_MS", 50)
    url = await postgres_server.fresh()
    reader = await prepared_to(url, "0016")
    reading = reader.transaction()
    await reading.start()
    await reader.fetch("SELECT * FROM videos")
    with pytest.raises(Unavailable):
        await postgres.prepare(url)
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    assert await other.fetch("SELECT * FROM videos", timeout=10) == []
    await reading.rollback()
    await postgres.prepare(url)
    assert await other.fetchval("SELECT version_num FROM alembic_version") == HEAD
    await reader.close()
    await other.close()


async def test_indices_that_lack_are_made_without_a_lock(postgres_server: pg.Server) -> None:
    """One that is not there, and one that a broken start has left half made."""
    url = await postgres_server.fresh()
    await postgres.prepare(url)
    own = await asyncpg.connect(url.replace("+asyncpg", ""))
    await own.execute("DROP INDEX videos_by_time")
    await own.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'videos_in_line'::regclass"
    )
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        quiet = await connection.execution_options(isolation_level="AUTOCOMMIT")
        assert await quiet.run_sync(build_missing) == ["videos_by_time", "videos_in_line"]
        assert await quiet.run_sync(build_missing) == []
    await engine.dispose()
    told = await own.fetch(
        "SELECT indexdef FROM pg_indexes WHERE indexname IN ('videos_by_time', 'videos_in_line')"
    )
    statements = [row["indexdef"] for row in told]
    assert len(statements) == 2
    assert any("WHERE" in one for one in statements), "a partial index is still one"
    await own.close()


async def test_replicas_that_start_together_take_turns(postgres_server: pg.Server) -> None:
    url = await postgres_server.fresh()
    await asyncio.gather(*(postgres.prepare(url) for _ in range(4)))


def test_a_migration_only_adds() -> None:
    """So that the release before goes on beside it: nothing is taken away, renamed or narrowed.

    An index of a table that was there before is `migrations.add_index`, which keeps no writer out.
    """
    for file in VERSIONS:
        if file.name >= FIRST_HELD:
            assert wrongs(file.read_text("utf-8")) == [], file.name


def test_what_does_not_only_add_is_seen() -> None:
    table = 'op.create_table("a")\nop.create_index("i", "a", ["b"])\n'
    column = 'op.add_column("old", sa.Column("b", sa.Text(), nullable=True))\n'
    assert wrongs(table + column) == []
    assert wrongs('op.drop_column("old", "b")') == ["drop_column"]
    assert wrongs('op.add_column("old", sa.Column("b", sa.Text(), nullable=False))') == [
        "add_column"
    ]
    assert wrongs('op.create_index("i", "old", ["b"])') == ["create_index"]
    assert wrongs('op.execute("DROP VIEW v")') == ["execute"]


def wrongs(text: str) -> list[str]:
    """The operations of a migration that a release beside it may not bear."""
    nodes = ast.walk(ast.parse(text))
    calls = [node for node in nodes if isinstance(node, ast.Call) and _name(node) is not None]
    made = {ast.literal_eval(call.args[0]) for call in calls if _name(call) == "create_table"}
    return [str(_name(call)) for call in calls if not _only_adds(call, made)]


def _only_adds(call: ast.Call, made: set[str]) -> bool:
    told = ast.unparse(call)
    match _name(call):
        case "create_table":
            return True
        case "add_column":
            return "nullable=True" in told or "server_default" in told
        case "create_index":
            return ast.literal_eval(call.args[1]) in made
        case "execute":
            return "DROP" not in told.upper()
    return False


def _name(call: ast.Call) -> str | None:
    """The operation of Alembic's that a call is."""
    before, dot, name = ast.unparse(call.func).partition("op.")
    return name if dot and not before else None
