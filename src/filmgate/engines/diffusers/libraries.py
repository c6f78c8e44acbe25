"""The heavy libraries: imported when they are needed, and only in the worker."""

from typing import Any

from filmgate.errors import MissingPart

ADVICE = "Real models need the extra 'diffusers': pip install 'filmgate[diffusers]' ({error})"


def libraries() -> tuple[Any, Any]:
    """Return torch and diffusers.

    Raises:
        MissingPart: the extra is not installed.
    """
    try:
        import diffusers
        import torch
        import transformers
    except ImportError as error:
        raise MissingPart(ADVICE.format(error=error)) from error
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    return torch, diffusers
