"""A page of another origin uses the API with the official SDK, in a real browser.

The reports of those whose pages could not: each step is one that failed for somebody.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from filmgate.testing.served import Served

pytestmark = pytest.mark.process


def call(page: Page, name: str, served: Served, *given: Any) -> Any:
    """Call a function of page.js."""
    script = "([name, server, given]) => window.client[name](server, ...given)"
    return page.evaluate(script, [name, {"base": served.url, "key": served.key}, list(given)])


@pytest.fixture
def made(page: Page, served: Served) -> dict[str, Any]:
    """A film that the page asked for and waited for."""
    found: dict[str, Any] = call(page, "make", served)
    return found


def test_it_creates_and_polls(made: dict[str, Any]) -> None:
    created, completed = made["created"], made["completed"]
    assert (created["status"], completed["status"]) == ("queued", "completed")
    assert completed["url"].partition("?")[0].endswith(".mp4")


def test_it_reads_our_headers(made: dict[str, Any]) -> None:
    assert 200 <= int(made["poll"]) <= 8000
    assert made["request"]


def test_it_lists(page: Page, served: Served, made: dict[str, Any]) -> None:
    ids = call(page, "list", served)
    assert made["completed"]["id"] in ids
    assert len(ids) == len(set(ids))


def test_it_deletes(page: Page, served: Served) -> None:
    gone = call(page, "remove", served)
    assert (gone["object"], gone["deleted"]) == ("video.deleted", True)


def test_it_sends_a_picture(page: Page, served: Served) -> None:
    assert call(page, "picture", served)["status"] == "completed"


def test_it_fetches_the_film(page: Page, served: Served, made: dict[str, Any]) -> None:
    film = call(page, "film", served, made["completed"])
    assert film["kind"] == "ftyp"
    assert (film["status"], film["length"]) == (206, "10")
    assert film["range"] == f"bytes 0-9/{film['size']}"
    assert film["etag"]


def test_it_draws_a_frame(page: Page, served: Served, made: dict[str, Any]) -> None:
    """The engine of these tests makes plain grey films: every channel is between its bounds."""
    frame = call(page, "draw", served, made["completed"])
    assert (frame["width"], frame["height"], frame["seconds"]) == (128, 128, 1)
    assert all(50 < channel < 190 for channel in frame["pixel"]), frame


@pytest.mark.parametrize(
    ("what", "name", "status", "code", "param"),
    [
        ("parameter", "BadRequestError", 400, "invalid_parameter", "seconds"),
        ("missing", "NotFoundError", 404, "video_not_found", None),
        ("key", "AuthenticationError", 401, "invalid_api_key", None),
    ],
)
def test_it_reads_an_error(
    page: Page, served: Served, what: str, name: str, status: int, code: str, param: str | None
) -> None:
    """Not "Connection error.", which is all that a page sees of an answer it may not read."""
    error = call(page, "fail", served, what)
    assert (error["name"], error["status"]) == (name, status)
    assert (error["code"], error["param"]) == (code, param)
    assert error["requestID"]
