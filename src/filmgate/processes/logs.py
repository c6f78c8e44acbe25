"""How processes log: one line an event, to stderr, for people or for programs."""

import logging
from typing import Literal

Format = Literal["text", "json"]

_TEXT = "%(asctime)s %(levelname)-7s %(process)d %(name)s: %(message)s"
_FIELDS = ("asctime", "levelname", "process", "name", "message")
_CALLED = {"asctime": "time", "levelname": "level", "name": "logger"}


def configure(level: str, form: Format = "text") -> None:
    """Log at `level` and above; as JSON each line is an object, with what a record brings along."""
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(form))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for noisy in ("alembic", "httpx2", "httpcore2", "_granian", "opentelemetry"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _formatter(form: Format) -> logging.Formatter:
    if form == "text":
        return logging.Formatter(_TEXT)
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(_FIELDS, rename_fields=_CALLED, json_ensure_ascii=False)
