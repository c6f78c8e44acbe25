"""Joins the parts: the only module that names concrete ones."""

import asyncio
import logging
import os
import shutil
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Container,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

from filmgate.blobs import Blobs
from filmgate.clock import Clock, SystemClock
from filmgate.domain.card import Catalogue
from filmgate.engines import registry
from filmgate.errors import MissingPart, SettingsError, StorageFull, Unavailable
from filmgate.net.addresses import Network
from filmgate.net.post import post, url_refusal
from filmgate.services.accounts import Accounts
from filmgate.services.audit import Audit
from filmgate.services.billing import Billing
from filmgate.services.commissions import Commissions
from filmgate.services.deliveries import Deliveries
from filmgate.services.health import Health
from filmgate.services.keys import Keys
from filmgate.services.moderation import Gate, Moderator, Permissive
from filmgate.services.pictures import Pictures
from filmgate.services.queue import Queue
from filmgate.services.retention import Retention
from filmgate.services.submissions import Submissions
from filmgate.services.upstreams import Upstreams
from filmgate.services.videos import Videos
from filmgate.services.webhooks import Webhooks
from filmgate.services.workers import Workers
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.store.schema import prepare
from filmgate.store.sqlite import SqliteDatabase
from filmgate.store.tables import HEAD

if TYPE_CHECKING:
    from types import ModuleType

    from starlette.types import ASGIApp

    from filmgate.api.drafts import DraftReader
    from filmgate.engines.base import Engine
    from filmgate.moderators.base import Judge
    from filmgate.workers.looper import Looper
    from filmgate.workers.scratch import Undertaker
    from filmgate.workers.worker import Worker

log = logging.getLogger(__name__)

_HOUSEKEEPING_S = 60.0
_COURIER_S = 0.5
_SWEEP_S = 3600.0
_LEAST_ROOM = 1 << 20
"""Bytes without which no database can be opened for writing."""
SCHEMA = HEAD
"""The revision that a database must be at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The services of one process, on one database and one storage."""

    settings: Settings
    clock: Clock
    catalogue: Catalogue
    blobs: Blobs
    submissions: Submissions
    videos: Videos
    queue: Queue
    keys: Keys
    accounts: Accounts
    billing: Billing
    workers: Workers
    retention: Retention
    health: Health
    audit: Audit
    webhooks: Webhooks
    deliveries: Deliveries
    upstreams: Upstreams


