"""A real Ray on the loopback, with GPUs that are only counted.

Without Ray these are skipped; where `FILMGATE_TEST_RAY` is set, as `make test-ray` does, its
absence is an error.
"""

import os
from importlib.util import find_spec

import pytest

WHY = "the extra 'ray' is not installed: make test-ray"


@pytest.fixture(autouse=True, scope="session")
def _ray() -> None:
    if find_spec("ray") is not None and os.environ.get("FILMGATE_TEST_RAY"):
        return
    if os.environ.get("FILMGATE_TEST_RAY"):
        pytest.fail(WHY)
    pytest.skip(WHY)
