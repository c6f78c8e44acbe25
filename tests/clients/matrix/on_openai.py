"""The official Python SDK, whichever release is installed; with `azure`, by its Azure client.

Each function is one verb of the matrix and gives what it saw, or None where this release lacks it.
"""

import json
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import openai

warnings.simplefilter("ignore", DeprecationWarning)
REQUEST: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "a quiet sea",
    "seconds": "1",
    "size": "128x128",
}
BASE, KEY = os.environ["BASE"], os.environ["KEY"]


def client() -> Any:
    if sys.argv[1:] == ["azure"]:
        return openai.AzureOpenAI(azure_endpoint=BASE, api_key=KEY, api_version="preview")
    return openai.OpenAI(base_url=f"{BASE}/v1", api_key=KEY)


VIDEOS = client().videos
Seen = dict[str, Any]


def create(seen: Seen) -> str:
    raw = VIDEOS.with_raw_response.create(**REQUEST)
    seen["sends"] = raw.http_request.headers["content-type"].partition(";")[0]
    return str(raw.parse().id)


def wait(seen: Seen) -> str:
    return str(VIDEOS.poll(seen["create"]).status)


def picture(_: Seen) -> str:
    first = Path(os.environ["PICTURE"])
    return ended(VIDEOS.create(**REQUEST, input_reference=first))


def listed(_: Seen) -> list[str]:
    return [video.id for video in VIDEOS.list(limit=2)]


def download(seen: Seen) -> str:
    return str(VIDEOS.download_content(seen["create"]).content[:12].hex())


def remix(seen: Seen) -> str:
    return ended(VIDEOS.remix(seen["create"], prompt="a stormy sea"))


def edit(seen: Seen) -> str | None:
    if not hasattr(VIDEOS, "edit"):
        return None
    return ended(VIDEOS.edit(prompt="at dusk", **reference(seen)))


def extend(seen: Seen) -> str | None:
    if not hasattr(VIDEOS, "extend"):
        return None
    return ended(VIDEOS.extend(prompt="the tide", seconds="4", **reference(seen)))


def reference(seen: Seen) -> Seen:
    """The film of `create`: these releases type a reference, but take only files for `video`."""
    return {"video": openai.omit, "extra_body": {"video": {"id": seen["create"]}}}


def character(seen: Seen) -> list[str] | None:
    """A character of the film of `create`, and a video that it is in."""
    if not hasattr(VIDEOS, "create_character"):
        return None
    film = ("mossy.mp4", VIDEOS.download_content(seen["create"]).content)
    made = VIDEOS.create_character(name="Mossy", video=film)
    assert VIDEOS.get_character(made.id).name == "Mossy"
    within = {"characters": [{"id": made.id}]}
    video = VIDEOS.create(**REQUEST | {"prompt": "Mossy runs"}, extra_body=within)
    return [made.id, ended(video)]


def own_film(seen: Seen) -> str | None:
    """An edit of a film that is sent along."""
    if not hasattr(VIDEOS, "edit"):
        return None
    film = ("mine.mp4", VIDEOS.download_content(seen["create"]).content)
    return ended(VIDEOS.edit(prompt="at dusk", video=film))


def refusal(_: Seen) -> list[Any]:
    try:
        VIDEOS.create(**REQUEST | {"seconds": "61"})
    except openai.BadRequestError as error:
        return [error.status_code, error.message]
    return []


def delete(seen: Seen) -> str:
    gone = VIDEOS.delete(seen["create"])
    assert gone.deleted
    return str(gone.id)


def ended(video: Any) -> str:
    while video.status in ("queued", "in_progress"):
        time.sleep(0.05)
        video = VIDEOS.retrieve(video.id)
    return str(video.id)


seen: Seen = {}
MAKING = (create, wait, picture, listed, download, remix, edit, extend, character, own_film)
for verb in (*MAKING, refusal, delete):
    seen[verb.__name__] = verb(seen)
print(json.dumps(seen))
