"""Where an operator's commands are done: on the folder's database, or by a server over HTTP."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from filmgate.wiring import House

T = TypeVar("T")

Data = Annotated[
    Path | None, typer.Option(show_default=False, help="Folder of database, films and key.")
]
Url = Annotated[
    str | None,
    typer.Option(
        show_default=False,
        help="Server to ask, as http://host:8000/v1; none: the database of the data folder.",
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        envvar="OPENAI_API_KEY",
        show_default=False,
        help="Key of that server, with the scope admin.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@dataclass(frozen=True, slots=True)
class Desk:
    """Carries out commands; both ways give the same objects, those of the wire.

    A server is asked only where `--url` names it: what moves money follows no variable that was set
    for programs.
    """

    data: Path | None
    url: str | None
    key: str | None

    def ask(
        self,
        here: "Callable[[House], Awaitable[T]]",
        shape: Callable[[T], Any],
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        """What `here` answers, shaped as the wire has it; or what the server does at `path`.

        Raises:
            SettingsError: no server has ever made a database there.
            FilmgateError: it cannot be done, or the server refuses.
        """
        if self.url is None:
            from filmgate.cli.database import ask

            return shape(ask(self.data, here))
        from filmgate.cli import client
        from filmgate.cli.interrupts import run

        given = {name: value for name, value in (params or {}).items() if value is not None}
        return run(client.ask_once(self.url, self.key, method, path, body=body, params=given))
