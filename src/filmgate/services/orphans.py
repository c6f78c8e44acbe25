"""Bytes that no row names, and that are too old to be on their way to one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from filmgate.blobs import Blobs
from filmgate.clock import Clock

_AGE = timedelta(hours=1)
_AT_ONCE = 200


async def remove_orphans(
    blobs: Blobs,
    clock: Clock,
    folder: str,
    orphans_among: Callable[[list[str]], Awaitable[list[str]]],
) -> int:
    """Remove those of a folder; `orphans_among` says which of some keys nothing needs."""
    old = datetime.fromtimestamp(clock.now(), UTC) - _AGE
    keys = sorted(key for key, at in (await blobs.under(folder)).items() if at < old)
    orphans: list[str] = []
    for start in range(0, len(keys), _AT_ONCE):
        orphans += await orphans_among(keys[start : start + _AT_ONCE])
        await asyncio.sleep(0)  # a call of SQLite does not yield
    await blobs.delete(orphans)
    return len(orphans)
