"""The engine over tiny pipelines, as a worker process finds it: `tests.models.plug:engine`."""

import os

from filmgate.engines.diffusers.engine import Diffusers
from filmgate.engines.diffusers.options import Options


def engine() -> Diffusers:
    """An engine with the options of `FILMGATE_TEST_OPTIONS`."""
    return Diffusers(Options.model_validate_json(os.environ["FILMGATE_TEST_OPTIONS"]))
