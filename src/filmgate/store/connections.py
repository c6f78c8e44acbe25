"""The two kinds of connection that store functions take."""

from sqlalchemy import Connection


class ReadConnection:
    """A connection that reads."""

    __slots__ = ("sql",)

    def __init__(self, sql: Connection) -> None:
        self.sql = sql


class WriteConnection(ReadConnection):
    """A connection inside a transaction that will commit as one. Only services open one."""

    __slots__ = ("rings",)

    def __init__(self, sql: Connection) -> None:
        super().__init__(sql)
        self.rings = False

    def ring(self) -> None:
        """Tell every listener, once this is committed, that a video has moved."""
        self.rings = True
