"""How processes log: one line an event, to stderr."""

import logging


def configure(level: str) -> None:
    """Log at `level` and above."""
    logging.basicConfig(
        level=level.upper(),
        format="%(asctime)s %(levelname)-7s %(process)d %(name)s: %(message)s",
    )
    for noisy in ("alembic", "httpx2", "httpcore2", "_granian"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
