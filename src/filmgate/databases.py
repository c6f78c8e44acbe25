"""Which database a server has: where it is, whether it is there, how it is made and opened."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from filmgate.clock import Clock, SystemClock
from filmgate.copies import revision_of
from filmgate.domain.facts import Witness, nobody
from filmgate.errors import MissingPart, SettingsError, StorageFull, Unavailable
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.store.schema import prepare
from filmgate.store.sqlite import SqliteDatabase
from filmgate.store.tables import HEAD

if TYPE_CHECKING:
    from types import ModuleType

    from filmgate.domain.examined import Examined

_LEAST_ROOM = 1 << 20
"""Bytes without which no database can be opened for writing."""
SCHEMA = HEAD
"""The revision that a database must be at."""


def check_data(settings: Settings) -> None:
    """Raise SettingsError unless a server has made a database where the settings say.

    For commands that work on what is there: in the wrong folder they would make an empty one.
    """
    file = database_file(settings)
    if settings.database_url is None and not file.is_file():
        raise SettingsError(
            f"there is no database at {file.absolute()}: give --data (or FILMGATE_DATA, or data in "
            "filmgate.toml) the folder of your server, or start `filmgate serve` there once"
        )


def prepare_data(settings: Settings) -> None:
    """Make the data folder and bring the database to this release's schema.

    Raises:
        Unavailable: the folder or the database cannot be written, or the disk is full.
    """
    if settings.database_url is None:
        with private_files(), _full_disk_named(settings.data):
            settings.data.mkdir(parents=True, exist_ok=True)
            prepare(database_file(settings))
    else:
        url = settings.database_url.get_secret_value()
        asyncio.run(postgres().prepare(url, pooled=settings.database_pooled))


@contextmanager
def _full_disk_named(folder: Path) -> Iterator[None]:
    """Say that a disk is full where SQLite says that it cannot write."""
    try:
        yield
    except (Unavailable, OSError) as error:
        if folder.is_dir() and shutil.disk_usage(folder).free < _LEAST_ROOM:
            where = folder.absolute()
            raise StorageFull(f"The disk of {where} is full: make room, or give --data") from error
        raise


@contextmanager
def private_files() -> Iterator[None]:
    """What is made within is for this user alone, whatever the umask."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


async def open_database(settings: Settings, witness: Witness = nobody) -> tuple[Database, Clock]:
    """The database, and the clock that ages are told by."""
    if settings.database_url is None:
        file = database_file(settings)
        quote = settings.log_private
        return SqliteDatabase(file, quote_values=quote, witness=witness), SystemClock()
    make = partial(
        postgres().PostgresDatabase,
        pooled=settings.database_pooled,
        quote_values=settings.log_private,
    )
    database = make(settings.database_url.get_secret_value(), witness=witness)
    if settings.database_read_url is not None:
        from filmgate.store.standby import MirroredDatabase

        standby = make(settings.database_read_url.get_secret_value())
        database = MirroredDatabase(database, standby)
        database.follow()
    return database, await database.clock()


def postgres() -> "ModuleType":
    """What speaks to a PostgreSQL.

    Raises:
        MissingPart: the extra is not installed.
    """
    try:
        return import_module("filmgate.store.postgres")
    except ImportError as error:
        raise MissingPart(
            "PostgreSQL needs the extra 'postgres': in the clone, pip install '.[postgres]'"
        ) from error


def judge_connections(settings: Settings, there: "Examined") -> tuple[bool, str]:
    """Whether the database has room for a server of these settings at its busiest; and in words."""
    processes = 1 + settings.http_processes + sum(one.workers for one in settings.engines.values())
    listening = 0 if settings.database_pooled else 1
    needed = processes * (2 * postgres().POOL + listening)
    if settings.database_pooled:
        return True, f"this server takes up to {needed} connections of the pooler"
    text = f"{there.used} of {there.most} connections in use; this server takes up to {needed}"
    return needed <= there.most - there.used, text


async def revision(settings: Settings) -> str | None:
    """The schema that the database has; None where it has none yet.

    Raises:
        SettingsError, Unavailable: it cannot be asked.
    """
    there = await examine(settings)
    return there.revision if there else revision_of(database_file(settings))


async def examine_standby(settings: Settings) -> "Examined | None":
    """The standby of the settings as it answers; None where there is none.

    Raises:
        SettingsError, Unavailable: it does not; the driver's own reason is in the message.
    """
    if settings.database_url is None or settings.database_read_url is None:
        return None
    postgres()
    from filmgate.store.examination import examine

    return await examine(settings.database_read_url.get_secret_value())


async def examine(settings: Settings) -> "Examined | None":
    """The PostgreSQL of the settings as it answers; None where there is none.

    Raises:
        SettingsError, Unavailable: it does not; the driver's own reason is in the message.
    """
    if settings.database_url is None:
        return None
    postgres()
    from filmgate.store.examination import examine

    return await examine(settings.database_url.get_secret_value())


def database_file(settings: Settings) -> Path:
    """Where the embedded database is, or would be."""
    return settings.data / "filmgate.db"