def check_data(settings: Settings) -> None:
    """Raise SettingsError unless a server has made a database where the settings say.

    For commands that work on what is there: in the wrong folder they would make an empty one.
    """
    file = _database_file(settings)
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
        with _private_files(), _full_disk_named(settings.data):
            settings.data.mkdir(parents=True, exist_ok=True)
            prepare(_database_file(settings))
    else:
        asyncio.run(_postgres().prepare(settings.database_url.get_secret_value()))


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
def _private_files() -> Iterator[None]:
    """What is made within is for this user alone, whatever the umask."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None) -> AsyncIterator[House]:
    """The services of this process, until the block ends."""
    database, own_clock = await _database(settings)
    clock = clock or own_clock
    blobs = _blobs(settings)
    queue = Queue(database=database, clock=clock, limits=settings.limits)
    workers = Workers(database=database, clock=clock)
    catalogue = settings.catalogue()
    hooks = _networks(settings.webhook_networks)
    send = partial(post, timeout_s=settings.webhook_timeout_s, allowed=hooks)
    try:
        yield House(
            settings=settings,
            clock=clock,
            catalogue=catalogue,
            blobs=blobs,
            videos=Videos(database=database, blobs=blobs, clock=clock),
            submissions=Submissions(
                database=database,
                blobs=blobs,
                commissions=Commissions(database=database, catalogue=catalogue, clock=clock),
                pictures=Pictures(_fetcher(settings)),
                clock=clock,
                retention_s=settings.retention_hours * 3600,
                moderator=_moderator(settings),
                limits=settings.limits,
            ),
            queue=queue,
            keys=Keys(database=database, clock=clock),
            accounts=Accounts(database=database, clock=clock),
            billing=Billing(database=database, clock=clock),
            workers=workers,
            retention=Retention(
                database=database,
                blobs=blobs,
                clock=clock,
                row_retention_s=settings.row_retention_days * 86400,
            ),
            upstreams=Upstreams(database=database, clock=clock),
            health=Health(database=database, blobs=blobs, workers=workers, clock=clock),
            audit=Audit(database=database, clock=clock, keep_s=settings.audit_days * 86400),
            webhooks=Webhooks(
                database=database,
                clock=clock,
                post=send,
                refused=partial(url_refusal, allowed=hooks),
            ),
            deliveries=Deliveries(
                database=database,
                clock=clock,
                post=send,
                timeout_s=settings.webhook_timeout_s,
                keep_s=settings.webhook_days * 86400,
            ),
        )
    finally:
        await database.close()


def _blobs(settings: Settings) -> Blobs:
    if settings.storage is None:
        return Blobs.local(settings.data / "files")
    options = {name: value.get_secret_value() for name, value in settings.storage_options.items()}
    return Blobs.at(settings.storage, options)


async def _database(settings: Settings) -> tuple[Database, Clock]:
    """The database, and the clock that ages are told by."""
    if settings.database_url is None:
        file = _database_file(settings)
        return SqliteDatabase(file, quote_values=settings.log_private), SystemClock()
    shared = _postgres()
    url = settings.database_url.get_secret_value()
    database = shared.PostgresDatabase(url, quote_values=settings.log_private)
    return database, await database.clock()


def _postgres() -> "ModuleType":
    try:
        return import_module("filmgate.store.postgres")
    except ImportError as error:
        raise MissingPart(
            "PostgreSQL needs the extra 'postgres': in the clone, pip install '.[postgres]'"
        ) from error


async def application(house: House) -> "ASGIApp":
    """The HTTP application on these services."""
    from filmgate.api.app import create_app
    from filmgate.api.cors import Cors
    from filmgate.api.intake import Intake
    from filmgate.api.links import Links
    from filmgate.api.origin import Origin
    from filmgate.api.parts import Parts
    from filmgate.web import pages

    settings = house.settings
    max_body = settings.max_body_mib << 20
    parts = Parts(
        submissions=house.submissions,
        videos=house.videos,
        webhooks=house.webhooks,
        keys=house.keys,
        accounts=house.accounts,
        billing=house.billing,
        health=house.health,
        blobs=house.blobs,
        catalogue=house.catalogue,
        drafts=drafts(house),
        links=Links(secret=await house.keys.signing_secret(), clock=house.clock),
        clock=house.clock,
        public_url=settings.public_url,
        redirects=settings.delivery == "redirect",
        cors=Cors(settings.cors_origins),
        origin=Origin(settings.trusted_proxies),
        intake=Intake(max_body=max_body, total=8 * max_body, each=3 * max_body),
    )
    return create_app(parts, pages.pages(house.catalogue, public_url=settings.public_url))


def drafts(house: House) -> "DraftReader":
    """What reads create requests by this house's cards and defaults."""
    from filmgate.api.drafts import reader_of

    settings = house.settings
    return reader_of(house.catalogue, settings.default_model, unknown=settings.unknown_parameters)


