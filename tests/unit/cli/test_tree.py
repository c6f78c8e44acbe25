"""What holds for every command: `--json`, one document of it, and a way to be completed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from tests.unit.cli.conftest import Run

from filmgate import wiring
from filmgate.cli.main import app
from filmgate.settings import load

GO_ON = {"serve", "worker", "top", "workers up"}
"""They run until they are stopped, and say how it goes."""
ACT_ELSEWHERE = {
    "demo": "starts a server",
    "generate": "makes a film; tests/process/test_cli_generate.py",
    "models pull": "fetches weights; tests/models",
    "models remove": "removes weights; tests/models",
    "models verify": "reads weights; tests/models",
    "upstreams cards": "asks an OpenRouter; tests/unit/engines/relay",
    "workers down": "stops a cluster's workers; tests/ray",
    **dict.fromkeys(
        (
            f"webhooks {verb}"
            for verb in ("list", "create", "delete", "rotate", "test", "deliveries")
        ),
        "asks a server; test_webhook_commands.py",
    ),
}
"""What is run with `--json` somewhere else, because it needs more than a folder."""


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command that does something, by the words that call it."""
    children = getattr(command, "commands", {})
    for name, child in children.items():
        yield from leaves(child, (*path, name))
    if path and (not children or command.invoke_without_command):
        yield " ".join(path), command


COMMANDS = dict(leaves(typer.main.get_command(app)))


def options(command: Any) -> set[str]:
    return {name for param in command.params for name in param.opts}


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - GO_ON))
def test_a_command_speaks_to_programs(name: str) -> None:
    assert "--json" in options(COMMANDS[name])


@pytest.mark.parametrize(
    "name",
    [
        *(f"accounts {verb}" for verb in ("create", "set", "list", "show", "disable", "enable")),
        *("accounts check", "keys create", "keys list", "keys rotate", "keys revoke"),
        *("credit", "usage", "audit", "status", "top", "upstreams list"),
    ],
)
def test_what_an_operator_does_is_done_over_http_too(name: str) -> None:
    assert {"--url", "--key", "--data"} <= options(COMMANDS[name])


@pytest.fixture
def ids(run: Run) -> dict[str, str]:
    """A folder that a server has had, with an account and a key."""
    wiring.prepare_data(load())

    def told(*words: str) -> str:
        found: str = json.loads(run(*words, "--json").stdout)["id"]
        return found

    account = told("accounts", "create", "ann")
    return {"account": account, "key": told("keys", "create", account)}


WORDS: dict[str, tuple[str, ...]] = {
    "accounts create": ("bob",),
    "accounts set": ("{account}", "--max-queued", "3"),
    "accounts show": ("{account}",),
    "accounts disable": ("{account}",),
    "accounts enable": ("{account}",),
    "keys create": ("{account}",),
    "keys list": ("{account}",),
    "keys rotate": ("{key}",),
    "keys revoke": ("{key}",),
    "credit": ("{account}", "5"),
    "usage": ("{account}",),
    "quote": ("a cat",),
    "backup": ("copy",),
    "restore": ("copy", "--data", "again"),
    "workers drain": ("here",),
    "workers resume": ("here",),
    "upstreams drain": ("near",),
    "upstreams resume": ("near",),
    "upstreams test": ("near",),
}
MODELS = {"sora-1.0": "x", "sora-2": "y"}
RELAY = {
    "kind": "relay",
    "options": {
        "upstreams": {"near": {"kind": "sglang", "url": "http://127.0.0.1:9/v1", "models": MODELS}}
    },
}


FAILS = {
    "upstreams test": "no answer",
    "workers drain": "must be a node, a place or a worker",
    "workers resume": "must be what is drained",
}


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - GO_ON - ACT_ELSEWHERE.keys()))
def test_what_it_writes_is_one_document(
    run: Run, ids: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or nothing, where it fails: what went wrong is said on stderr."""
    if name.startswith("upstreams"):
        monkeypatch.setenv("FILMGATE_ENGINES", json.dumps({"relay": RELAY}))
        monkeypatch.setenv("FILMGATE_CARDS", json.dumps({m: {"engine": "relay"} for m in MODELS}))
    if name == "restore":
        assert run("backup", "copy").exit_code == 0
    words = [word.format(**ids) for word in WORDS.get(name, ())]
    result = run(*name.split(), *words, "--json")
    if name in FAILS:
        assert (result.exit_code, result.stdout) == (1, "")
        assert FAILS[name] in result.stderr
        return
    assert result.exit_code in (0, 1) if name == "doctor" else result.exit_code == 0, result.output
    assert isinstance(json.loads(result.stdout), list | dict)


def test_a_shell_completes_what_is_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_FILMGATE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "filmgate acc")
    monkeypatch.setenv("COMP_CWORD", "1")
    from typer.testing import CliRunner

    result = CliRunner().invoke(app, [], prog_name="filmgate")
    assert result.stdout.split() == ["accounts"]
