"""What a client's program says that it did, held against what the server knows."""

from collections.abc import Callable, Iterator
from typing import Any

from filmgate.testing.served import Served

Seen = dict[str, Any]


def did(served: Served, seen: Seen) -> Iterator[str]:
    """The verbs that a client has, each proved."""
    for verb, prove in _PROOFS.items():
        if seen.get(verb) is not None:
            prove(served, seen)
            yield verb


def _create(served: Served, seen: Seen) -> None:
    assert served.client.get(f"/v1/videos/{seen['create']}").status_code in (200, 404)
    assert seen["create"].startswith("video_")


def _wait(_: Served, seen: Seen) -> None:
    assert seen["wait"].lower() in {"completed", "succeeded"}


def _list(_: Served, seen: Seen) -> None:
    assert seen["create"] in seen["listed"]
    assert len(seen["listed"]) == len(set(seen["listed"]))


def _download(_: Served, seen: Seen) -> None:
    assert bytes.fromhex(seen["download"])[4:8] == b"ftyp"


def _completed(served: Served, video_id: str) -> dict[str, Any]:
    video = served.video(video_id)
    assert video["status"] == "completed", video
    return video


def _picture(served: Served, seen: Seen) -> None:
    _completed(served, seen["picture"])


def _remix(served: Served, seen: Seen) -> None:
    video = _completed(served, seen["remix"])
    assert video["remixed_from_video_id"] == seen["create"]
    assert float(video["seconds"]) == 1


def _edit(served: Served, seen: Seen) -> None:
    video = _completed(served, seen["edit"])
    assert float(video["seconds"]) == 1


def _extend(served: Served, seen: Seen) -> None:
    video = _completed(served, seen["extend"])
    assert float(video["seconds"]) == 5


def _character(served: Served, seen: Seen) -> None:
    character_id, video_id = seen["character"]
    assert served.client.get(f"/v1/videos/characters/{character_id}").json()["name"] == "Mossy"
    _completed(served, video_id)


def _own_film(served: Served, seen: Seen) -> None:
    assert float(_completed(served, seen["own_film"])["seconds"]) == 1


def _cancel(served: Served, seen: Seen) -> None:
    assert served.video(seen["cancel"])["error"]["code"] == "cancelled"


def _refusal(_: Served, seen: Seen) -> None:
    status, message = seen["refusal"]
    assert status == 400
    assert "must be between 1 and 60" in message or "prompt is required" in message, message


def _delete(served: Served, seen: Seen) -> None:
    assert seen["delete"] == seen["create"]
    assert served.client.get(f"/v1/videos/{seen['create']}").status_code == 404


_PROOFS: dict[str, Callable[[Served, Seen], None]] = {
    "create": _create,
    "wait": _wait,
    "listed": _list,
    "download": _download,
    "picture": _picture,
    "remix": _remix,
    "edit": _edit,
    "extend": _extend,
    "character": _character,
    "own_film": _own_film,
    "cancel": _cancel,
    "refusal": _refusal,
    "delete": _delete,
}
