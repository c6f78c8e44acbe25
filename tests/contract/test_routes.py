"""Retrieve, list, delete, cancel, models, health; path aliases; the envelope everywhere."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.contract.harness import KEY, OPENAI, OTHER_KEY, SORA, Server, Stock

from filmgate.api.answers import poll_after_ms
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, Standing, Video
from filmgate.store import keys
from filmgate.store.sqlite import SqliteDatabase

ABSENT = "video_" + "0" * 32


async def listed(server: Server, query: str = "") -> dict[str, Any]:
    answer = await server.client.get(f"/v1/videos{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


# Aliases


@pytest.mark.parametrize(
    "root", ["/v1/videos", "/videos", "/openai/v1/videos", "/openai/videos?api-version=preview"]
)
async def test_every_path_reaches_the_same_handlers(
    server: Server, stock: Stock, root: str
) -> None:
    path, _, query = root.partition("?")
    done = stock.ids["finished"]

    async def ask(method: str, rest: str = "", **body: Any) -> httpx2.Response:
        return await server.client.request(method, f"{path}{rest}?{query}", **body)

    created = await ask("POST", json=SORA)
    assert created.json()["status"] == "pending"
    video_id = created.json()["id"]
    assert (await ask("GET")).json()["first_id"] == video_id
    assert (await ask("GET", f"/{video_id}")).json()["id"] == video_id
    assert (await ask("POST", f"/{video_id}/cancel")).json()["status"] == "failed"
    assert (await ask("DELETE", f"/{video_id}")).json()["deleted"] is True
    assert (await ask("GET", f"/{done}/content")).headers["content-type"] == "video/mp4"
    assert (await ask("HEAD", f"/{done}/content")).status_code == 200


@pytest.mark.parametrize("path", ["/models", "/openai/models", "/openai/v1/models", "/v1/models"])
async def test_models_have_the_same_aliases(server: Server, path: str) -> None:
    ids = [model["id"] for model in (await server.client.get(path)).json()["data"]]
    assert {"sora-1.0", "sora-turbo", "sora-2", "sora-2-pro", "animatic"} <= set(ids)
    assert (await server.client.get(f"{path}/sora-1.0")).json()["id"] == "sora-1.0"


# Retrieve


@pytest.mark.parametrize("state", ["waiting", "running"])
async def test_a_video_on_its_way_says_when_to_ask_again(
    server: Server, stock: Stock, state: str
) -> None:
    answer = await server.client.get(f"/v1/videos/{stock.ids[state]}")
    header = answer.headers["openai-poll-after-ms"]
    assert re.fullmatch(r"[1-9]\d*", header)
    assert 200 <= int(header) <= 8000


@pytest.mark.parametrize("state", ["finished", "failed"])
async def test_an_ended_video_says_nothing_of_it(server: Server, stock: Stock, state: str) -> None:
    answer = await server.client.get(f"/v1/videos/{stock.ids[state]}")
    assert "openai-poll-after-ms" not in answer.headers


def _running(progress: int, started_at: float | None) -> Video:
    shape = Shape(width=128, height=128, fps=1, duration_ms=1000)
    return Video(
        id="v",
        account_id="a",
        dialect="sora",
        engine="e",
        request=Request(model="m", prompt="p", shape=shape, seed=1),
        state=State.RUNNING,
        progress=progress,
        price=0,
        created_at=0,
        started_at=started_at,
    )


@pytest.mark.parametrize("progress", [0, 1, 50, 99])
@pytest.mark.parametrize("started_at", [None, 0.0, 999.5, 1000.0, 2000.0])
@pytest.mark.parametrize("position", [None, 1, 7, 10_000_000])
def test_the_time_to_ask_again_stays_within_what_the_sdks_bear(
    progress: int, started_at: float | None, position: int | None
) -> None:
    standing = Standing(position=position) if position else None
    header = poll_after_ms(_running(progress, started_at), standing, 1000.0)
    assert header is not None
    assert header == str(int(header))
    assert 200 <= int(header) <= 8000


@pytest.mark.parametrize(
    "video_id",
    [ABSENT, "x", "video_", "generations", "video_" + "g" * 32, "v" * 300, "%00", "é"],
)
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("DELETE", ""), ("GET", "/content")])
async def test_an_unknown_id_is_404(server: Server, video_id: str, method: str, rest: str) -> None:
    answer = await server.client.request(method, f"/v1/videos/{video_id}{rest}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "video_not_found"


@pytest.mark.parametrize("word", ["edits", "extensions", "remix"])
async def test_a_word_in_place_of_an_id_is_a_route_of_its_own(server: Server, word: str) -> None:
    answer = await server.client.get(f"/v1/videos/{word}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


# Lists


async def test_newest_first_and_always_whole(server: Server) -> None:
    page = await listed(server)
    times = [video["created_at"] for video in page["data"]]
    assert times == sorted(times, reverse=True)
    assert list(page) == ["object", "data", "first_id", "last_id", "has_more"]
    assert (page["first_id"], page["last_id"]) == (page["data"][0]["id"], page["data"][-1]["id"])
    assert page["has_more"] is False


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
async def test_pages_join_to_the_whole(server: Server, order: str, limit: int) -> None:
    whole = [video["id"] for video in (await listed(server, f"?order={order}"))["data"]]
    seen: list[str] = []
    query = f"?order={order}&limit={limit}"
    page = await listed(server, query)
    while page["has_more"]:
        assert len(page["data"]) == limit
        seen += [video["id"] for video in page["data"]]
        page = await listed(server, f"{query}&after={page['last_id']}")
    assert seen + [video["id"] for video in page["data"]] == whole


async def test_a_query_value_that_is_empty_says_nothing(server: Server) -> None:
    empty = await listed(server, "?after=&limit=&order=&status=&model=&user=")
    assert empty == await listed(server)


async def test_a_page_after_the_last_is_empty_and_whole(server: Server) -> None:
    last = (await listed(server))["last_id"]
    page = await listed(server, f"?after={last}")
    assert page == {"object": "list", "data": [], "has_more": False}


FILTERS = {
    "user=ann": {"finished", "running"},
    "user=bob": set(),
    "model=sora-2": {"waiting"},
    "model=nothing": set(),
    "status=pending": {"waiting"},
    "status=queued": {"waiting"},
    "status=processing": {"running"},
    "status=in_progress": {"running"},
    "status=completed": {"finished", "embedded"},
    "status=failed": {"failed"},
    "status=completed&user=ann": {"finished"},
    "model=sora-1.0&limit=100": {"finished", "embedded", "failed", "running"},
}


@pytest.mark.parametrize(("query", "names"), FILTERS.items(), ids=FILTERS.keys())
async def test_a_list_is_narrowed(
    server: Server, stock: Stock, query: str, names: set[str]
) -> None:
    found = {video["id"] for video in (await listed(server, f"?{query}"))["data"]}
    assert found == {stock.ids[name] for name in names}


@pytest.mark.parametrize(
    ("query", "param"),
    [
        (f"after={ABSENT}", "after"),
        ("after=%00", "after"),
        ("after={foreign}", "after"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1.5", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("order=up", "order"),
        ("status=cancelled", "status"),
    ],
)
async def test_a_wrong_query_is_400(server: Server, stock: Stock, query: str, param: str) -> None:
    answer = await server.client.get("/v1/videos?" + query.format(**stock.ids))
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["param"]) == ("invalid_parameter", param)


# Delete and cancel


@pytest.mark.parametrize("state", ["finished", "running", "waiting", "failed"])
async def test_delete_takes_row_and_files_together(
    server: Server, stock: Stock, state: str
) -> None:
    video_id = stock.ids[state]
    headers = {"content-type": "application/json"}
    answer = await server.client.delete(f"/v1/videos/{video_id}", headers=headers)
    assert answer.json() == {"id": video_id, "object": "video.deleted", "deleted": True}
    assert await server.house.blobs.under(f"videos/{video_id}") == {}
    for method in ("GET", "DELETE"):
        again = await server.client.request(method, f"/v1/videos/{video_id}")
        assert again.status_code == 404
    assert video_id not in [video["id"] for video in (await listed(server))["data"]]


async def test_what_was_said_in_a_deleted_video_is_forgotten(bare: Server) -> None:
    video = await bare.create(prompt="a private matter", user="carol", metadata={"a": "whisper"})
    await bare.client.delete(f"/v1/videos/{video['id']}")
    stored = str(bare.stored())
    assert not any(word in stored for word in ("private", "carol", "whisper"))


@pytest.mark.parametrize("state", ["running", "waiting"])
async def test_a_cancelled_video_is_failed_with_the_reason(
    server: Server, stock: Stock, state: str
) -> None:
    answer = await server.client.post(f"/v1/videos/{stock.ids[state]}/cancel")
    assert answer.status_code == 200
    assert answer.json()["status"] == "failed"
    assert answer.json()["error"]["code"] == "cancelled"
    assert "openai-poll-after-ms" not in answer.headers


@pytest.mark.parametrize("state", ["finished", "failed"])
async def test_what_has_ended_cannot_be_cancelled(server: Server, stock: Stock, state: str) -> None:
    with server.untouched():
        answer = await server.client.post(f"/v1/videos/{stock.ids[state]}/cancel")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "video_not_cancellable"


# A life, seen from outside


async def test_a_video_goes_from_pending_to_completed(bare: Server) -> None:
    video = await bare.create(user="ann")
    assert (video["status"], video["queue"]["position"]) == ("pending", 1)
    async with bare.working():
        done = await bare.ended(video["id"])
    assert (done["status"], done["progress"], done["error"]) == ("completed", 100, None)
    assert done["url"] == done["metadata"]["url"] == done["outputs"][0]["url"]
    assert done["usage"] == {"seconds": 1.0, "cost_usd": "0.050000"}
    film = await bare.client.get(done["url"])
    assert b"ftyp" in film.content[:12]


async def test_a_waiting_video_knows_its_place(bare: Server) -> None:
    videos = [await bare.create() for _ in range(3)]
    assert [video["queue"]["position"] for video in videos] == [1, 2, 3]
    await bare.client.delete(f"/v1/videos/{videos[0]['id']}")
    assert (await bare.seen(videos[2]["id"]))["queue"]["position"] == 2


# Models


async def test_a_card_says_what_is_accepted(server: Server) -> None:
    card = (await server.client.get("/v1/models/sora-1.0")).json()["card"]
    assert card["seconds"] == {"min": "1", "max": "60", "allowed": [], "default": "5"}
    assert card["sizes"]["default"] == "1280x720"
    assert card["price"][0] == {"max_pixels": 921600, "usd_per_second": "0.05"}


@pytest.mark.parametrize("model", ["sora-9", "a/b", "é", "%00"])
async def test_an_unknown_model_is_404(server: Server, model: str) -> None:
    answer = await server.client.get(f"/v1/models/{model}")
    assert answer.status_code == 404


# Keys


@pytest.fixture
async def nobody(server: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with server.caller() as client:
        yield client


KEYED = [
    ("POST", "/v1/videos"),
    ("GET", "/v1/videos"),
    ("GET", "/v1/videos/{finished}"),
    ("DELETE", "/v1/videos/{finished}"),
    ("POST", "/v1/videos/{running}/cancel"),
    ("GET", "/v1/videos/{finished}/content"),
    ("HEAD", "/v1/videos/{finished}/content"),
    ("GET", "/v1/models"),
    ("GET", "/v1/models/sora-1.0"),
    ("GET", "/nothing"),
    ("GET", "/videos"),
    ("GET", "//v1/videos"),
    ("GET", "/v1/videos/"),
    ("HEAD", "/v1/videos"),
    ("GET", "/docs/../v1/videos"),
]
WRONG: dict[str, dict[str, str]] = {
    "no-key": {},
    "wrong-key": {"authorization": "Bearer not-a-key"},
    "key-in-capitals": {"authorization": f"Bearer {KEY.upper()}"},
    "only-the-start": {"authorization": f"Bearer {KEY[:-1]}"},
    "no-scheme": {"authorization": KEY},
    "basic": {"authorization": f"Basic {KEY}"},
    "only-the-scheme": {"authorization": "Bearer"},
    "blank": {"authorization": ""},
    "two-keys": {"authorization": f"Bearer {KEY} {KEY}"},
    "malformed-beside-a-good-one": {"authorization": "Basic x", "api-key": KEY},
    "wrong-api-key": {"api-key": "not-a-key"},
    "blank-api-key": {"api-key": ""},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG.keys())
async def test_nothing_answers_without_a_key(
    server: Server,
    nobody: httpx2.AsyncClient,
    stock: Stock,
    headers: dict[str, str],
) -> None:
    with server.untouched():
        for method, path in KEYED:
            answer = await nobody.request(method, path.format(**stock.ids), headers=headers)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": f"Bearer {KEY}"},
        {"authorization": f"bearer {KEY}"},
        {"authorization": f"Bearer   {KEY}"},
        {"api-key": KEY},
        {"Api-Key": KEY},
    ],
)
async def test_either_header_carries_the_key(
    nobody: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await nobody.get("/v1/videos", headers=headers)).status_code == 200


async def test_a_revoked_key_stops_within_a_second(server: Server) -> None:
    assert (await server.client.get("/v1/videos")).status_code == 200
    database = SqliteDatabase(server.house.settings.data / "filmgate.db")
    await database.write(keys.revoke_others, "configured", "", server.clock.now())
    await database.close()
    server.clock.advance(1)
    assert (await server.client.get("/v1/videos")).status_code == 401


@pytest.mark.parametrize(
    ("method", "rest"),
    [("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("GET", "/content"), ("HEAD", "/content")],
)
@pytest.mark.parametrize("state", ["finished", "running", "waiting", "failed"])
async def test_another_accounts_video_is_as_one_that_never_was(
    server: Server, stock: Stock, state: str, method: str, rest: str
) -> None:
    async with server.caller({"api-key": OTHER_KEY}) as other:
        with server.untouched():
            theirs = await other.request(method, f"/v1/videos/{stock.ids[state]}{rest}")
            absent = await other.request(method, f"/v1/videos/{ABSENT}{rest}")
    assert theirs.status_code == absent.status_code == 404
    assert theirs.text.replace(stock.ids[state], ABSENT) == absent.text


async def test_accounts_see_their_own_videos_alone(server: Server, stock: Stock) -> None:
    async with server.caller({"api-key": OTHER_KEY}) as other:
        theirs = (await other.get("/v1/videos")).json()["data"]
    mine = (await listed(server))["data"]
    assert [video["id"] for video in theirs] == [stock.ids["foreign"]]
    assert stock.ids["foreign"] not in [video["id"] for video in mine]


# The envelope


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/videos/a/b/c", 404),
        ("PATCH", "/v1/videos", 405),
        ("DELETE", "/v1/videos", 405),
        ("POST", "/v1/videos/x", 405),
        ("PUT", "/v1/models", 405),
        ("OPTIONS", "/v1/videos", 405),
        ("POST", "/healthz", 405),
    ],
)
async def test_the_frameworks_own_errors_are_in_the_envelope(
    server: Server, method: str, path: str, status: int
) -> None:
    answer = await server.client.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/videos", "GET, HEAD, POST"),
        ("/v1/videos/x", "DELETE, GET, HEAD"),
        ("/v1/videos/x/content", "GET, HEAD"),
    ],
)
async def test_a_refused_method_learns_which_are_allowed(
    server: Server, path: str, allowed: str
) -> None:
    answer = await server.client.put(path)
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_health_needs_no_key(nobody: httpx2.AsyncClient, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = await nobody.request(method, path)
        assert answer.status_code == (200 if path == "/healthz" else 503)


async def test_every_request_has_an_id_of_its_own(server: Server) -> None:
    paths = ["/v1/videos", "/v1/nothing", "/healthz", "/v1/videos?limit=0", "/openapi.json"]
    ids = {(await server.client.get(path)).headers["x-request-id"] for path in paths}
    assert len(ids) == len(paths)


async def test_links_lead_back_to_where_the_caller_came_from(server: Server, stock: Stock) -> None:
    answer = await server.client.get(
        f"/v1/videos/{stock.ids['finished']}", headers={"host": "films.example:8443"}
    )
    assert answer.json()["url"].startswith("http://films.example:8443/v1/videos/")


async def test_openai_fields_alone_make_an_official_object(bare: Server) -> None:
    video = (await bare.client.post("/v1/videos", json=OPENAI)).json()
    assert (video["status"], video["seconds"], video["expires_at"]) == ("queued", "4", None)
