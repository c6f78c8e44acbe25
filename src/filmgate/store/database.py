"""How store functions are run: `await db.read(videos.get, id)`."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from filmgate.store.connections import ReadConnection, WriteConnection

P = ParamSpec("P")
T = TypeVar("T")


class Bell(Protocol):
    """Rings when somebody has committed something. Each listener has its own."""

    async def wait(self, seconds: float) -> bool:
        """Sleep until a commit that this bell has not told of, or `seconds`; say which."""
        ...


class Database(Protocol):
    """Where the rows are. Store functions are plain functions of a connection."""

    async def read(
        self,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` on a connection that reads.

        Raises:
            Unavailable: the database is away.
        """
        ...

    async def glance(
        self,
        about: str | None,
        function: Callable[Concatenate[ReadConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` where rows may be some moments old, but not what `about` wrote itself.

        `about` is the account that this process's own writes must be seen of. What is not found is
        looked for where rows are fresh.

        Raises:
            Unavailable: the database is away.
        """
        ...

    async def write(
        self,
        function: Callable[Concatenate[WriteConnection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `function` in one transaction, committed durably before this returns.

        Raises:
            Unavailable: the database is away, full, or stayed locked; nothing was written.
        """
        ...

    def bell(self) -> Bell:
        """A new listener for commits."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
