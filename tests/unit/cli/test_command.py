"""The command as typed: options, settings, exit codes, and what it loads."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Run

from filmgate import __version__
from filmgate.cli import serve as serving
from filmgate.settings import Settings

HEAVY = ("httpx2", "av", "skia", "fastapi", "sqlalchemy", "pydantic", "rich", "numpy", "PIL")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, dict[str, Any]]]:
    """What `serve` was called with, in place of serving."""
    calls: list[tuple[Settings, dict[str, Any]]] = []

    def serve(config: Settings, given: dict[str, Any], say: Any) -> None:
        calls.append((config, given))

    monkeypatch.setattr(serving, "serve", serve)
    return calls


def test_it_says_its_version(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"filmgate {__version__}\n")


def test_alone_it_shows_its_commands(run: Run) -> None:
    result = run()
    assert all(name in result.output for name in ("serve", "demo", "models", "doctor"))


def test_the_command_line_wins_over_environment_over_file_over_default(
    run: Run, served: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "filmgate.toml").write_text('host = "127.0.0.2"\nport = 1001\ngrace_s = 7\n')
    monkeypatch.setenv("FILMGATE_PORT", "1002")
    monkeypatch.setenv("FILMGATE_HOST", "127.0.0.3")
    assert run("serve", "--port", "1003").exit_code == 0
    ((config, given),) = served
    assert (config.port, config.host, config.grace_s, config.lease_s) == (1003, "127.0.0.3", 7, 30)
    assert given == {"host": None, "port": 1003, "data": None}


def test_children_inherit_what_the_command_line_says() -> None:
    variables = serving.environment({"host": None, "port": 1003, "data": Path("films")})
    assert variables["FILMGATE_PORT"] == "1003"
    assert variables["FILMGATE_DATA"] == "films"
    assert "FILMGATE_HOST" not in variables


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "99999", "port is '99999': Input should be less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "log_level is 'loud': Input should be 'debug', 'info'"),
        ("ENGINES", "{bad", "engines is '{bad': must be JSON"),
        ("DEFAULT_MODEL", '{"sora":"nix"}', "default_model.sora is 'nix': must be one of sora-1.0"),
        ("CONFIG", "nix.toml", "FILMGATE_CONFIG is 'nix.toml', which is no file"),
        ("API_KEY", "ä", "api_key is secret"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"FILMGATE_{name}", value)
    result = run("serve")
    assert result.exit_code == 2
    assert f"filmgate: {says}" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("prot = 1", "prot is not a setting"),
        ("port = ", "filmgate.toml cannot be read"),
        ('[cards."my"]\nengine = "nix"\n', "cards.my."),
    ],
)
def test_a_wrong_settings_file_stops_the_start(
    run: Run, folder: Path, text: str, says: str
) -> None:
    (folder / "filmgate.toml").write_text(text)
    result = run("serve")
    assert result.exit_code == 2
    assert says in result.stderr


def test_one_default_model_may_be_set_without_the_other(
    run: Run, served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGATE_DEFAULT_MODEL", '{"openai":"animatic"}')
    assert run("serve").exit_code == 0
    assert served[0][0].default_model == {"openai": "animatic"}


def test_a_wrong_option_is_a_usage_error(run: Run) -> None:
    assert run("serve", "--port", "x").exit_code == 2
    assert run("generate", "a cat", "--fps", "x").exit_code == 2


def test_lines_to_paste_quote_their_paths(folder: Path) -> None:
    config = Settings(data=folder / "my films")
    config.data.mkdir()
    (config.data / "api-key").touch()
    assert f"""export OPENAI_API_KEY="$(cat '{folder}/my films/api-key')\"""" in serving.greeting(
        config, None
    )


def test_the_studio_is_linked_to_where_only_the_operator_reads(folder: Path) -> None:
    config = Settings(data=folder)
    link = "The studio, signed in: http://127.0.0.1:8000/#key=fg-1"
    assert link in serving.greeting(config, "fg-1", private=True)
    (folder / "api-key").write_text("fg-1\n")
    assert link in serving.greeting(config, None, private=True)
    assert "#key" not in serving.greeting(config, "fg-1")
    for other in ({"pages": False}, {"host": "0.0.0.0"}):
        closed = Settings(data=folder, **other)
        assert "#key" not in serving.greeting(closed, None, private=True)


def test_loading_the_command_loads_nothing_heavy() -> None:
    code = f"import sys, filmgate.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_models_are_shown_with_their_bounds(run: Run) -> None:
    result = run("models")
    assert result.exit_code == 0
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "1 to 60" in rows["sora-1.0"]
    assert "4, 8, 12, 16, 20" in rows["sora-2"]
    assert "1920x1080" in rows["sora-2-pro"]
    assert "sora-2-2025-12-08" in rows


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["x", "-o", "nowhere/x.mp4"], "nowhere/x.mp4 cannot be written: there is no folder"),
        (["x", "--image", "nix.png"], "The picture nix.png cannot be read"),
        (["x", "--url", "ftp://a"], "--url is 'ftp://a': it must be an address"),
        (["x", "--url", "http://a:b"], "--url is 'http://a:b': it must be an address"),
        (["\udcff", "--url", ""], "prompt is not valid UTF-8"),
        (["x", "--url", "http://127.0.0.1", "--key", "ä"], "--key holds characters"),
    ],
)
def test_what_generate_cannot_do_is_said_in_a_line(run: Run, words: list[str], says: str) -> None:
    result = run("generate", *words)
    assert result.exit_code == 1
    assert says in result.stderr
    assert not list(Path().iterdir())
