"""Migrations build the schema that the code names, and every question has its index."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import sqlite as dialect

from filmgate.errors import Unavailable
from filmgate.store import (
    census,
    endpoints,
    listings,
    notices,
    queue,
    recalls,
    schema,
    videos,
)
from filmgate.store.migrations import config, upgrade
from filmgate.store.tables import HEAD, metadata


def schema_of(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    )
    return {name: _plain(sql) for name, sql in rows}


def _plain(sql: str) -> str:
    """A statement as the set of its parts: the order of constraints has no meaning.

    SQLite writes columns that were added later on the line of the last one before.
    """
    parts = re.split(r"\n|, (?![^(]*\))", sql.replace('"', ""))
    lines = {part.strip().rstrip(",") for part in parts} - {""}
    return "\n".join(sorted(lines))


def test_migrations_build_what_the_tables_say(tmp_path: Path) -> None:
    migrated, direct = tmp_path / "migrated.db", tmp_path / "direct.db"
    schema.prepare(migrated)
    engine = create_engine(f"sqlite:///{direct}")
    metadata.create_all(engine)
    engine.dispose()
    with sqlite3.connect(migrated) as one, sqlite3.connect(direct) as other:
        assert schema_of(one) == schema_of(other)
    one.close()
    other.close()


def test_head_is_the_newest_migration() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(config(connection))
    engine.dispose()
    assert script.get_heads() == [HEAD]


def test_preparing_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "filmgate.db"
    schema.prepare(file)
    before = file.read_bytes()
    schema.prepare(file)
    assert file.read_bytes() == before


def test_the_books_open_with_what_is_alive(tmp_path: Path) -> None:
    """Videos that wait or run when the ledger arrives get their holds."""
    file = tmp_path / "filmgate.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, "0001")
        connection.exec_driver_sql("INSERT INTO accounts VALUES ('acct_first', 'first', 1, NULL)")
        for name, state in (("a", "queued"), ("b", "running"), ("c", "completed")):
            connection.exec_driver_sql(_old_video(name, state))
    engine.dispose()
    schema.prepare(file)
    with sqlite3.connect(file) as opened:
        account = "SELECT balance, held, queued, running, max_queued FROM accounts"
        assert opened.execute(account).fetchall() == [(-100, 100, 1, 1, 0)]
        entries = "SELECT kind, video_id, balance, held, day FROM ledger ORDER BY seq"
        assert opened.execute(entries).fetchall() == [
            ("hold", "a", -50, 50, 2),
            ("hold", "b", -50, 50, 2),
        ]
    opened.close()


def _old_video(name: str, state: str) -> str:
    values = {
        "id": name, "account_id": "acct_first", "dialect": "sora", "engine": "animatic",
        "state": state, "progress": 100 if state == "completed" else 0, "priority": 0,
        "price": 50, "model": "m", "prompt": "p", "width": 1, "height": 1, "fps": 1,
        "duration_ms": 1, "seed": 1, "n": 1, "response_format": "url", "extras": "{}",
        "metadata": "{}", "created_at": 200_000, "expires_at": 300_000, "outputs": "[]",
        "attempt": 0, "max_attempts": 3, "timeout_s": 9, "token": 0, "beat": 0,
    }  # fmt: skip
    values |= {"worker_id": "w"} if state == "running" else {}
    values |= {"completed_at": 1} if state == "completed" else {}
    words = ", ".join(repr(value) for value in values.values())
    return f"INSERT INTO videos ({', '.join(values)}) VALUES ({words})"


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "filmgate.db"
    schema.prepare(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Unavailable, match="another release"):
        schema.prepare(file)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "filmgate.db"
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Unavailable, match="cannot be prepared"):
        schema.prepare(file)


QUESTIONS = {
    "turns": (queue.TURNS, "videos_in_line"),
    "claim": (queue.NEXT_IN_LINE, "videos_in_line"),
    "ahead": (videos._AHEAD, "videos_in_line"),
    "claim of a loaded model": (queue.NEXT_OF_MODEL, "videos_by_kind"),
    "waits": (queue.WAITS, "videos_in_line"),
    "suspect": (queue.NEXT_SUSPECT, "videos_suspected"),
    "ranks": (videos.PLACES.params(ids=["x"], e="x", a="x"), "videos_in_line"),
    "get": (videos.GET.statement, "sqlite_autoindex_videos_1"),
    "since": (listings.FIRST_SINCE, "videos_by_time"),
    "before": (listings.LAST_BEFORE, "videos_by_time"),
    "subscribers": (endpoints._SUBSCRIBERS, "webhook_endpoints_of_account"),
    "due": (endpoints.DUE, "webhook_notices_pending"),
    "next notices": (notices.NEXT_DUE, "webhook_notices_pending"),
    "older notices": (notices.NEXT_DUE, "webhook_notices_in_order"),
    "next kind": (census.NEXT_KIND, "videos_by_kind"),
    "count kind": (census.COUNT_KIND, "videos_by_kind"),
    "running": (census.RUNNING, "videos_running"),
    "leases": (queue._LEASES, "videos_running"),
    "recalls": (recalls.TO_RECALL.params(engine="x", before=1.0, limit=1), "videos_ordered"),
    "suspects": (census.SUSPECTS, "videos_suspected"),
    "pending": (census.PENDING, "webhook_notices_pending"),
    "held": (census.HELD, "sqlite_autoindex_accounts_1"),
    "endpoint": (endpoints._GET, "sqlite_autoindex_webhook_endpoints_1"),
}


PARTIAL = ("videos_running", "videos_suspected", "webhook_notices_pending")


@pytest.mark.parametrize("question", QUESTIONS)
def test_plans_use_their_index(tmp_path: Path, question: str) -> None:
    statement, index = QUESTIONS[question]
    plan = "\n".join(plan_of(tmp_path, statement))
    assert index in plan
    for whole in PARTIAL:  # all of an index that holds what waits or runs alone is no scan
        plan = re.sub(rf"SCAN \w+ USING (COVERING )?INDEX {whole}", "", plan)
    assert "SCAN videos" not in plan
    assert "SCAN webhook_notices" not in plan


def plan_of(tmp_path: Path, statement: Any) -> list[str]:
    file = tmp_path / "filmgate.db"
    schema.prepare(file)
    compiled = str(
        statement.compile(dialect=dialect.dialect(), compile_kwargs={"render_postcompile": True})
    )
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        values = ("x",) * compiled.count("?")
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values).all()
    engine.dispose()
    return [row[3] for row in rows]


def test_rules_of_the_schema_hold(tmp_path: Path) -> None:
    file = tmp_path / "filmgate.db"
    schema.prepare(file)
    rules = ("known_state", "running_is_leased", "failed_has_reason", "ended_has_time")
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        sql = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name = 'videos'")
        ).scalar_one()
    engine.dispose()
    assert all(rule in sql for rule in rules)
