"""A real Ray on the loopback, with GPUs that are only counted; `make test-ray` installs it."""

import os

import pytest
from tests.ray.cluster import PYTHON


@pytest.fixture(autouse=True, scope="session")
def _ray() -> None:
    if PYTHON not in os.environ:
        pytest.skip(f"{PYTHON} names no Python with the extra 'ray': make test-ray")
