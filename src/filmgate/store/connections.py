"""The two kinds of connection that store functions take."""

from sqlalchemy import Connection


class Reading:
    """A connection that reads."""

    __slots__ = ("sql",)

    def __init__(self, sql: Connection) -> None:
        self.sql = sql


class Writing(Reading):
    """A connection inside a transaction that will commit as one. Only services open one."""

    __slots__ = ()
