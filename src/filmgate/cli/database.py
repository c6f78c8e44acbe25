"""How an operator's commands reach the data: the database itself, whether a server runs or not."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from filmgate import settings, wiring
from filmgate.cli.interrupts import run
from filmgate.wiring import House

T = TypeVar("T")


def ask(data: Path | None, verb: Callable[[House], Awaitable[T]]) -> T:
    """What a service answers, on the database that the settings name.

    Raises:
        SettingsError: no server has ever made a database there.
    """
    config = settings.load(data=data)
    wiring.check_data(config)
    wiring.prepare_data(config)

    async def ask_house() -> T:
        async with wiring.open_house(config) as house:
            return await verb(house)

    return run(ask_house())
