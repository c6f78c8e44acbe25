"""The studio in a real browser: from an empty server to a watched film, in both languages."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from filmgate.testing.served import Served
from filmgate.testing.served import served as serving

pytestmark = pytest.mark.process

SIZES = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
VIEWS = [
    *("make", "now", "films", "account"),
    *("admin", "admin/accounts", "admin/upstreams", "admin/videos", "admin/audit", "admin/doctor"),
]
RULES = {"resultTypes": ["violations"]}
expect.set_options(timeout=60_000)  # on a busy machine a film may take its time


def axe() -> Path:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("axe.min.js")


class Watched:
    """A page, and what it asked for and said that it should not have."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.elsewhere: list[str] = []
        self.asked: list[str] = []
        self.said: list[str] = []
        page.set_default_timeout(30_000)
        page.on("request", self._asked)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _asked(self, request: Any) -> None:
        self.asked.append(request.url.removeprefix(f"{self.base}/"))
        if not request.url.startswith((f"{self.base}/", "blob:")):
            self.elsewhere.append(request.url)

    def go(self, view: str) -> None:
        self.page.goto(f"{self.base}/#/{view}")
        expect(self.page.locator("main h1").first).to_be_visible()
        expect(self.page.locator(".bone")).to_have_count(0)

    def faults(self) -> list[str]:
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def opened(browser: Browser, served: Served, **options: Any) -> Iterator[Watched]:
    """A studio that was opened by the link that the server prints."""
    context = browser.new_context(**options)
    context.add_init_script(path=axe())
    watched = Watched(context.new_page(), served.url)
    watched.page.goto(f"{served.url}/#key={served.key}")
    expect(watched.page.locator(".composer")).to_be_visible()
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.said == []


@pytest.fixture(params=["en-desktop-light", "zh-phone-dark"])
def studio(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Watched]:
    language, size, scheme = request.param.split("-")
    locale = {"en": "en-US", "zh": "zh-CN"}[language]
    yield from opened(browser, served, viewport=SIZES[size], locale=locale, color_scheme=scheme)


@pytest.fixture
def desktop(browser: Browser, served: Served) -> Iterator[Watched]:
    yield from opened(browser, served, viewport=SIZES["desktop"], locale="en-US")


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose films are drawn: it changes and extends them, and has a relay to nowhere."""
    engines = {
        "animatic": {},
        "relay": {"kind": "relay", "workers": 0, "options": {"upstreams": UPSTREAM}},
    }
    folder = tmp_path_factory.mktemp("drawing") / "data"
    with serving(folder, engines=json.dumps(engines), cards=json.dumps(CARDS)) as found:
        yield found


@pytest.fixture
def drawn(browser: Browser, drawing: Served) -> Iterator[Watched]:
    yield from opened(browser, drawing, viewport=SIZES["desktop"], locale="en-US")


UPSTREAM = {"far": {"kind": "sglang", "url": "http://127.0.0.1:9/v1", "models": {"remote": "x"}}}
CARDS = {
    "remote": {
        "engine": "relay",
        "seconds": {"default": 4},
        "sizes": {"default": "640x360"},
        "can": [],
    },
    "sora-1.0": {"usd_picture": "0.25"},
}


def follow(studio: Watched, act: str, words: str, charged: str) -> str:
    """Press a button of a film's view, say what is wanted, wait for the film that comes of it."""
    page = studio.page
    page.locator(".actions").get_by_role("button", name=act, exact=True).click()
    box = page.get_by_role("dialog")
    box.get_by_label("Prompt").fill(words)
    box.get_by_role("button", name=f"{act} · {charged}").click()
    expect(page.locator("h1")).to_have_text("Now")
    expect(page.locator(".empty")).to_be_visible()
    studio.go("films")
    page.locator(".cell", has_text=words).locator("a").click()
    expect(page.locator("video")).to_be_visible()
    return page.url.rpartition("/")[2]


