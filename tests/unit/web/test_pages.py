import gzip
import hashlib
import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filmgate import web
from filmgate.errors import NotFound
from filmgate.web import pages

STUDIO = Path(web.__file__).parent / "assets" / "studio"
VENDORED = "preact-htm.js"
PUBLISHED = "72284e8e9079c87817145df1110f74e8a2aa040b2fc384922e18dfcb46fc1fd7"
"""SHA-256 of `preact/standalone.module.js` in the package htm 3.1.1 of npm."""
OURS = sorted(
    path for path in STUDIO.iterdir() if path.suffix in (".js", ".css") and path.name != VENDORED
)
BYTES = {path.name: path.read_bytes() for path in [*OURS, STUDIO / VENDORED]}


async def _not_found(_request: Request, _error: Exception) -> Response:
    return Response(status_code=404)


def client(films_at: str | None = None) -> httpx2.AsyncClient:
    views = pages.pages(films_at)
    app = Starlette(
        routes=[Route(path, view, methods=["GET"]) for path, view in views.items()],
        exception_handlers={NotFound: _not_found},
    )
    transport = httpx2.ASGITransport(app=app)
    return httpx2.AsyncClient(transport=transport, base_url="http://films.test:8000")


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with client() as http:
        yield http


class Loads(HTMLParser):
    """What a page loads and links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.inline = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"] or "")
        elif address := given.get("src") or given.get("href"):
            self.loads.append(address)
        self.inline += (
            tag == "style" or "style" in given or (tag == "script" and "src" not in given)
        )


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_a_page_loads_nothing_from_elsewhere(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    found = Loads(answer.text)
    assert found.loads
    assert found.inline == 0
    for address in found.loads:
        assert address.startswith("static/")
        loaded = await http.get(f"/{address}")
        assert loaded.status_code == 200
        assert loaded.headers["x-content-type-options"] == "nosniff"
    assert not [link for link in found.links if ":" in link]


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_a_page_may_do_little(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers


async def test_the_studio_may_not_make_code_of_text(http: httpx2.AsyncClient) -> None:
    policy = (await http.get("/")).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy


async def test_films_may_come_from_the_bucket_that_links_lead_to() -> None:
    async with client("https://films.s3.example.com") as http:
        policy = (await http.get("/")).headers["content-security-policy"]
    assert "media-src 'self' https://films.s3.example.com;" in policy
    assert "img-src 'self' blob: https://films.s3.example.com;" in policy
    assert "connect-src 'self';" in policy


def test_the_vendored_file_is_the_one_that_was_published() -> None:
    assert hashlib.sha256((STUDIO / VENDORED).read_bytes()).hexdigest() == PUBLISHED


@pytest.mark.parametrize("name", BYTES)
async def test_a_file_of_the_studio_is_served_and_asked_for_anew(
    http: httpx2.AsyncClient, name: str
) -> None:
    first = await http.get(f"/static/studio/{name}")
    assert (first.status_code, first.content) == (200, BYTES[name])
    assert first.headers["cache-control"] == "public, no-cache"
    etag = {"if-none-match": first.headers["etag"]}
    again = await http.get(f"/static/studio/{name}", headers=etag)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("file", OURS, ids=lambda path: path.name)
def test_a_file_of_the_studio_is_short_and_names_no_other_origin(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("\n") <= 200
    found = set(re.findall(r"https?://[^\"'`\s$]+", text))
    assert found <= {"https://…", "https://"}
    assert "innerHTML" not in text
    assert "document.cookie" not in text


def words(language: str) -> dict[str, str]:
    text = (STUDIO / f"{language}.js").read_text("utf-8").partition("export default ")[2]
    found: dict[str, str] = json.loads(re.sub(r",\s*};\s*$", "}", text))
    return found


def test_both_languages_say_everything() -> None:
    english, chinese = words("en"), words("zh")
    assert english.keys() == chinese.keys()
    for name in english:
        holes = [set(re.findall(r"{(\w+)}", one[name])) for one in (english, chinese)]
        assert holes[0] == holes[1], name
        assert english[name]
        assert chinese[name]


def test_every_word_that_is_said_is_known() -> None:
    known, said = words("en"), set()
    for file in OURS:
        said |= set(re.findall(r"""\bt\(["']([^"']+)["']""", file.read_text("utf-8")))
    assert said
    assert not said - known.keys()


def test_chinese_has_its_own_punctuation() -> None:
    odd = {k: v for k, v in words("zh").items() if re.search(r"[\u4e00-\u9fff][,:;?!(]", v)}
    assert not odd


async def test_swagger_ui_comes_with_the_package(http: httpx2.AsyncClient) -> None:
    script = await http.get("/static/swagger-ui.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "SwaggerUIBundle" in script.text
    style = await http.get("/static/swagger-ui.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "dark-mode" in style.text


async def test_a_file_is_packed_for_those_who_can_unpack(http: httpx2.AsyncClient) -> None:
    plain = await http.get("/static/docs.js", headers={"accept-encoding": "identity"})
    request = http.build_request("GET", "/static/docs.js", headers={"accept-encoding": "gzip"})
    packed = await http.send(request, stream=True)
    raw = b"".join([piece async for piece in packed.aiter_raw()])
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert gzip.decompress(raw) == plain.content


async def test_the_icon_is_small(http: httpx2.AsyncClient) -> None:
    icon = await http.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert len(icon.content) < 1000


@pytest.mark.parametrize("path", ["/", "/docs", "/favicon.ico", "/static/docs.css"])
async def test_head_says_what_get_would(http: httpx2.AsyncClient, path: str) -> None:
    head, get = await http.head(path), await http.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(
    "name", ["nope.js", "..%2fpages.py", "studio.html", "%00", "a/b", "studio/..%2fdocs.js"]
)
async def test_nothing_else_is_there(http: httpx2.AsyncClient, name: str) -> None:
    assert (await http.get(f"/static/{name}")).status_code == 404
