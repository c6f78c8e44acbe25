"""The work of `filmgate upstreams`."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filmgate import relays, settings
from filmgate.api.upkeep import upstream_object
from filmgate.cli.database import ask
from filmgate.cli.desk import Desk
from filmgate.cli.interrupts import run
from filmgate.cli.printing import print_json, print_rows, tell
from filmgate.domain.upstream import NamedUpstream, UpstreamStanding
from filmgate.domain.video import Video
from filmgate.engines.relay.marks import read_marks
from filmgate.engines.relay.openrouter import ask_cards, write_cards
from filmgate.errors import InvalidParameter

_OPENROUTER = "openrouter"
_COLUMNS = ("id", "kind", "models", "orders", "takes_orders")
_UNKNOWN_COLUMNS = ("video", "failed_at", "upstream", "sent_at", "tag")


def show_all(desk: Desk, *, as_json: bool) -> None:
    """Print every upstream of every relay."""
    found = desk.ask(
        lambda house: house.upstreams.standings(), _upstreams, "GET", "/admin/upstreams"
    )
    print_rows(found, _COLUMNS, as_json)


def drain(data: Path | None, name: str, *, as_json: bool) -> None:
    """Give an upstream no new orders."""
    one = relays.find(settings.load(data=data), name)
    ask(data, lambda house: house.upstreams.drain(one.engine, one.name))
    _tell_of(one, "gets no new orders; what it has goes on", as_json, takes_orders=False)


def resume(data: Path | None, name: str, *, as_json: bool) -> None:
    """Give an upstream orders again."""
    one = relays.find(settings.load(data=data), name)
    ask(data, lambda house: house.upstreams.undrain(one.engine, one.name))
    _tell_of(one, "gets orders again", as_json, takes_orders=True)


def test(name: str, *, as_json: bool) -> None:
    """Ask an upstream something that costs nothing."""
    config = settings.load()
    one = relays.find(config, name)
    answer = run(relays.check(config, one))
    print_json({"id": one.id, "answer": answer}) if as_json else tell(f"{one.id}: {answer}")


def show_cards(name: str, *, as_json: bool) -> None:
    """Print cards of the models that an OpenRouter lists: as filmgate.toml has them, or as JSON."""
    config = settings.load()
    one = relays.find(config, name)
    if one.kind != _OPENROUTER:
        raise InvalidParameter("UPSTREAM", f"must be of the kind {_OPENROUTER}")
    options = relays.options_of(config, one.engine).upstreams[one.name]
    text = "\n".join(write_cards(one.engine, run(ask_cards(options))))
    print_json(tomllib.loads(text)) if as_json else print(text)


def show_unresolved(data: Path | None, limit: int, *, as_json: bool) -> None:
    """Print the videos that an upstream may have made, and nobody knows."""
    found = ask(data, lambda house: house.upstreams.unresolved(limit))
    rows = [row for video in found for row in _orders(video)]
    print_rows(rows, _UNKNOWN_COLUMNS, as_json)


def _upstreams(found: list[UpstreamStanding]) -> list[Any]:
    return [upstream_object(one) for one in found]


def _tell_of(one: NamedUpstream, words: str, as_json: bool, *, takes_orders: bool) -> None:
    if as_json:
        print_json({"id": one.id, "takes_orders": takes_orders})
    else:
        tell(f"{one.id} {words}")


def _orders(video: Video) -> Iterator[dict[str, Any]]:
    """The orders of a video that nobody knows the fate of."""
    for mark in read_marks(video.resume).values():
        values = (video.id, _time(video.completed_at), mark.upstream, _time(mark.at), mark.tag)
        yield dict(zip(_UNKNOWN_COLUMNS, values, strict=True))


def _time(seconds: float | None) -> str:
    return datetime.fromtimestamp(seconds or 0, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