def test_each_button_of_a_film_makes_what_it_says(drawn: Watched, drawing: Served) -> None:
    """Change, edit, extend, the last frame as a first one; each pressed, priced, made, watched."""
    page = drawn.page
    make(drawn, "a red fox on a beach")
    drawn.go("films")
    page.locator(".cell", has_text="a red fox").locator("a").click()
    expect(page.locator("video")).to_be_visible()
    source = page.url.rpartition("/")[2]
    made = {}
    for act, words, charged in (
        ("Change", "a red fox in the snow", "$0.05"),
        ("Edit", "at dusk", "$0.05"),
        ("Extend", "night falls", "$0.20"),
    ):
        made[act] = drawing.video(follow(drawn, act, words, charged))
        drawn.go(f"film/{source}")
    assert {one["remixed_from_video_id"] for one in made.values()} == {source}
    assert [float(one["seconds"]) for one in made.values()] == [1, 1, 5]
    assert drawn.faults() == []
    page.get_by_role("button", name="Use last frame").click()
    expect(page.get_by_alt_text("The first frame, as it will be cropped")).to_be_visible()
    page.locator(".prompt").fill("the fox runs on")
    expect(page.locator(".go")).to_have_text("Make · $0.30")
    page.locator(".go").click()
    drawn.go("films")
    page.locator(".cell", has_text="the fox runs on").locator("a", has=page.locator("img")).click()
    expect(page.locator("dl.facts")).to_contain_text("$0.30")


def test_two_films_are_held_beside_each_other(drawn: Watched) -> None:
    page = drawn.page
    for words in ("a lighthouse at dusk", "a lighthouse at noon"):
        make(drawn, words)
    drawn.go("films")
    for words in ("a lighthouse at dusk", "a lighthouse at noon"):
        cell = page.locator(".cell", has_text=words)
        expect(cell.locator("img")).to_be_visible()
        cell.get_by_role("checkbox").check()
    page.locator(".chosen").get_by_role("link", name="Compare").click()
    expect(page.locator("figure video")).to_have_count(2)
    page.get_by_role("button", name="Play together").click()
    for player in page.locator("figure video").all():
        player.evaluate("film => new Promise(done => { film.ontimeupdate = done; })")
    assert drawn.faults() == []


def test_news_come_by_one_stream(drawn: Watched) -> None:
    """Nothing is asked for again while a film is made: the server tells how it goes."""
    page = drawn.page
    with page.expect_response(lambda answer: answer.url.endswith("/v1/events")):
        drawn.go("make")
        page.reload()
    expect(page.locator(".composer")).to_be_visible()
    drawn.go("now")
    page.wait_for_timeout(500)
    drawn.asked.clear()
    body = {"model": "sora-1.0", "prompt": "told of elsewhere", "seconds": "2", "size": "640x360"}
    page.evaluate(
        """body => fetch("v1/videos", { method: "POST", body: JSON.stringify(body), headers: {
          "content-type": "application/json",
          authorization: `Bearer ${sessionStorage.getItem("filmgate-key")}` } })""",
        body,
    )
    expect(page.locator(".job", has_text="told of elsewhere")).to_be_visible()
    expect(page.locator(".empty")).to_be_visible()
    looks = [one for one in drawn.asked if one.startswith("v1/videos?status")]
    assert len(looks) <= 4, "once when one came, once when it went"


def test_the_limits_of_a_model_are_said_before_it_refuses(drawn: Watched) -> None:
    page = drawn.page
    drawn.go("make")
    limits = page.locator(".limits")
    expect(limits).to_contain_text("1–60 s")
    expect(limits).to_contain_text("$0.05 a second at this size")
    expect(limits).to_contain_text("$0.25 for a first frame")
    page.get_by_text("More settings").click()
    page.get_by_label("Frames a second").fill("99")
    expect(page.get_by_role("alert")).to_contain_text("between 1 and 60")
    expect(page.locator(".go")).to_be_disabled()
    drawn.said.clear()  # the browser tells of the answer 400


def test_an_operator_sees_upstreams_and_what_the_doctor_finds(drawn: Watched) -> None:
    page = drawn.page
    drawn.go("admin/upstreams")
    expect(page.get_by_role("row", name="relay/far")).to_contain_text("takes orders")
    drawn.go("admin/doctor")
    expect(page.locator(".finding", has_text="relay/far")).to_have_attribute("data-mark", "bad")
    expect(page.locator(".finding", has_text="storage")).to_have_attribute("data-mark", "good")


