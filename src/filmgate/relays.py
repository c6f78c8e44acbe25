"""The upstreams of the settings' relays; what makes them is loaded where there is one."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from filmgate.clock import Clock
from filmgate.domain.upstream import NamedUpstream
from filmgate.errors import InvalidParameter
from filmgate.services.upstreams import Upstreams
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.validation import read_options

if TYPE_CHECKING:
    from filmgate.engines.relay.options import RelayOptions

RELAY = "relay"


def upstreams(settings: Settings, database: Database, clock: Clock) -> Upstreams:
    """The verbs of an operator about them."""
    return Upstreams(
        database=database,
        clock=clock,
        named=partial(list_upstreams, settings),
        upstreams_of=upstreams_of,
    )


def list_upstreams(config: Settings) -> list[NamedUpstream]:
    """Every upstream of every relay."""
    return [
        NamedUpstream(engine=engine, name=name, kind=one.kind, models=tuple(one.models))
        for engine, table in config.engines.items()
        if table.kind == RELAY
        for name, one in options_of(config, engine).upstreams.items()
    ]


def find(config: Settings, name: str) -> NamedUpstream:
    """An upstream by `ENGINE/UPSTREAM`; the engine may be left out where there is one.

    Raises:
        InvalidParameter: the settings know none of that name.
    """
    engine, _, upstream = name.rpartition("/")
    known = list_upstreams(config)
    found = [one for one in known if one.name == upstream and engine in ("", one.engine)]
    if len(found) != 1:
        names = ", ".join(sorted(one.id for one in known)) or "none"
        raise InvalidParameter("UPSTREAM", f"must be one of {names}")
    return found[0]


async def check(config: Settings, one: NamedUpstream) -> str:
    """What an upstream answers to something that costs nothing."""
    from filmgate.engines.relay.kinds import make_upstream

    options = options_of(config, one.engine)
    plug = make_upstream(one.name, options.upstreams[one.name], options)
    try:
        return await plug.check()
    finally:
        await plug.close()


def options_of(config: Settings, engine: str) -> "RelayOptions":
    """What the settings say of a relay."""
    from filmgate.engines.relay.options import RelayOptions

    return read_options(RelayOptions, config.engines[engine].options)


def upstreams_of(token: str) -> Iterator[str]:
    """The upstreams that have the orders of a video, by what its row remembers."""
    from filmgate.engines.relay.marks import read_marks

    return (mark.upstream for mark in read_marks(token).values())
