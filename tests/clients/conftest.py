"""A browser, and a page of another origin than the server's."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.clients.javascript import fetch_sdk, program

SCRIPT = Path(__file__).parent / "page.js"
PAGE = """<!doctype html>
<script type="importmap">{"imports": {"openai": "/openai/index.mjs"}}</script>
<script type="module">window.client = await import("/page.js")</script>
"""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing but what the page asks for leaves the browser."""


@pytest.fixture(scope="session")
def sdk(request: pytest.FixtureRequest) -> Path:
    """The official JavaScript SDK, fetched once and kept."""
    return fetch_sdk(Path(request.config.cache.mkdir("releases")))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends files, and says nothing of it."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="session")
def origin(sdk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served: by name and on a port of its own, so another origin."""
    site = tmp_path_factory.mktemp("site")
    (site / "openai").symlink_to(sdk)
    shutil.copy(SCRIPT, site)
    (site / "index.html").write_text(PAGE)
    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen.

    It goes with its module: as long as it is there, a loop runs in this thread, and no other can.
    """
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    """A fresh page that has loaded the SDK."""
    page = browser.new_page()
    page.goto(origin)
    page.wait_for_function("window.client !== undefined")
    yield page
    page.close()
