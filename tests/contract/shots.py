"""Golden answers: kept as JSON, compared exactly; `UPDATE_GOLDEN=1` writes them anew."""

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx2

FOLDER = Path(__file__).parent / "golden"

_HIDDEN = {"content-length", "date", "last-modified"}
_CHANCE = {
    r"req_[0-9a-f]{24}": "req_*",
    r"(?<=signature=)[0-9a-f]{64}": "*",
    r'(?<=")[0-9a-f]{64}(?=")': "etag",
    r"(?<=/)\d+$": "size",
    r"\d+(?= bytes of the file)": "size",
}
"""What differs from run to run, and how it is written down."""
_BY_NAME = {"b64_json": "<base64>", "version": "<version>", "eta_seconds": "<seconds or null>"}


def compare(name: str, response: httpx2.Response) -> None:
    """Fail unless the answer is the golden one of that name."""
    shown = json.dumps(_shown(response), indent=2, ensure_ascii=False) + "\n"
    file = FOLDER / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(shown, "utf-8")
    assert file.exists(), f"no golden answer '{name}': run with UPDATE_GOLDEN=1 and read it"
    assert shown == file.read_text("utf-8")


def _shown(response: httpx2.Response) -> dict[str, Any]:
    headers = {name: value for name, value in response.headers.items() if name not in _HIDDEN}
    shown = {"status": response.status_code, "headers": dict(sorted(headers.items()))}
    return _named(shown | {"body": _body(response)})


def _body(response: httpx2.Response) -> Any:
    if not response.content:
        return None
    kind = response.headers["content-type"]
    return response.json() if kind == "application/json" else f"<{kind}>"


def _named(shown: dict[str, Any]) -> dict[str, Any]:
    """The same with ids numbered as they appear, and what is left to chance starred."""
    ids: dict[str, str] = {}
    plain: dict[str, Any] = _walk(shown, ids)
    return plain


def _walk(value: Any, ids: dict[str, str]) -> Any:
    match value:
        case dict():
            return {name: _short(name, _walk(child, ids)) for name, child in value.items()}
        case list():
            return [_walk(child, ids) for child in value]
        case str():
            return _text(value, ids)
        case _:
            return value


def _short(name: str, value: Any) -> Any:
    return _BY_NAME.get(name, value)


def _text(value: str, ids: dict[str, str]) -> str:
    for pattern, plain in _CHANCE.items():
        value = re.sub(pattern, plain, value)
    return re.sub(r"video_[0-9a-f]{32}", lambda found: _number(found[0], ids), value)


def _number(video_id: str, ids: dict[str, str]) -> str:
    return ids.setdefault(video_id, f"video_{len(ids) + 1}")
