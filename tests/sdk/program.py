"""A user's program on the official SDK, whichever release is installed; prints what it saw.

`python program.py sync|async PICTURE`, with OPENAI_BASE_URL and OPENAI_API_KEY as anybody sets
them. Every call is the SDK's own; `done` lets one text serve its two clients.
"""

import asyncio
import hashlib
import inspect
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openai

REQUEST: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "a quiet sea",
    "seconds": "1",
    "size": "128x128",
}


async def done(value: Any) -> Any:
    """The value of a call of either client."""
    return await value if inspect.isawaitable(value) else value


async def everything(client: Any, picture: Path) -> dict[str, Any]:
    """Each verb of `client.videos`, and what it gave."""
    verbs = (
        *(create, create_and_poll, with_picture, retrieve, listed, download),
        *(followed, cast, failures, delete),
    )
    seen: dict[str, Any] = {"version": openai.__version__, "picture": picture}
    for verb in verbs:
        seen |= await verb(client.videos, seen)
    del seen["picture"]
    return seen


async def create(videos: Any, _: dict[str, Any]) -> dict[str, Any]:
    raw = await done(videos.with_raw_response.create(**REQUEST))
    video = await done(raw.parse())
    sent = raw.http_request.headers["content-type"].partition(";")[0]
    return {"created": plain(video), "sent_text": sent}


async def create_and_poll(videos: Any, _: dict[str, Any]) -> dict[str, Any]:
    start = time.monotonic()
    video = await done(videos.create_and_poll(**REQUEST))
    return {"polled": plain(video), "poll_s": time.monotonic() - start}


async def with_picture(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    picture = seen["picture"]
    raw = await done(videos.with_raw_response.create(**REQUEST, input_reference=picture))
    video = await done(videos.poll((await done(raw.parse())).id))
    sent = raw.http_request.headers["content-type"].partition(";")[0]
    return {"pictured": plain(video), "sent_file": sent}


async def retrieve(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    return {"retrieved": plain(await done(videos.retrieve(seen["polled"]["id"])))}


async def listed(videos: Any, _: dict[str, Any]) -> dict[str, Any]:
    """Auto-paging: two to a page, until the server says that there are no more."""
    pages = videos.list(limit=2)
    if hasattr(pages, "__aiter__"):
        return {"listed": [video.id async for video in pages]}
    return {"listed": [video.id for video in pages]}


async def download(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    video_id = seen["polled"]["id"]
    film = (await done(videos.download_content(video_id))).content
    stills = {
        variant: (await done(videos.download_content(video_id, variant=variant))).content
        for variant in ("thumbnail", "spritesheet")
    }
    heads = {name: data[:12].hex() for name, data in {"video": film, **stills}.items()}
    seen["picture"].with_suffix(".mp4").write_bytes(film)
    return {"heads": heads, "film_sha256": hashlib.sha256(film).hexdigest()}


async def followed(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    """What is made from a video, by its id and by its film; an old release sends JSON by hand."""
    source, film = seen["polled"]["id"], seen["picture"].with_suffix(".mp4")
    words, more = {"prompt": "a storm"}, {"prompt": "a storm", "seconds": "4"}
    calls: dict[str, Callable[[], Any]] = {"remix": lambda: videos.remix(source, **words)}
    if hasattr(videos, "edit"):
        named = {"extra_body": {"video": {"id": source}}}  # it takes no object for a file
        calls["edit"] = lambda: videos.edit(video=openai.omit, **words, **named)
        calls["edit_film"] = lambda: videos.edit(
            video=film, extra_body={"model": "sora-1.0"}, **words
        )
        calls["extend"] = lambda: videos.extend(video=openai.omit, **more, **named)
    else:
        by_id = {"video": {"id": source}}
        calls["edit"] = lambda: by_hand(videos, "/videos/edits", words | by_id)
        calls["extend"] = lambda: by_hand(videos, "/videos/extensions", more | by_id)
    made: dict[str, Any] = {name: await done(call()) for name, call in calls.items()}
    return {name: plain(await done(videos.poll(video.id))) for name, video in made.items()}


def by_hand(videos: Any, path: str, body: dict[str, Any]) -> Any:
    return videos._client.post(path, body=body, cast_to=openai.types.Video)


async def cast(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    """A character, where the release knows of any, and a film with it."""
    if not hasattr(videos, "create_character"):
        return {}
    film = seen["picture"].with_suffix(".mp4")
    made = await done(videos.create_character(name="Mossy", video=film))
    found = await done(videos.get_character(made.id))
    with_it = {"characters": [{"id": made.id}]}
    video = await done(videos.create(**REQUEST | {"prompt": "Mossy"}, extra_body=with_it))
    return {"characters": [plain(made), plain(found)], "starring": plain(video)}


async def failures(videos: Any, _: dict[str, Any]) -> dict[str, Any]:
    wrong = {
        "too_long": lambda: videos.create(**REQUEST | {"seconds": "61"}),
        "no_model": lambda: videos.create(**REQUEST | {"model": "sora-9"}),
        "no_video": lambda: videos.retrieve("video_none"),
        "no_after": lambda: videos.list(after="video_none"),
        "no_source": lambda: videos.remix("video_none", prompt="x"),
    }
    return {"failures": {name: await failure(call) for name, call in wrong.items()}}


async def failure(call: Any) -> list[Any]:
    try:
        await done(call())
    except openai.APIStatusError as error:
        return [type(error).__name__, error.code, error.param]
    return []


async def delete(videos: Any, seen: dict[str, Any]) -> dict[str, Any]:
    video_id = seen["created"]["id"]
    gone = await done(videos.delete(video_id))
    return {
        "deleted": plain(gone),
        "after_delete": await failure(lambda: videos.retrieve(video_id)),
    }


def plain(video: Any) -> dict[str, Any]:
    found: dict[str, Any] = video.model_dump(mode="json")
    return found


async def main(mode: str, picture: Path) -> None:
    client = openai.OpenAI() if mode == "sync" else openai.AsyncOpenAI()
    print(json.dumps(await everything(client, picture)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
