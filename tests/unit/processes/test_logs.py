"""Lines for people and lines for programs."""

import json
import logging
from io import StringIO

import pytest

from filmgate.processes import logs


def said(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """A root logger without handlers, and what then goes to stderr."""
    text, root = StringIO(), logging.getLogger()
    monkeypatch.setattr("sys.stderr", text)
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    return text


def test_json_is_one_object_a_line_with_what_a_record_brings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = said(monkeypatch)
    logs.configure("info", "json")
    logging.getLogger("filmgate.videos").info("%s 完成\nfake", "video_x", extra={"took_s": 2.5})
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("filmgate.x").exception("failed")
    first, second = map(json.loads, text.getvalue().splitlines())
    assert first.pop("time")
    assert isinstance(first.pop("process"), int)
    assert first == {
        "level": "INFO",
        "logger": "filmgate.videos",
        "message": "video_x 完成\nfake",
        "took_s": 2.5,
    }
    assert "ValueError: broken" in second["exc_info"]


def test_text_is_for_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = said(monkeypatch)
    logs.configure("warning")
    logging.getLogger("filmgate.x").info("unheard")
    logging.getLogger("filmgate.x").warning("heard")
    (line,) = text.getvalue().splitlines()
    assert line.endswith("filmgate.x: heard")
