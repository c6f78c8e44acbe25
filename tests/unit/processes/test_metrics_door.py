"""The door of Prometheus's own: what it answers, to whom, and what keeps it shut."""

import asyncio
import socket
from pathlib import Path

import httpx2
import pytest
from tests.contract.harness import settings_for

from filmgate import wiring
from filmgate.errors import SettingsError
from filmgate.processes import metrics_door
from filmgate.testing.served import free_port


async def fetched(url: str) -> httpx2.Response:
    return await asyncio.to_thread(httpx2.get, url, trust_env=False, timeout=10)


async def test_it_answers_without_a_key_and_with_nothing_else(tmp_path: Path) -> None:
    port = free_port()
    config = settings_for(tmp_path / "data", metrics_port=port)
    wiring.prepare_data(config)
    async with wiring.open_house(config) as house, metrics_door.open_door(house):
        answer = await fetched(f"http://127.0.0.1:{port}/metrics")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain")
        assert "filmgate_database_up 1.0" in answer.text
        assert (await fetched(f"http://127.0.0.1:{port}/v1/videos")).status_code == 404
    with pytest.raises(httpx2.ConnectError):
        await fetched(f"http://127.0.0.1:{port}/metrics")


async def test_a_port_that_is_taken_ends_the_start(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        config = settings_for(tmp_path / "data", metrics_port=port)
        wiring.prepare_data(config)
        async with wiring.open_house(config) as house:
            with pytest.raises(SettingsError, match=f"127.0.0.1:{port}, which cannot be"):
                async with metrics_door.open_door(house):
                    pass
