"""Finds a lost order in a server's list."""

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any

_SLACK_S = 5.0
"""How far the clocks of two servers may be apart."""
_MILLISECONDS = 10**11
"""A Unix time above this is in milliseconds."""

Entry = Mapping[str, Any]


async def since(entries: AsyncIterator[Entry], start: float) -> AsyncIterator[Entry]:
    """The entries, newest first, down to a time."""
    async for entry in entries:
        created = created_at(entry)
        if created is not None and created < start - _SLACK_S:
            return
        yield entry


async def find_by_model(entries: AsyncIterator[Entry], model: str) -> str | None:
    """The job whose model is spelled like this."""
    async for entry in entries:
        if entry.get("model") == model:
            return str(entry["id"])
    return None


async def find_by_elimination(
    entries: AsyncIterator[Entry], facts: Entry, taken: Collection[str]
) -> str | None:
    """The job that is like the facts of an order and belongs to no other; None if several are."""
    alike = [
        str(entry["id"])
        async for entry in entries
        if str(entry["id"]) not in taken and is_alike(entry, facts)
    ]
    return alike[0] if len(alike) == 1 else None


def created_at(entry: Entry) -> float | None:
    """Unix seconds; some servers tell milliseconds, some nothing."""
    value = entry.get("created_at")
    if not isinstance(value, int | float):
        return None
    return value / 1000 if value > _MILLISECONDS else float(value)


def is_alike(entry: Entry, facts: Entry) -> bool:
    """Whether an entry contradicts no fact; one that it does not tell speaks neither way."""
    told = {name: entry[name] for name in facts if entry.get(name) is not None}
    return all(value == facts[name] for name, value in told.items())