def worker(
    house: House, engine_name: str, worker_id: str, alongside: "Sequence[Looper]" = ()
) -> "Worker":
    """A worker of one engine on these services; `alongside` turns with its own housekeeping."""
    from filmgate.workers.breaker import Breaker
    from filmgate.workers.claimer import Claimer
    from filmgate.workers.gate import ClaimGate
    from filmgate.workers.outfitter import Outfitter
    from filmgate.workers.publisher import Publisher
    from filmgate.workers.recorder import Recorder
    from filmgate.workers.renderer import Renderer
    from filmgate.workers.room import RoomWatch, film_rooms
    from filmgate.workers.worker import Worker

    settings = house.settings
    scratch = settings.data / "scratch" / worker_id
    table, plug = settings.engines[engine_name], engine(settings, engine_name)
    publisher = Publisher(house.blobs)
    outfitter = Outfitter(house.blobs)
    renderer = Renderer(engine=plug, outfitter=outfitter, publisher=publisher, scratch=scratch)
    look = partial(film_rooms, house.blobs, settings.data)
    gate = ClaimGate(room=RoomWatch(look, house.clock), breaker=Breaker(house.clock))
    claimer = Claimer(
        queue=house.queue,
        renderer=renderer,
        recorder=Recorder(queue=house.queue, publisher=publisher),
        gate=gate,
        clock=house.clock,
        engine=engine_name,
        worker_id=worker_id,
        slots=table.slots or registry.find(engine_name, table.kind).slots,
        beat_s=settings.beat_s,
    )
    return Worker(
        worker_id=worker_id,
        engine_name=engine_name,
        engine=plug,
        claimer=claimer,
        queue=house.queue,
        workers=house.workers,
        housekeeping=[*alongside, *_housekeeping(house)],
        scratch=scratch,
        grace_s=settings.grace_s,
    )


def _housekeeping(house: House) -> "list[Looper]":
    from filmgate.workers.courier import Courier
    from filmgate.workers.looper import Looper
    from filmgate.workers.pruner import Pruner, Sweeper
    from filmgate.workers.rescuer import Rescuer

    beat_s, lease_s = house.settings.beat_s, house.settings.lease_s
    rescuer = Rescuer(queue=house.queue, clock=house.clock, lease_s=lease_s)
    pruner = Pruner(
        retention=house.retention,
        workers=house.workers,
        audit=house.audit,
        deliveries=house.deliveries,
    )
    courier = Courier(deliveries=house.deliveries)
    return [
        Looper(rescuer, every_s=min(beat_s, lease_s / 4)),
        Looper(pruner, every_s=_HOUSEKEEPING_S),
        Looper(courier, every_s=_COURIER_S, at_end=courier.drain),
        Looper(Sweeper(house.retention), every_s=_SWEEP_S),
    ]


def engine(settings: Settings, name: str) -> "Engine":
    """The engine of a table `[engines.NAME]`, not yet open.

    Raises:
        SettingsError: it cannot be found, or an option is wrong.
        MissingPart: what it needs is not installed.
    """
    table = settings.engines[name]
    return registry.make(name, table.kind, table.options)


def undertaker(house: House, *, but: Container[str] = ()) -> "Undertaker":
    """What takes back the leases of this folder's dead workers, except those of `but`."""
    from filmgate.workers.scratch import Undertaker

    return Undertaker(workers=house.workers, root=house.settings.data / "scratch", but=but)


def _database_file(settings: Settings) -> Path:
    return settings.data / "filmgate.db"


def _fetcher(settings: Settings) -> Callable[[str], Awaitable[bytes]]:
    """What fetches a picture; the HTTP client is loaded with the first."""
    limits = settings.max_picture_mib << 20
    allowed = _networks(settings.allowed_networks)

    async def fetch_picture(url: str) -> bytes:
        from filmgate.net.fetch import FetchLimits, fetch

        return await fetch(url, limits=FetchLimits(max_bytes=limits), allowed=allowed)

    return fetch_picture


def _networks(texts: Iterable[str]) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


def _moderator(settings: Settings) -> Moderator:
    if settings.moderation_command:
        from filmgate.moderators.command import CommandJudge

        judge: Judge = CommandJudge(settings.moderation_command)
    elif settings.moderation_url:
        from filmgate.moderators.address import HttpJudge

        judge = HttpJudge(settings.moderation_url)
    else:
        return Permissive()
    patience_s, on_failure = settings.moderation_timeout_s, settings.moderation_failure
    return Gate(judge, timeout_s=patience_s, on_failure=on_failure)
