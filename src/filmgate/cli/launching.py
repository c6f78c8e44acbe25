"""The work of `filmgate workers`."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filmgate import settings, wiring
from filmgate.cli.database import ask
from filmgate.cli.printing import print_json, print_rows, tell
from filmgate.cli.serve import prepare_process
from filmgate.domain.fleet import Station
from filmgate.errors import SettingsError
from filmgate.processes import lifeline, logs
from filmgate.processes.launchers import registry
from filmgate.processes.launchers.base import Launcher
from filmgate.processes.launchers.reconciler import Reconciler, bounds_of
from filmgate.settings import Settings
from filmgate.wiring import House
from filmgate.workers.looper import Looper

_COLUMNS = ("worker", "place", "node", "gpu", "engine", "model", "video", "for", "state")
_WANTED = ("engine", "waiting", "running", "work_ms", "wanted")


def show_all(data: Path | None, *, as_json: bool) -> None:
    """Print every worker that was seen of late."""
    found = ask(data, lambda house: house.stations.list_seen())
    print_rows([_row(one, time.time()) for one in found], _COLUMNS, as_json)


def show_wanted(data: Path | None, *, as_json: bool) -> None:
    """Print what each engine's queue is worth."""
    found = ask(data, lambda house: house.stations.demands())
    print_rows([asdict(one) for one in found.values()], _WANTED, as_json)


def drain(data: Path | None, name: str, *, as_json: bool) -> None:
    """Let what has this name claim nothing more."""
    ask(data, lambda house: house.stations.drain(name))
    if as_json:
        print_json({"name": name, "claims": False})
    else:
        tell(f"{name} claims nothing more; what it has goes on")


def resume(data: Path | None, name: str, *, as_json: bool) -> None:
    """Let what has this name claim again."""
    ask(data, lambda house: house.stations.resume(name))
    print_json({"name": name, "claims": True}) if as_json else tell(f"{name} claims again")


def up(launcher: str, address: str | None, *, every_s: float, once: bool) -> None:
    """Keep as many workers as are wanted until SIGTERM, or look once.

    Raises:
        SettingsError: no such launcher; or one look by the local one, whose workers end with it.
        Unavailable: the database or the cluster is away.
    """
    if once and launcher == "local":
        raise SettingsError("--once: workers of the launcher local end with this command")
    config = _prepare()
    asyncio.run(_up(config, launcher, address, every_s, once=once))


def down(launcher: str, address: str | None, *, as_json: bool) -> None:
    """Stop every worker that a launcher keeps.

    Raises:
        SettingsError: no such launcher; or the local one, whose workers end with `up`.
        Unavailable: the cluster is away.
    """
    if launcher == "local":
        raise SettingsError("launcher is 'local': its workers end with `filmgate workers up`")
    asyncio.run(_down(_prepare(), launcher, address))
    if as_json:
        print_json({"launcher": launcher, "workers": 0})


def _prepare() -> Settings:
    config = settings.load()
    logs.configure(config.log_level, config.log_format)
    prepare_process(config)
    wiring.prepare_data(config)
    return config


async def _up(
    config: Settings, name: str, address: str | None, every_s: float, *, once: bool
) -> None:
    stop = asyncio.Event()
    lifeline.listen_for_signals(stop, asyncio.Event())
    async with _open_launcher(config, name, address) as (house, launcher):
        await house.stations.lay_down(bounds_of(config))
        keeper = _reconciler(house, launcher)
        if once:
            await keeper.run_once()
        else:
            tell(f"Filmgate keeps workers by {name}; see `filmgate workers`")
            await Looper(keeper, every_s=every_s).run(stop)


async def _down(config: Settings, name: str, address: str | None) -> None:
    async with _open_launcher(config, name, address) as (house, launcher):
        await _reconciler(house, launcher).end_all()


@asynccontextmanager
async def _open_launcher(
    config: Settings, name: str, address: str | None
) -> AsyncIterator[tuple[House, Launcher]]:
    async with wiring.open_house(config) as house:
        launcher = registry.make(name, house, os.environ, address)
        try:
            yield house, launcher
        finally:
            await launcher.close()


def _reconciler(house: House, launcher: Launcher) -> Reconciler:
    return Reconciler(
        launcher=launcher, stations=house.stations, settings=house.settings, clock=house.clock
    )


def _row(one: Station, now: float) -> dict[str, Any]:
    since = one.claimed_at if one.video_id and one.claimed_at else one.started_at
    state = "drained" if one.drained else one.trouble or ("busy" if one.video_id else "idle")
    values = (
        one.worker_id, one.place, one.node, one.gpus, one.engine, one.model, one.video_id,
        f"{max(0, now - since):.0f} s", state,
    )  # fmt: skip
    return dict(zip(_COLUMNS, values, strict=True))
