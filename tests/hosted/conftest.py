"""The hosted providers' own SDKs against the loopback. No account of any was ever used.

Without the SDKs these are skipped; where `FILMGATE_TEST_HOSTED` is set, as `make test-hosted` does,
a missing one is an error.
"""

import os
from importlib.util import find_spec

import pytest

NEEDED = ("google.genai", "runwayml", "volcenginesdkarkruntime", "fal_client")
WHY = "the extras 'hosted' and 'ark' are not installed: make test-hosted"


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _sdks() -> None:
    if all(map(_is_there, NEEDED)):
        return
    if os.environ.get("FILMGATE_TEST_HOSTED"):
        pytest.fail(WHY)
    pytest.skip(WHY)
