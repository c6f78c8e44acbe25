"""`filmgate status` and `filmgate top`: the whole server at a glance, once or again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from filmgate import settings, wiring
from filmgate.api.status import BUSIEST, status_object
from filmgate.cli import client
from filmgate.cli.printing import print_json
from filmgate.cli.speech import spoken
from filmgate.wiring import House

Look = Callable[[], Awaitable[Mapping[str, Any]]]

_EVERY_S = 2.0


async def of_house(house: House) -> Mapping[str, Any]:
    """What the database of this folder's settings says."""
    census = await house.censuses.take()
    return status_object(census, await house.censuses.busiest(BUSIEST), house.metrics.rooms())


async def of_server(url: str, key: str | None) -> Mapping[str, Any]:
    """What a server says to a key with the scope `admin`."""
    async with client.connect(url, key) as there:
        return await there.ask("GET", "/admin/status")


async def watch(data: Path | None, url: str | None, key: str | None) -> None:
    """Show it anew every two seconds, until interrupted."""
    if url:
        async with client.connect(url, key, lambda _: None) as there:
            return await _repeat(lambda: there.ask("GET", "/admin/status"))
    config = settings.load(data=data)
    wiring.check_data(config)
    async with wiring.open_house(config) as house:
        return await _repeat(lambda: of_house(house))


async def _repeat(look: Look) -> None:
    with Live(screen=Console().is_terminal, auto_refresh=False) as live:
        while True:
            live.update(picture(await look()), refresh=True)
            await asyncio.sleep(_EVERY_S)


def show(status: Mapping[str, Any], *, as_json: bool) -> None:
    """Print it."""
    if as_json:
        print_json(status)
    else:
        Console().print(picture(status))


def picture(status: Mapping[str, Any]) -> RenderableType:
    """It as tables that fit 80 columns."""
    parts: list[RenderableType] = [_summary(status)]
    if status["lines"]:
        parts.append(_table(("model", "engine", "queued", "running", "oldest"), _lines(status)))
    if status["accounts"]:
        rows = [
            (lane["account_id"], lane["engine"], str(lane["queued"]), str(lane["running"]))
            for lane in status["accounts"]
        ]
        parts.append(_table(("account", "engine", "queued", "running"), rows))
    parts.append(_table(("worker", "engine", "state", "running", "trouble"), _workers(status)))
    return Group(*parts)


def _summary(status: Mapping[str, Any]) -> Text:
    queued = sum(line["queued"] for line in status["lines"])
    running = sum(line["running"] for line in status["lines"])
    held = f"{float(status['held_usd']):.2f} USD held"
    workers = len(status["workers"])
    text = Text(spoken(f"{queued} queued, {running} running, {workers} workers, {held}"))
    if status["suspects"]:
        put_off = spoken(f"{status['suspects']} put off, because workers died at them")
        text.append(f"\n{put_off}", "yellow")
    if status["webhook_backlog"]:
        text.append("\n" + spoken(f"{status['webhook_backlog']} webhooks still to be told"))
    for disk in status["disks"]:
        free = spoken(f"{disk['free_bytes'] / 2**30:.1f} GiB free for {disk['name']}")
        text.append(f"\n{free}", "red" if disk["short"] else "")
    return text


def _lines(status: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            line["model"],
            line["engine"],
            str(line["queued"]),
            str(line["running"]),
            "" if line["oldest_wait_s"] is None else span(line["oldest_wait_s"]),
        )
        for line in status["lines"]
    ]


def _workers(status: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            f"{worker['host']} {worker['pid']}",
            worker["engine"],
            spoken(worker["state"]),
            str(worker["running"]),
            worker["trouble"] or "",
        )
        for worker in status["workers"]
    ]


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, padding=(1, 2, 0, 0), pad_edge=False, collapse_padding=True)
    for name in names:
        numeric = name in ("queued", "running", "oldest")
        table.add_column(spoken(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def span(seconds: float) -> str:
    """So long, for people: 42 s, 3 min, 5 h, 2 d."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return spoken(f"{seconds / size:.0f} {unit}")
    return spoken(f"{seconds:.0f} s")
