"""GET and HEAD of content: films and stills, ranges, conditions, signed links."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import pytest_asyncio
from tests.contract.harness import KEY, OTHER_KEY, Server, Stock

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def path(stock: Stock) -> str:
    return f"/v1/videos/{stock.ids['finished']}/content"


@pytest_asyncio.fixture(loop_scope="module")
async def film(steady: Server, path: str) -> bytes:
    return (await steady.client.get(path)).content


@pytest_asyncio.fixture(loop_scope="module")
async def nobody(steady: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with steady.caller() as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def link(steady: Server, stock: Stock) -> str:
    found: str = (await steady.seen(stock.ids["finished"]))["url"]
    return found


VARIANTS = {
    "video": ("video/mp4", ".mp4", b"ftyp"),
    "thumbnail": ("image/webp", "-thumbnail.webp", b"WEBP"),
    "spritesheet": ("image/jpeg", "-spritesheet.jpg", b"\xff\xd8"),
}


@pytest.mark.parametrize("variant", VARIANTS)
async def test_each_variant_is_what_it_says(
    steady: Server, stock: Stock, path: str, variant: str
) -> None:
    kind, suffix, mark = VARIANTS[variant]
    answer = await steady.client.get(path, params={"variant": variant})
    assert answer.headers["content-type"] == kind
    assert mark in answer.content[:12]
    assert answer.headers["content-length"] == str(len(answer.content))
    name = stock.ids["finished"] + suffix
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


async def test_head_says_what_get_sends(steady: Server, path: str) -> None:
    got, head = await steady.client.get(path), await steady.client.head(path)
    assert head.content == b""
    assert {**head.headers, "x-request-id": ""} == {**got.headers, "x-request-id": ""}


async def test_each_output_is_a_film_of_its_own(steady: Server, stock: Stock, path: str) -> None:
    films = [await steady.client.get(path, params={"index": index}) for index in (0, 1)]
    assert films[0].content != films[1].content
    assert films[0].headers["etag"] != films[1].headers["etag"]
    names = [f"{stock.ids['finished']}{suffix}.mp4" for suffix in ("", "-1")]
    found = [film.headers["content-disposition"] for film in films]
    assert found == [f'attachment; filename="{name}"' for name in names]


async def test_inline_shows_rather_than_saves(steady: Server, path: str) -> None:
    answer = await steady.client.get(path, params={"inline": "1"})
    assert answer.headers["content-disposition"].startswith("inline;")


RANGES: dict[str, tuple[str, slice]] = {
    "first": ("bytes=0-0", slice(0, 1)),
    "middle": ("bytes=10-19", slice(10, 20)),
    "open": ("bytes=100-", slice(100, None)),
    "suffix": ("bytes=-50", slice(-50, None)),
    "suffix-too-long": ("bytes=-99999999", slice(0, None)),
    "end-too-far": ("bytes=100-99999999", slice(100, None)),
    "blanks": (" bytes=10-19 ", slice(10, 20)),
}


@pytest.mark.parametrize(("header", "part"), RANGES.values(), ids=RANGES.keys())
async def test_a_range_is_sent_as_asked(
    steady: Server, path: str, film: bytes, header: str, part: slice
) -> None:
    answer = await steady.client.get(path, headers={"range": header})
    start, end, _ = part.indices(len(film))
    assert answer.status_code == 206
    assert answer.content == film[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(film)}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("header", ["bytes=99999999-", "bytes=-0", "bytes=99999999-99999999"])
async def test_a_range_outside_the_film_is_416(
    steady: Server, path: str, film: bytes, header: str
) -> None:
    answer = await steady.client.get(path, headers={"range": header})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(film)}"


@pytest.mark.parametrize(
    "header",
    ["bytes=5-2", "bytes=", "bytes=-", "bytes=a-b", "frames=1-2", "bytes=0-1,5-6", "1-2", "bytes"],
)
async def test_what_is_not_one_byte_range_is_passed_over(
    steady: Server, path: str, film: bytes, header: str
) -> None:
    answer = await steady.client.get(path, headers={"range": header})
    assert (answer.status_code, answer.content) == (200, film)


async def test_a_range_means_nothing_to_head(steady: Server, path: str, film: bytes) -> None:
    answer = await steady.client.head(path, headers={"range": "bytes=0-9"})
    assert answer.status_code == 200
    assert answer.headers["content-length"] == str(len(film))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"x", {}', "*"])
async def test_what_the_caller_has_is_not_sent_again(
    steady: Server, path: str, form: str, method: str
) -> None:
    etag = (await steady.client.head(path)).headers["etag"]
    headers = {"if-none-match": form.format(etag)}
    answer = await steady.client.request(method, path, headers=headers)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == etag


async def test_what_the_caller_has_of_another_film_counts_for_nothing(
    steady: Server, path: str, film: bytes
) -> None:
    answer = await steady.client.get(path, headers={"if-none-match": '"another"'})
    assert (answer.status_code, answer.content) == (200, film)


@pytest.mark.parametrize(
    ("condition", "status"), [("{}", 206), ('"another"', 200), ("W/{}", 200), ("", 200)]
)
async def test_a_range_holds_for_the_same_film_only(
    steady: Server, path: str, condition: str, status: int
) -> None:
    etag = (await steady.client.head(path)).headers["etag"]
    headers = {"range": "bytes=0-9", "if-range": condition.format(etag)}
    assert (await steady.client.get(path, headers=headers)).status_code == status


async def test_a_link_needs_no_key(nobody: httpx2.AsyncClient, link: str, film: bytes) -> None:
    assert (await nobody.get(link)).content == film
    assert (await nobody.head(link)).headers["content-length"] == str(len(film))
    ranged = await nobody.get(link, headers={"range": "bytes=0-9"})
    assert (ranged.status_code, ranged.content) == (206, film[:10])


async def test_a_link_is_for_stills_too(nobody: httpx2.AsyncClient, link: str) -> None:
    for file, media in (("thumbnail.webp", "image/webp"), ("spritesheet.jpg", "image/jpeg")):
        answer = await nobody.get(link.replace("video.mp4", file))
        assert answer.headers["content-type"] == media
    answer = await nobody.get(link.replace("/video.mp4", "") + "&variant=thumbnail")
    assert answer.headers["content-type"] == "image/webp"


async def test_a_link_ends_in_the_name_of_a_film(nobody: httpx2.AsyncClient, link: str) -> None:
    assert urlsplit(link).path.endswith("/content/video.mp4")
    answer = await nobody.get(link.replace("video.mp4", "video.gif"))
    assert answer.status_code == 404


@pytest.mark.parametrize("key", [KEY, OTHER_KEY, "not-a-key"])
async def test_a_link_is_good_whatever_key_comes_with_it(
    nobody: httpx2.AsyncClient, link: str, key: str
) -> None:
    answer = await nobody.get(link, headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 200


TAMPERED = {
    "signature": {"signature": "0" * 64},
    "no-signature": {"signature": ""},
    "signature-in-capitals": {"signature": None},
    "not-ascii": {"signature": "é" * 64},
    "later": {"expires": "1900000000"},
    "never": {"expires": "99999999999999999999"},
    "no-time": {"expires": ""},
    "not-a-time": {"expires": "soon"},
    "other-digits": {"expires": "١٨٠٠٠٨٦٤٠٠"},
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
async def test_a_tampered_link_opens_nothing(
    nobody: httpx2.AsyncClient, link: str, change: dict[str, str | None]
) -> None:
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    query |= {
        name: query[name].upper() if value is None else value for name, value in change.items()
    }
    answer = await nobody.get(urlsplit(link).path, params=query)
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["foreign", "embedded", "running"])
async def test_a_link_opens_its_own_video_alone(
    nobody: httpx2.AsyncClient, stock: Stock, link: str, name: str
) -> None:
    other = link.replace(stock.ids["finished"], stock.ids[name])
    assert (await nobody.get(other)).status_code == 401


async def test_a_link_opens_content_alone(nobody: httpx2.AsyncClient, link: str) -> None:
    bare = link.replace("/content", "")
    assert (await nobody.get(bare)).status_code == 401
    assert (await nobody.delete(bare)).status_code == 401
    assert (await nobody.delete(link)).status_code in (401, 405)


@pytest.mark.parametrize(
    ("name", "code"),
    [("waiting", "video_not_ready"), ("running", "video_not_ready"), ("failed", "video_failed")],
)
async def test_a_film_that_is_not_there_is_400(
    steady: Server, stock: Stock, name: str, code: str
) -> None:
    answer = await steady.client.get(f"/v1/videos/{stock.ids[name]}/content")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("variant=gif", "variant"),
        ("variant=../video", "variant"),
        ("index=2", "index"),
        ("index=-1", "index"),
        ("index=x", "index"),
        ("index=1.5", "index"),
        ("index=99999999999999999999999", "index"),
        ("inline=perhaps", "inline"),
    ],
)
async def test_a_wrong_query_is_400(steady: Server, path: str, query: str, param: str) -> None:
    answer = await steady.client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param


async def test_another_accounts_film_is_404(steady: Server, path: str) -> None:
    async with steady.caller({"api-key": OTHER_KEY}) as other:
        answers = [await other.request(method, path) for method in ("GET", "HEAD")]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_storyboard_names_the_tiles_of_a_sheet_that_opens(
    steady: Server, stock: Stock, path: str, nobody: httpx2.AsyncClient
) -> None:
    board = await steady.client.get(path, params={"variant": "storyboard"})
    assert board.headers["content-type"].startswith("text/vtt")
    lines = board.text.splitlines()
    sheet = (await steady.seen(stock.ids["finished"]))["metadata"]["spritesheet"]
    assert lines[0] == "WEBVTT"
    assert sum("-->" in line for line in lines) == sheet["columns"] * sheet["rows"]
    address, _, part = lines[3].partition("#xywh=")
    assert part == f"0,0,{sheet['tile_width']},{sheet['tile_height']}"
    assert (await nobody.get(address)).headers["content-type"] == "image/jpeg"


async def test_a_storyboard_is_under_the_links_of_its_video(
    nobody: httpx2.AsyncClient, link: str
) -> None:
    board = await nobody.get(link.replace("video.mp4", "storyboard.vtt"))
    assert board.text.startswith("WEBVTT")
