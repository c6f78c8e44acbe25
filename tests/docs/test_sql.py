"""The page of hot statements says what SQLite takes."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from filmgate.store import schema

PAGE = Path(__file__).parents[2] / "docs/reference/sql.md"
SAID = re.compile(r"(PostgreSQL:\n\n)?```sql\n(.*?)```", re.DOTALL)


class Anything(dict[str, int]):
    def __missing__(self, name: str) -> int:
        return 1


def test_every_statement_is_one(tmp_path: Path) -> None:
    schema.prepare(tmp_path / "filmgate.db")
    ours = [words for postgres, words in SAID.findall(PAGE.read_text("utf-8")) if not postgres]
    assert len(ours) > 20
    with closing(sqlite3.connect(tmp_path / "filmgate.db")) as database:
        for words in ours:
            assert database.execute(f"EXPLAIN {words}", Anything()).fetchall()
