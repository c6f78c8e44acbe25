"""`filmgate generate` and `filmgate demo`, as a user runs them."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.process.test_cli_serve import environment

from filmgate.media.probe import probe
from filmgate.testing.served import KEY, Served, alive, served

pytestmark = pytest.mark.process

SMALL = ("--size", "128x128", "--seconds", "1", "--fps", "5")
ZOO = '{"animatic":{"kind":"filmgate.testing.zoo:Zoo"}}'


def _as_at_a_terminal() -> None:
    """Let Ctrl-C count: a test run in the background hands down that it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Folder:
    """A folder where the command runs, and one that it takes for temporary files."""

    def __init__(self, root: Path) -> None:
        self.here, self.temporary = root / "here", root / "temporary"
        self.here.mkdir()
        self.temporary.mkdir()

    def start(self, *words: str, **settings: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "filmgate", *words],
            cwd=self.here,
            env=environment() | {"TMPDIR": str(self.temporary)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_as_at_a_terminal,
        )

    def run(self, *words: str, **settings: str) -> tuple[int, str, str]:
        """The exit code and what went to stdout and stderr; nothing temporary may stay."""
        return self.end(self.start(*words, **settings))

    def end(self, process: "subprocess.Popen[str]") -> tuple[int, str, str]:
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err
        assert not list(self.temporary.iterdir())
        return process.returncode, out, err

    def films(self) -> list[str]:
        return sorted(path.name for path in self.here.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture
def asked(server: Served) -> dict[str, str]:
    """The environment of somebody who pasted the server's lines."""
    url = f"http://127.0.0.1:{server.port}/v1"
    return {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": KEY}


def test_a_film_is_made_right_here(folder: Folder) -> None:
    code, out, err = folder.run("generate", "A cat!", *SMALL, "--seed", "7")
    assert code == 0
    film = probe(folder.here / "a-cat.mp4")
    assert (film.width, film.height, film.frames) == (128, 128, 5)
    assert film.fps == 5
    assert out.startswith(f"a-cat.mp4: 128x128, 5 fps, 5 frames, 1 s, {film.size:,} bytes, made in")
    assert out.endswith(", seed 7\n")
    assert "made 100 %" in err


def test_names_of_ours_are_fresh_and_names_given_are_overwritten(folder: Folder) -> None:
    for _ in range(2):
        assert folder.run("generate", "A cat!", *SMALL)[0] == 0
    for _ in range(2):
        assert folder.run("generate", "A cat!", *SMALL, "-n", "2", "-o", "out.mp4")[0] == 0
    assert folder.films() == ["a-cat-2.mp4", "a-cat.mp4", "out-0.mp4", "out-1.mp4"]


def test_what_cannot_be_made_here_is_said_in_a_line(folder: Folder) -> None:
    code, _, err = folder.run("generate", "A cat!", "--seconds", "99")
    assert code == 1
    assert err == "filmgate: Invalid parameter: seconds must be between 1 and 60 seconds\n"
    code, _, err = folder.run(
        "generate", "x", *SMALL, FILMGATE_ENGINES='{"animatic":{"kind":"x:y"}}'
    )
    assert (code, err) == (2, "filmgate: engines.animatic.kind is 'x:y': No module named 'x'\n")
    assert folder.films() == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_leaves_nothing_here(folder: Folder, number: int, code: int) -> None:
    words = ("generate", "zoo:slow", "--size", "128x128", "--seconds", "60")
    process = folder.start(*words, FILMGATE_ENGINES=ZOO)
    assert process.stderr is not None
    while "making" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(number)
    started = time.monotonic()
    assert folder.end(process)[0] == code
    assert time.monotonic() - started < 5
    assert folder.films() == []


def test_a_server_makes_it_over_http(folder: Folder, asked: dict[str, str]) -> None:
    code, out, _ = folder.run("generate", "A dog", *SMALL, "-n", "2", **asked)
    assert code == 0
    assert [line.split(":")[0] for line in out.splitlines()] == ["a-dog-0.mp4", "a-dog-1.mp4"]
    assert probe(folder.here / "a-dog-1.mp4").frames == 5


def test_an_empty_url_means_here(folder: Folder, asked: dict[str, str]) -> None:
    words = ("generate", "A dog", *SMALL, "--url", "", "-o", "here.mp4")
    assert folder.run(*words, **asked | {"OPENAI_API_KEY": "wrong"})[0] == 0
    assert folder.films() == ["here.mp4"]


def test_a_server_says_no_in_its_own_words(folder: Folder, asked: dict[str, str]) -> None:
    code, _, err = folder.run("generate", "x", "--size", "3x3", **asked)
    assert (code, "between 128 and 1920 pixels a side" in err) == (1, True)
    code, _, err = folder.run("generate", "x", "--key", "wrong", **asked)
    assert (code, "give --key or OPENAI_API_KEY" in err) == (1, True)
    code, _, err = folder.run("generate", "zoo:refuse", *SMALL, **asked)
    assert (code, "filmgate: The video failed: Not this prompt" in err) == (1, True)
    assert folder.films() == []


def test_an_interruption_leaves_nothing_on_the_server(
    folder: Folder, server: Served, asked: dict[str, str]
) -> None:
    before = len(server.client.get("/v1/videos").json()["data"])
    process = folder.start("generate", "zoo:slow", "--seconds", "60", **asked)
    assert process.stderr is not None
    while "making" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert folder.end(process)[0] == 130
    assert len(server.client.get("/v1/videos").json()["data"]) == before


def test_models_and_doctor_ask_the_server(folder: Folder, asked: dict[str, str]) -> None:
    code, out, _ = folder.run("models", **asked)
    assert (code, "sora-2-pro" in out) == (0, True)
    code, out, _ = folder.run("doctor", "--port", asked["OPENAI_BASE_URL"][17:-3], **asked)
    assert code == 0
    assert "a Filmgate " in out
    assert "answers, takes the key, and has 5 models" in out
    code, out, _ = folder.run("doctor", "--key", "wrong", **asked)
    assert (code, "✗ server" in out) == (1, True)


def test_the_demo_makes_the_film_of_the_source_document(folder: Folder) -> None:
    code, out, _ = folder.run("demo")
    assert code == 0
    assert out.startswith("demo.mp4: 1920x1080, 30 fps, 300 frames, 10 s, ")
    assert folder.films() == ["demo.mp4"]


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("filmgate.testing.zoo:Nix", "The server is not ready"),
        ("filmgate.testing.zoo:DiesInOpen", "The server is not ready"),
    ],
)
def test_a_demo_that_cannot_be_fails(folder: Folder, engine: str, says: str) -> None:
    kind = f'{{"animatic":{{"kind":"{engine}"}}}}'
    hurry = "from filmgate.cli import demo, main; demo._READY_S = 3; main.app(['demo'])"
    done = subprocess.run(
        [sys.executable, "-c", hurry],
        cwd=folder.here,
        env=environment() | {"TMPDIR": str(folder.temporary), "FILMGATE_ENGINES": kind},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"filmgate: {says}" in done.stderr
    assert folder.films() == []
    assert not list(folder.temporary.iterdir())


def test_a_demo_with_wrong_settings_says_what_the_server_said(folder: Folder) -> None:
    code, _, err = folder.run("demo", FILMGATE_LEASE_S="nix")
    assert code == 1
    assert "filmgate: The server ended with 2:" in err
    assert "lease_s is 'nix'" in err


def test_a_demo_that_is_interrupted_stops_its_server(folder: Folder) -> None:
    process = folder.start("demo")
    assert process.stderr is not None
    while "making" not in process.stderr.readline():
        assert process.poll() is None
    pid = process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    process.send_signal(signal.SIGINT)
    assert folder.end(process)[0] == 130
    assert len(children) == 1
    assert not any(alive(int(child)) for child in children)
    assert folder.films() == []
