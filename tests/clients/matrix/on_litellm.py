"""LiteLLM's SDK: only `api_base` is another. Its ids wrap ours, and are unwrapped to be told."""

import json
import os
import time
from typing import Any

import litellm
from litellm.types.videos.utils import extract_original_video_id as ours

TO: dict[str, Any] = {
    "api_base": os.environ["BASE"] + "/v1",
    "api_key": os.environ["KEY"],
    "custom_llm_provider": "openai",
}
REQUEST: dict[str, Any] = {
    "model": "openai/sora-1.0",
    "prompt": "a quiet sea",
    "seconds": "1",
    "size": "128x128",
}
Seen = dict[str, Any]
made: dict[str, str] = {}


def create(_: Seen) -> str:
    made["video"] = litellm.video_generation(**REQUEST, **TO).id
    return str(ours(made["video"]))


def wait(_: Seen) -> str:
    ended(made["video"])
    return str(litellm.video_status(video_id=made["video"], **TO).status)


def picture(_: Seen) -> str:
    with open(os.environ["PICTURE"], "rb") as first:  # noqa: PTH123
        return ended(litellm.video_generation(**REQUEST, input_reference=first, **TO).id)


def listed(_: Seen) -> list[str]:
    page: Any = litellm.video_list(limit=100, **TO)  # typed as objects, and the bare answer
    return [str(ours(video["id"])) for video in page["data"]]


def download(_: Seen) -> str:
    return bytes(litellm.video_content(video_id=made["video"], **TO))[:12].hex()


def remix(_: Seen) -> str:
    return ended(litellm.video_remix(video_id=made["video"], prompt="a stormy sea", **TO).id)


def edit(_: Seen) -> str:
    return ended(litellm.video_edit(video_id=made["video"], prompt="at dusk", **TO).id)


def extend(_: Seen) -> str:
    found = litellm.video_extension(video_id=made["video"], prompt="a tide", seconds="4", **TO)
    return ended(found.id)


def character(_: Seen) -> list[str]:
    """A character of the film of `create`, and a video that it is in."""
    film = bytes(litellm.video_content(video_id=made["video"], **TO))
    mossy = litellm.video_create_character(name="Mossy", video=film, **TO)
    within = {"characters": [{"id": mossy.id}], "prompt": "Mossy runs"}
    return [mossy.id, ended(litellm.video_generation(**REQUEST | within, **TO).id)]


def refusal(_: Seen) -> list[Any]:
    try:
        litellm.video_generation(**REQUEST | {"seconds": "61"}, **TO)
    except litellm.BadRequestError as error:
        return [error.status_code, error.message]
    return []


def ended(video_id: str) -> str:
    while litellm.video_status(video_id=video_id, **TO).status in ("queued", "in_progress"):
        time.sleep(0.05)
    return str(ours(video_id))


seen: Seen = {}
MAKING = (create, wait, picture, listed, download, remix, edit, extend, character)
for verb in (*MAKING, refusal):
    seen[verb.__name__] = verb(seen)
print(json.dumps(seen))
