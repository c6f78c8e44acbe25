"""A client of relays: it unwraps `{code, message, data}`, and looks for status and film by guess.

Relays put their own envelope around the answers of servers, so their clients take a `data` or a
`code` at the top for one. Our objects have none of these keys, and are read through as they are.
"""

from typing import Any

import pytest
from tests.contract.harness import KEY, SORA, Server, Stock

DONE = {"completed", "succeeded", "success"}
GONE = {"failed", "error", "cancelled"}


def unwrap(answer: dict[str, Any]) -> dict[str, Any]:
    """What such a client takes for the task."""
    inner = answer.get("data")
    if "code" in answer or ("data" in answer and answer.get("object") != "list"):
        assert isinstance(inner, dict), "an envelope without a task"
        return inner
    return answer


def task_id(answer: dict[str, Any]) -> str:
    task = unwrap(answer)
    return str(task.get("task_id") or task["id"])


def film(answer: dict[str, Any]) -> str | None:
    """The first address that it finds, or that it is not there yet."""
    task = unwrap(answer)
    status = str(task["status"]).lower()
    assert status not in GONE, failure(answer)
    if status not in DONE:
        return None
    found: str = task.get("video_url") or task.get("url") or task["metadata"]["url"]
    return found


def failure(answer: dict[str, Any]) -> str | None:
    """A message, of a refused request or of a failed task."""
    error = unwrap(answer).get("error")
    if isinstance(error, dict):
        return str(error["message"])
    return str(error) if error else None


async def test_it_makes_a_film(bare: Server) -> None:
    created = (await bare.client.post("/v1/videos", json=SORA)).json()
    assert film(created) is None
    async with bare.working():
        ended = await bare.ended(task_id(created))
    assert task_id(ended) == task_id(created)
    link = film(ended)
    assert link is not None
    async with bare.caller() as stranger:
        answer = await stranger.get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    assert link.partition("?")[0].endswith(".mp4"), "a chat page tells a film by that"


@pytest.mark.parametrize("stage", ["waiting", "running", "finished", "embedded", "failed"])
async def test_no_stage_looks_like_an_envelope(server: Server, stock: Stock, stage: str) -> None:
    video = await server.seen(stock.ids[stage])
    assert unwrap(video) is video
    assert not video.keys() & {"code", "message", "data", "msg", "success", "task_id"}


@pytest.mark.parametrize("stage", ["waiting", "running", "finished"])
async def test_what_has_not_failed_has_no_error(server: Server, stock: Stock, stage: str) -> None:
    """Exactly null: an empty object is an error to it."""
    assert failure(await server.seen(stock.ids[stage])) is None


async def test_a_failure_has_a_message(server: Server, stock: Stock) -> None:
    assert failure(await server.seen(stock.ids["failed"]))


@pytest.mark.parametrize(
    ("change", "status"),
    [({"duration": 61}, 400), ({"model": "none"}, 400), ({"prompt": " "}, 400)],
)
async def test_a_refusal_has_a_message(bare: Server, change: dict[str, Any], status: int) -> None:
    answer = await bare.client.post("/v1/videos", json=SORA | change)
    assert answer.status_code == status
    assert failure(answer.json())


async def test_what_it_sends_beside_is_told_and_harms_nothing(bare: Server) -> None:
    """Clients of relays send fields of their own; they are named in a header, and that is all."""
    own = {"resolution_name": "720p", "preset": "normal", "channel": "4", "group": "default"}
    answer = await bare.client.post("/v1/videos", json=SORA | own)
    assert answer.status_code == 200, answer.text
    assert set(answer.headers["filmgate-ignored"].replace(" ", "").split(",")) == own.keys()


async def test_the_other_key_header_is_taken(bare: Server) -> None:
    async with bare.caller({"api-key": KEY}) as client:
        assert (await client.get("/v1/videos/")).status_code == 200
