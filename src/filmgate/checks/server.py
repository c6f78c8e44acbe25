"""What a server that runs finds of itself."""

import asyncio
from typing import TYPE_CHECKING

from filmgate.checks import data, parts, production, setup

if TYPE_CHECKING:
    from filmgate.domain.finding import Finding
    from filmgate.settings import Settings


async def examine(config: "Settings") -> "list[Finding]":
    """All that the doctor looks at but what only workers load, and the port, which is taken."""
    here = await asyncio.to_thread(lambda: [*parts.versions(), *data.examine(config)])
    return [*here, *setup.unknown_variables(), *await production.examine(config)]
