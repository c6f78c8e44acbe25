"""The work of `filmgate upstreams`."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filmgate import settings
from filmgate.cli.accounting import print_rows
from filmgate.cli.database import ask
from filmgate.cli.interrupts import run
from filmgate.domain.video import Video
from filmgate.engines.relay.kinds import make_upstream
from filmgate.engines.relay.marks import read_marks
from filmgate.engines.relay.openrouter import ask_cards, write_cards
from filmgate.engines.relay.options import RelayOptions
from filmgate.errors import InvalidParameter
from filmgate.settings import Settings
from filmgate.validation import read_options
from filmgate.wiring import House

_RELAY = "relay"
_OPENROUTER = "openrouter"
_COLUMNS = ("upstream", "kind", "models", "orders", "takes orders")
_UNKNOWN_COLUMNS = ("video", "failed_at", "upstream", "sent_at", "tag")


def show_all(data: Path | None, *, as_json: bool) -> None:
    """Print every upstream of every relay."""
    config = settings.load(data=data)

    async def rows(house: House) -> list[dict[str, Any]]:
        return [row for name in _relays(config) for row in await _rows(house, config, name)]

    print_rows(ask(data, rows), _COLUMNS, as_json)


def drain(data: Path | None, name: str) -> None:
    """Give an upstream no new orders."""
    engine, upstream = _split(settings.load(data=data), name)
    ask(data, lambda house: house.upstreams.drain(engine, upstream))
    print(f"{name} gets no new orders; what it has goes on")


def resume(data: Path | None, name: str) -> None:
    """Give an upstream orders again."""
    engine, upstream = _split(settings.load(data=data), name)
    ask(data, lambda house: house.upstreams.undrain(engine, upstream))
    print(f"{name} gets orders again")


def test(name: str) -> None:
    """Ask an upstream something that costs nothing."""
    print(f"{name}: {run(check(settings.load(), name))}")


def show_cards(name: str) -> None:
    """Print cards of the models that an OpenRouter lists."""
    config = settings.load()
    engine, upstream = _split(config, name)
    options = _options(config, engine).upstreams[upstream]
    if options.kind != _OPENROUTER:
        raise InvalidParameter("UPSTREAM", f"must be of the kind {_OPENROUTER}")
    for line in write_cards(engine, run(ask_cards(options))):
        print(line)


def names_of(config: Settings) -> list[str]:
    """Every upstream of every relay, as `ENGINE/UPSTREAM`."""
    return [
        f"{relay}/{one}" for relay in _relays(config) for one in _options(config, relay).upstreams
    ]


async def check(config: Settings, name: str) -> str:
    """What an upstream answers to something that costs nothing."""
    engine, upstream = _split(config, name)
    return await _check(_options(config, engine), upstream)


def show_unresolved(data: Path | None, limit: int, *, as_json: bool) -> None:
    """Print the videos that an upstream may have made, and nobody knows."""
    found = ask(data, lambda house: house.upstreams.unresolved(limit))
    rows = [row for video in found for row in _orders(video)]
    print_rows(rows, _UNKNOWN_COLUMNS, as_json)


async def _check(options: RelayOptions, name: str) -> str:
    plug = make_upstream(name, options.upstreams[name], options)
    try:
        return await plug.check()
    finally:
        await plug.close()


def _relays(config: Settings) -> list[str]:
    return [name for name, engine in config.engines.items() if engine.kind == _RELAY]


def _options(config: Settings, engine: str) -> RelayOptions:
    return read_options(RelayOptions, config.engines[engine].options)


def _split(config: Settings, name: str) -> tuple[str, str]:
    """Engine and upstream of `ENGINE/UPSTREAM`; the engine may be left out where there is one.

    Raises:
        InvalidParameter: the settings know none of that name.
    """
    engine, _, upstream = name.rpartition("/")
    known = {(relay, one) for relay in _relays(config) for one in _options(config, relay).upstreams}
    found = [pair for pair in known if pair[1] == upstream and engine in ("", pair[0])]
    if len(found) != 1:
        names = ", ".join(sorted("/".join(pair) for pair in known)) or "none"
        raise InvalidParameter("UPSTREAM", f"must be one of {names}")
    return found[0]


async def _rows(house: House, config: Settings, engine: str) -> list[dict[str, Any]]:
    drained = await house.upstreams.drained_upstreams(engine)
    marks = [read_marks(token) for token in await house.upstreams.tokens(engine)]
    busy = Counter(mark.upstream for orders in marks for mark in orders.values())
    upstreams = _options(config, engine).upstreams
    rows = (
        (
            f"{engine}/{name}",
            one.kind,
            ", ".join(one.models),
            busy[name],
            "no" if name in drained else "yes",
        )
        for name, one in upstreams.items()
    )
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _orders(video: Video) -> Iterator[dict[str, Any]]:
    """The orders of a video that nobody knows the fate of."""
    for mark in read_marks(video.resume).values():
        values = (video.id, _time(video.completed_at), mark.upstream, _time(mark.at), mark.tag)
        yield dict(zip(_UNKNOWN_COLUMNS, values, strict=True))


def _time(seconds: float | None) -> str:
    return datetime.fromtimestamp(seconds or 0, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
