"""Plain HTTP in one of four encodings, named as the argument: json, urlencoded, multipart, chunked.

Chunked is JSON in pieces, of unknown length and of no stated kind.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

BASE = os.environ["BASE"] + "/v1/videos"
PICTURE = Path(os.environ["PICTURE"])
REQUEST: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "a quiet sea",
    "duration": 1,
    "width": 128,
    "height": 128,
}
session = requests.Session()
session.headers["Authorization"] = "Bearer " + os.environ["KEY"]
Seen = dict[str, Any]


def pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 7):
        yield data[start : start + 7]


def encoded(fields: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `requests` that send these fields."""
    match sys.argv[1]:
        case "json":
            return {"json": fields}
        case "urlencoded":
            return {"data": flat(fields)}
        case "multipart":
            return {"files": {name: (None, str(value)) for name, value in flat(fields).items()}}
        case _:
            kind = {"content-type": "application/octet-stream"}
            return {"data": pieces(json.dumps(fields).encode()), "headers": kind}


def flat(fields: dict[str, Any]) -> dict[str, Any]:
    """`{"video": {"id": …}}` as `{"video[id]": …}`, `{"characters": [{"id": …}]}` alike."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            found |= {f"{name}[{inner}]": one for inner, one in value.items()}
        elif isinstance(value, list):
            found |= {f"{name}[][{inner}]": one for inner, one in value[0].items()}
        else:
            found[name] = value
    return found


def post(path: str, fields: dict[str, Any]) -> Any:
    answer = session.post(BASE + path, **encoded(fields))
    assert answer.ok, answer.text
    return answer.json()


def create(seen: Seen) -> str:
    answer = session.post(BASE, **encoded(REQUEST))
    seen["sends"] = answer.request.headers["content-type"].partition(";")[0]
    return str(answer.json()["id"])


def wait(seen: Seen) -> str:
    ended({"id": seen["create"]})
    return str(session.get(f"{BASE}/{seen['create']}").json()["status"])


def picture(_: Seen) -> str:
    if sys.argv[1] == "multipart":
        first = {"image": ("first.png", PICTURE.open("rb"))}
        return ended(session.post(BASE, data=REQUEST, files=first).json())
    whole = REQUEST | {"image": "data:image/png;base64," + b64(PICTURE.read_bytes())}
    return ended(post("", whole))


def b64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()


def listed(_: Seen) -> list[str]:
    return [video["id"] for video in session.get(BASE, params={"limit": 100}).json()["data"]]


def download(seen: Seen) -> str:
    return session.get(f"{BASE}/{seen['create']}/content").content[:12].hex()


def remix(seen: Seen) -> str:
    return ended(post(f"/{seen['create']}/remix", {"prompt": "a stormy sea"}))


def edit(seen: Seen) -> str:
    return ended(post("/edits", {"prompt": "at dusk", "video": {"id": seen["create"]}}))


def extend(seen: Seen) -> str:
    fields = {"prompt": "the tide", "seconds": 4, "video": {"id": seen["create"]}}
    return ended(post("/extensions", fields))


def character(seen: Seen) -> list[str]:
    """A character of the film of `create`, and a video that it is in; a film is a file anywhere."""
    film = {"video": ("mossy.mp4", session.get(f"{BASE}/{seen['create']}/content").content)}
    answer = session.post(f"{BASE}/characters", data={"name": "Mossy"}, files=film)
    assert answer.ok, answer.text
    within = {"prompt": "Mossy runs", "characters": [{"id": answer.json()["id"]}]}
    return [answer.json()["id"], ended(post("", REQUEST | within))]


def own_film(seen: Seen) -> str:
    film = {"video": ("mine.mp4", session.get(f"{BASE}/{seen['create']}/content").content)}
    answer = session.post(f"{BASE}/edits", data={"prompt": "at dusk"}, files=film)
    assert answer.ok, answer.text
    return ended(answer.json())


def cancel(_: Seen) -> str:
    video = post("", REQUEST | {"duration": 60})
    return str(session.post(f"{BASE}/{video['id']}/cancel").json()["id"])


def refusal(_: Seen) -> list[Any]:
    answer = session.post(BASE, **encoded(REQUEST | {"duration": 61}))
    return [answer.status_code, answer.json()["error"]["message"]]


def delete(seen: Seen) -> str:
    return str(session.delete(f"{BASE}/{seen['create']}").json()["id"])


def ended(video: Any) -> str:
    while video.get("status") not in ("completed", "failed"):
        time.sleep(0.05)
        video = session.get(f"{BASE}/{video['id']}").json()
    return str(video["id"])


seen: Seen = {}
MAKING = (create, wait, picture, listed, download, remix, edit, extend, character, own_film)
for verb in (*MAKING, cancel, refusal, delete):
    seen[verb.__name__] = verb(seen)
print(json.dumps(seen))
