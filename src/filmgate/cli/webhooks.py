"""`filmgate webhooks`: an account's webhook endpoints, send of a server as any client would."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from filmgate.cli.desk import Json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from filmgate.cli.client import Client

app = typer.Typer(no_args_is_help=True, help="Be told when videos end.")

Url = Annotated[
    str | None,
    typer.Option(
        envvar="OPENAI_BASE_URL",
        show_default=False,
        help="Server to ask, as http://host:8000/v1; none: the one of this folder's settings.",
    ),
]
Key = Annotated[
    str | None,
    typer.Option(
        envvar="OPENAI_API_KEY", show_default=False, help="API key; none: this folder's first key."
    ),
]
Id = Annotated[str, typer.Argument(help="Id of the endpoint, as `list` shows it.")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="At most so many.")]
_PATH = "/webhook_endpoints"
_EVENTS = ("video.completed", "video.failed")


@app.command("list")
def list_(limit: Limit = 20, as_json: Json = False, url: Url = None, key: Key = None) -> None:
    """Show the endpoints, and which of them fail."""
    found = _ask(url, key, lambda server: server.ask("GET", _PATH, params={"limit": limit}))
    _show(found["data"], as_json, lambda entry: (entry["id"], _health(entry), entry["url"]))


@app.command()
def create(
    target: Annotated[str, typer.Argument(metavar="URL", help="Where to be told.")],
    name: Annotated[str | None, typer.Option(help="For people.", show_default="the URL")] = None,
    event: Annotated[
        list[str] | None, typer.Option(help="What to be told of.", show_default="all events")
    ] = None,
    as_json: Json = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Make an endpoint. Its secret is shown this once."""
    body = {"name": (name or target)[:200], "url": target, "event_types": event or _EVENTS}
    made = _ask(url, key, lambda server: server.ask("POST", _PATH, body=body))
    _show(made, as_json, lambda entry: (entry["id"], entry["signing_secret"]))


@app.command()
def delete(endpoint: Id, as_json: Json = False, url: Url = None, key: Key = None) -> None:
    """Delete an endpoint and its log."""
    gone = _ask(url, key, lambda server: server.ask("DELETE", f"{_PATH}/{endpoint}"))
    _show(gone, as_json, lambda _: ())


@app.command()
def rotate(
    endpoint: Id,
    now: Annotated[bool, typer.Option("--now", help="End the old secret at once.")] = False,
    as_json: Json = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Give an endpoint a new secret, shown this once; the old one holds for a day more."""
    path = f"{_PATH}/{endpoint}/rotate_secret"
    body = {"keep_old_secret_active_for_24_hours": not now}
    made = _ask(url, key, lambda server: server.ask("POST", path, body=body))
    _show(made, as_json, lambda entry: (entry["id"], entry["signing_secret"]))


@app.command("test")
def sample(
    endpoint: Id,
    event: Annotated[str, typer.Option(help="Which sample to send.")] = _EVENTS[0],
    as_json: Json = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Send a sample now. Ends with 1 unless the receiver answers 2xx."""
    path = f"{_PATH}/{endpoint}/test"
    result = _ask(url, key, lambda server: server.ask("POST", path, body={"event_type": event}))
    _show(result, as_json, lambda told: (f"the receiver answered {told['status_code']}",))
    if not 200 <= result["status_code"] < 300:
        raise typer.Exit(1)


@app.command()
def deliveries(
    endpoint: Id, limit: Limit = 20, as_json: Json = False, url: Url = None, key: Key = None
) -> None:
    """Show what was sent to an endpoint and what it answered; newest first."""
    path = f"{_PATH}/{endpoint}/deliveries"
    found = _ask(url, key, lambda server: server.ask("GET", path, params={"limit": limit}))
    _show(found["data"], as_json, _delivery)


def _ask(
    url: str | None, key: str | None, ask: "Callable[[Client], Awaitable[dict[str, Any]]]"
) -> dict[str, Any]:
    from filmgate.cli import client, local_server
    from filmgate.cli.interrupts import run

    async def send() -> dict[str, Any]:
        target, own = (url, key) if url else local_server.address_and_key()
        async with client.connect(target, key or own, lambda _: None) as server:
            return await ask(server)

    return run(send())


def _show(
    found: "list[Any] | dict[str, Any]",
    as_json: bool,
    cells: "Callable[[Mapping[str, Any]], Iterable[str]]",
) -> None:
    from filmgate.cli.printing import print_json, tell

    if as_json:
        print_json(found)
        return
    for entry in found if isinstance(found, list) else [found]:
        if line := "  ".join(cells(entry)):
            tell(line)


def _health(entry: "Mapping[str, Any]") -> str:
    if not entry["enabled"]:
        return f"off ({entry['disabled_reason']})"
    return f"failing since {_time(entry['failing_since'])}" if entry["failing_since"] else "well"


def _delivery(entry: "Mapping[str, Any]") -> "Iterable[str]":
    after = f"next {_time(entry['next_attempt_at'])}" if entry["next_attempt_at"] else ""
    cells = (
        _time(entry["created_at"]),
        entry["outcome"],
        entry["event_type"],
        entry["video_id"],
        f"attempt {entry['attempt']}",
        f"{entry['duration_ms']} ms",
        entry["error"] or f"answered {entry['status_code']}",
        after,
    )
    return [cell for cell in cells if cell]


def _time(moment: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat()