def make(studio: Watched, prompt: str, n: int = 1) -> None:
    page = studio.page
    studio.go("make")
    page.locator(".prompt").fill(prompt)
    page.get_by_role("slider").fill("1")
    page.locator("button", has_text="640×360").click()
    page.locator("fieldset").last.get_by_role("button", name=str(n), exact=True).click()
    page.locator(".go").click()


def test_the_key_leaves_the_address_and_stays_in_the_tab(desktop: Watched) -> None:
    page = desktop.page
    assert page.url == f"{desktop.base}/#/make"
    assert page.context.cookies() == []
    assert page.evaluate("JSON.stringify(localStorage)").find("test-key") < 0
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("API key")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_from_a_prompt_to_a_watched_film(studio: Watched) -> None:
    page = studio.page
    prompt = f"a quiet sea {page.evaluate('innerWidth')}"
    make(studio, prompt, n=2)
    studio.go("films")
    cell = page.locator(".cell", has_text=prompt).locator("a", has=page.locator("img"))
    expect(cell).to_be_visible()
    cell.click()
    player = page.locator("video")
    expect(player).to_be_visible()
    player.evaluate("film => { film.muted = true; return film.play(); }")
    player.evaluate(
        "film => new Promise(done => { film.ontimeupdate = () => film.currentTime && done(); })"
    )
    assert player.evaluate("film => [film.videoWidth, film.videoHeight]") == [640, 360]
    assert studio.faults() == []
    page.locator(".strip button").nth(1).click()
    page.locator(".actions a[href*=compare]").click()
    expect(page.locator("figure video")).to_have_count(2)


def test_no_view_has_a_fault_of_access_or_scrolls_sideways(studio: Watched) -> None:
    found = {}
    for view in VIEWS:
        studio.go(view)
        wide = studio.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[view] = [*studio.faults(), *(["wide"] if wide else [])]
    assert found == {view: [] for view in VIEWS}


def test_the_button_says_the_price_that_is_charged(desktop: Watched, served: Served) -> None:
    desktop.go("make")
    page = desktop.page
    page.get_by_role("slider").fill("2")
    page.locator("button", has_text="640×360").click()
    page.locator("fieldset").last.get_by_role("button", name="2", exact=True).click()
    body = {"model": "sora-1.0", "prompt": "x", "seconds": "2", "size": "640x360", "n": 2}
    quote = served.client.post("/v1/videos?dry_run=true", json=body).json()
    assert float(quote["cost_usd"]) == 0.2
    expect(page.locator(".go")).to_have_text("Make · $0.20")


def test_what_is_copied_is_what_is_sent(desktop: Watched) -> None:
    page = desktop.page
    desktop.go("make")
    page.locator(".prompt").fill('it\'s a "cat"')
    page.get_by_text("Copy as code").click()
    code = page.locator(".code pre")
    expect(code).to_contain_text("it'\\''s a \\\"cat\\\"")
    page.get_by_role("button", name="Python", exact=True).click()
    expect(code).to_contain_text("client.videos.create_and_poll(")
    compile(code.inner_text(), "copied", "exec")


def test_a_key_is_made_shown_once_and_revoked(desktop: Watched) -> None:
    page = desktop.page
    page.on("dialog", lambda dialog: dialog.accept())
    desktop.go("account")
    page.get_by_text("Make a key").click()
    page.get_by_label("Name").first.fill("laptop")
    page.get_by_role("button", name="Make", exact=True).click()
    assert page.locator("dialog pre").inner_text().startswith("fg-")
    page.keyboard.press("Escape")
    row = page.locator("tr", has_text="laptop")
    row.get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)


def test_it_is_used_by_keyboard(desktop: Watched) -> None:
    page = desktop.page
    page.locator("main").focus()
    page.keyboard.press("f")
    expect(page.locator("h1")).to_have_text("Films")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_an_error_is_said_in_words(desktop: Watched) -> None:
    page = desktop.page
    page.route("**/v1/videos", lambda route: route.abort())
    desktop.go("make")
    page.locator(".prompt").fill("a cat")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The server cannot be reached")).to_be_visible()
    desktop.said.clear()  # the browser tells of what we cut off
