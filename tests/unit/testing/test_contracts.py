"""Every part of ours keeps its contract, and the contracts catch parts that do not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import pg, s3

from filmgate.blobs import Blobs
from filmgate.domain.video import Video
from filmgate.engines.animatic import Animatic
from filmgate.engines.base import Engine, Report
from filmgate.errors import GenerationFailed
from filmgate.store import postgres
from filmgate.store.sqlite import SqliteDatabase
from filmgate.testing import contracts
from filmgate.testing.engines import Plain
from filmgate.testing.zoo import Zoo


@pytest.fixture(scope="module")
def bucket() -> Iterator[s3.Server]:
    server = s3.Server()
    yield server
    server.stop()


@pytest.mark.parametrize("kind", [Plain, Zoo, Animatic])
async def test_engines(kind: type[Engine], tmp_path: Path) -> None:
    await contracts.engine(kind(), tmp_path)


async def test_sqlite(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "contract.db")
    await contracts.database(database)
    await database.close()


async def test_postgres(postgres_server: pg.Server) -> None:
    database = postgres.PostgresDatabase(await postgres_server.fresh())
    await contracts.database(database)
    await database.close()


async def test_the_local_disk(tmp_path: Path) -> None:
    await contracts.blobs(Blobs.local(tmp_path / "files"), tmp_path)


async def test_an_object_store(tmp_path: Path, bucket: s3.Server) -> None:
    settings = bucket.settings()
    options = json.loads(settings["storage_options"])
    await contracts.blobs(Blobs.at(settings["storage"], options), tmp_path)


class Short(Plain):
    """Makes one film too few."""

    def _films(self, video: Video, scratch: Path, report: Report) -> list[Path]:
        return super()._films(video, scratch, report)[:-1]


class Deaf(Plain):
    """Does not pass on that it must stop."""

    def _films(self, video: Video, scratch: Path, report: Report) -> list[Path]:
        return super()._films(video, scratch, contracts.Listening())


@pytest.mark.parametrize("kind", [Short, Deaf])
async def test_a_bad_engine_is_caught(kind: type[Engine], tmp_path: Path) -> None:
    with pytest.raises((AssertionError, GenerationFailed)):
        await contracts.engine(kind(), tmp_path)
