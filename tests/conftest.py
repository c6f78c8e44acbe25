"""Fixtures that tests of several folders share."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.contract.harness import Server, Stock, running, settings_for, stocked
from tests.support import pg

from filmgate.testing.served import Served
from filmgate.testing.served import served as serving


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say what must not be torn apart where tests run side by side (`--dist loadgroup`).

    A file stays with its fixtures. What starts processes stands in one line, so that their times
    are not those of a machine that starts many at once.
    """
    for item in items:
        group = "process" if item.get_closest_marker("process") else item.nodeid.split("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[pg.Server]:
    """A real PostgreSQL; absent, its tests are skipped, except in CI."""
    try:
        server = pg.start()
    except Exception as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Data folders made once, by the real services and a real worker."""
    return asyncio.run(stocked(tmp_path_factory.mktemp("stock")))


@pytest.fixture
async def bare(stock: Stock, tmp_path: Path) -> AsyncIterator[Server]:
    """An application without any video."""
    settings = settings_for(stock.copied("bare", tmp_path / "data"))
    async with running(settings, stock.document) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def steady(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """The same for a whole module, marked `asyncio(loop_scope="module")`.

    For tests that store nothing, or do not mind what others stored.
    """
    settings = settings_for(stock.copied("full", tmp_path_factory.mktemp("steady") / "data"))
    async with running(settings, stock.document) as server:
        yield server


@pytest.fixture
async def server(stock: Stock, tmp_path: Path) -> AsyncIterator[Server]:
    """An application with a video in every state; `stock.ids` names them."""
    settings = settings_for(stock.copied("full", tmp_path / "data"))
    async with running(settings, stock.document) as server:
        yield server


PLAIN = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server in processes of its own."""
    with serving(tmp_path_factory.mktemp("served") / "data", engines=PLAIN) as found:
        yield found
