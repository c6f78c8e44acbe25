"""The two kinds of connection that store functions take."""

import sqlite3

from sqlalchemy import Connection

from filmgate.domain.facts import Fact


class ReadConnection:
    """A connection that reads. `driver` is SQLite's own, where that is the database."""

    __slots__ = ("driver", "sql")

    def __init__(self, sql: Connection, driver: sqlite3.Connection | None = None) -> None:
        self.sql = sql
        self.driver = driver


class WriteConnection(ReadConnection):
    """A connection inside a transaction that will commit as one. Only services open one."""

    __slots__ = ("facts", "rings", "touched")

    def __init__(self, sql: Connection, driver: sqlite3.Connection | None = None) -> None:
        super().__init__(sql, driver)
        self.rings = False
        self.facts: list[Fact] = []
        self.touched: set[str] = set()

    def ring(self) -> None:
        """Tell every listener, once this is committed, that a video has moved."""
        self.rings = True

    def touch(self, account_id: str) -> None:
        """Note that what this account sees is another, once this is committed."""
        self.touched.add(account_id)

    def tell(self, fact: Fact) -> None:
        """Let the witness know of it, once this is committed."""
        self.facts.append(fact)
