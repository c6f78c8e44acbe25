"""Joins what takes orders: what checks them, and what takes in the files that come with them."""

from dataclasses import dataclass

from filmgate.blobs import Blobs
from filmgate.clock import Clock
from filmgate.outward import fetcher, moderator
from filmgate.services.characters import Characters
from filmgate.services.commissions import Commissions
from filmgate.services.files import Files
from filmgate.services.foreign_films import ForeignFilms
from filmgate.services.models import Models
from filmgate.services.pictures import Pictures
from filmgate.services.submissions import Submissions
from filmgate.settings import Settings
from filmgate.store.database import Database
from filmgate.telemetry.tracing import Tracer


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What takes in what callers send."""

    files: Files
    characters: Characters
    submissions: Submissions


def take_orders(
    settings: Settings,
    database: Database,
    blobs: Blobs,
    clock: Clock,
    models: Models,
    tracer: Tracer,
) -> Orders:
    """What takes orders in one process, on one database and one storage."""
    files = Files(
        database=database,
        blobs=blobs,
        clock=clock,
        quota=settings.files_mib << 20,
        keep_s=settings.files_days * 86400,
    )
    films = ForeignFilms(files.read)
    commissions = Commissions(
        database=database,
        catalogue=settings.catalogue(),
        models=models,
        films=films,
        clock=clock,
    )
    judge = moderator(settings)
    submissions = Submissions(
        database=database,
        blobs=blobs,
        commissions=commissions,
        pictures=Pictures(fetcher(settings), files.read),
        clock=clock,
        retention_s=settings.retention_hours * 3600,
        moderator=judge,
        limits=settings.limits,
        traceparent=tracer.traceparent,
    )
    characters = Characters(
        database=database, blobs=blobs, files=files, films=films, moderator=judge, clock=clock
    )
    return Orders(files=files, characters=characters, submissions=submissions)
