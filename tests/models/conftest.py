"""Tiny pipelines of the real classes, as folders. These tests need the extra `diffusers`.

Without it they are skipped; where `FILMGATE_TEST_MODELS` is set, as `make test-models` does, its
absence is an error.
"""

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

WHY = "the extra 'diffusers' is not installed: make test-models"


class Absent(pytest.Module):
    """A module of tests that cannot be imported here."""

    def collect(self) -> Iterator[pytest.Item]:
        """Skip it whole."""
        pytest.skip(WHY, allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Collect nothing of what needs torch where there is none."""
    if find_spec("torch") and find_spec("diffusers"):
        return None
    if os.environ.get("FILMGATE_TEST_MODELS"):
        raise pytest.UsageError(WHY)
    absent: pytest.Module = Absent.from_parent(parent, path=module_path)
    return absent


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Sums come out the same to the bit only with the same number of threads."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Saves a tiny pipeline by name, once."""
    from tests.models import tiny

    root = tmp_path_factory.mktemp("tiny")

    def saved(name: str) -> Path:
        return root / name if (root / name).exists() else tiny.save(name, root)

    return saved
