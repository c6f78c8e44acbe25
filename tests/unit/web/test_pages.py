import gzip
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from filmgate import __version__
from filmgate.domain.card import Card, Catalogue
from filmgate.errors import NotFound
from filmgate.settings import shipped_cards
from filmgate.web import pages

CATALOGUE = Catalogue(Card(id=name, **card) for name, card in shipped_cards().items())
ODD = Card.model_validate(
    {
        "id": "odd",
        "engine": "mine",
        "description": 'Costs $5 </td><script>alert("x")</script>',
        "seconds": {"min": "0.5", "max": "2.5", "default": "1.5"},
        "sizes": {"max_side": 1000, "max_pixels": 123456, "default": "320x240"},
    }
)


async def _not_found(_request: Request, _error: Exception) -> Response:
    return Response(status_code=404)


def client(catalogue: Catalogue = CATALOGUE, **options: Any) -> httpx2.AsyncClient:
    views = pages.pages(catalogue, **options)
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


async def test_the_landing_page_says_what_runs_here(http: httpx2.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert __version__ in page
    for card in CATALOGUE:
        assert f"<code>{card.id}</code>" in page
        assert all(alias in page for alias in card.aliases)
    assert "4, 8, 12, 16, 20 s" in page
    assert "1–60 s" in page
    assert "1920×1080</span> in either orientation" in page


async def test_the_examples_use_the_address_that_the_reader_asked(
    http: httpx2.AsyncClient,
) -> None:
    assert "OPENAI_BASE_URL=http://films.test:8000/v1\n" in (await http.get("/")).text
    for host in ("[::1]:8000", "films.example.com", "10.0.0.7:80"):
        page = (await http.get("/", headers={"host": host})).text
        assert f"OPENAI_BASE_URL=http://{host}/v1\n" in page


async def test_the_public_address_goes_before_the_one_asked() -> None:
    async with client(public_url="https://films.example.com/a&b/") as http:
        page = (await http.get("/")).text
    assert "OPENAI_BASE_URL=https://films.example.com/a&amp;b/v1\n" in page
    assert "films.test" not in page


@pytest.mark.parametrize(
    "host", ['"><script>alert(1)</script>', "$(reboot)", "a b", "a;b", "a/b", "a:b", "a:", "", "é"]
)
async def test_a_hostile_host_is_not_shown(host: str) -> None:
    async with client() as http:
        page = (await http.get("/", headers={b"host": host.encode()})).text
    assert "OPENAI_BASE_URL=http://localhost/v1\n" in page
    assert "script" not in page


async def test_what_an_operator_wrote_is_text_and_nothing_else() -> None:
    async with client(Catalogue([ODD])) as http:
        page = (await http.get("/")).text
    assert "Costs $5 &lt;/td&gt;&lt;script&gt;" in page
    assert "0.5–2.5 s" in page
    assert "at most 123456 pixels" in page
    assert '"seconds": "1.5", "size": "320x240"' in page


async def test_the_python_of_the_landing_page_is_python(http: httpx2.AsyncClient) -> None:
    page = (await http.get("/")).text
    found = re.search(r"<code>(from openai.*?)</code>", page, re.DOTALL)
    assert found is not None
    compile(found[1], "landing", "exec")


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
    assert "script-src 'unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-cache"


async def test_the_landing_page_needs_no_script(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/")
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]


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


async def test_a_file_that_the_reader_has_is_not_sent_again(http: httpx2.AsyncClient) -> None:
    first = await http.get("/static/filmgate.css")
    again = await http.get("/static/filmgate.css", headers={"if-none-match": first.headers["etag"]})
    other = await http.get("/static/filmgate.css", headers={"if-none-match": 'W/"0"'})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


async def test_the_icon_is_small(http: httpx2.AsyncClient) -> None:
    icon = await http.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert len(icon.content) < 1000


@pytest.mark.parametrize("path", ["/", "/docs", "/favicon.ico", "/static/docs.css"])
async def test_head_says_what_get_would(http: httpx2.AsyncClient, path: str) -> None:
    head, get = await http.head(path), await http.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("name", ["nope.js", "..%2fpages.py", "landing.html", "%00", "a/b"])
async def test_nothing_else_is_there(http: httpx2.AsyncClient, name: str) -> None:
    assert (await http.get(f"/static/{name}")).status_code == 404
