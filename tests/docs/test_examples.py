"""What the documentation shows is read by what will read it: every fenced block, by its tag."""

import ast
import configparser
import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.docs import shell
from tests.docs.markdown import BLOCKS, PAGES, ROOT, Block, blocks, path_in_repo, spans, tagged
from tests.unit.engines.diffusers import folders

from filmgate import settings
from filmgate.cli.serve import greeting
from filmgate.engines.diffusers import sources

TAGS = {
    *("caddy", "console", "ini", "js", "json", "mermaid"),
    *("nginx", "python", "sh", "sql", "text", "toml"),
}
FOREIGN = {
    "apt-get",
    "cat",
    "cd",
    "cp",
    "curl",
    "docker",
    "export",
    "git",
    "journalctl",
    "kubectl",
    "ls",
    "mkdir",
    "pg_dump",
    "pg_restore",
    "ray",
    "pip",
    "python",
    "rsync",
    "sqlite3",
    "systemctl",
    "touch",
    "useradd",
}
"""Commands of others in our examples; how they are called is theirs to say."""


def examples(*tags: str) -> list[Any]:
    return [pytest.param(block, id=str(block)) for block in tagged(*tags)]


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("FILMGATE_")]:
        monkeypatch.delenv(name)


def test_every_block_has_a_tag_that_is_checked() -> None:
    """Also `text`, for drawings and what programs print; no block goes without."""
    assert {block.tag for block in BLOCKS} == TAGS, [
        str(block) for block in BLOCKS if block.tag not in TAGS
    ]


@pytest.mark.parametrize("block", examples("toml"))
def test_toml_in_the_docs_is_taken(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As settings, but for what is a package's own or the animatic's (`test_recipes`).

    Every real model that is named is on this machine, as a folder of Wan 2.2's layout.
    """
    parsed = tomllib.loads(block.text)
    if "project" in parsed:
        assert parsed["project"]["entry-points"].keys() <= {
            "animatic.subjects",
            "filmgate.cards",
            "filmgate.engines",
        }
    elif "subject" not in parsed:
        file = tmp_path / "filmgate.toml"
        file.write_text(block.text, "utf-8")
        monkeypatch.setenv("FILMGATE_CONFIG", str(file))
        weights = folders.write(tmp_path / "weights", {"expand_timesteps": True})
        monkeypatch.setattr(sources, "resolve", lambda *_: weights)
        assert settings.load().model_fields_set


@pytest.mark.parametrize("block", examples("python"))
def test_python_in_the_docs_is_python(block: Block) -> None:
    ast.parse(block.text)


@pytest.mark.parametrize("block", examples("json"))
def test_json_in_the_docs_is_json(block: Block) -> None:
    json.loads(block.text)


@pytest.mark.parametrize("block", examples("js"))
def test_js_in_the_docs_is_js(block: Block, tmp_path: Path) -> None:
    """It is also run, where a browser's page is: `tests/clients`."""
    if shutil.which("node") is None and os.environ.get("CI") != "true":
        pytest.skip("no node here")
    (tmp_path / "example.mjs").write_text(block.text, "utf-8")
    subprocess.run(["node", "--check", "example.mjs"], cwd=tmp_path, check=True)


@pytest.mark.parametrize("block", examples("sh"))
def test_shell_in_the_docs_is_shell(block: Block) -> None:
    subprocess.run(["bash", "-n"], input=block.text, text=True, check=True)


@pytest.mark.parametrize("block", examples("sh"))
def test_commands_in_the_docs_are_known(block: Block) -> None:
    for words in shell.commands(block.text):
        know(words)


def know(words: list[str]) -> None:
    name, *arguments = words
    if name == ".":
        return
    match Path(name).name:
        case "filmgate":
            shell.parse(arguments)
        case "make":
            targets = re.findall(
                r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
            )
            assert set(arguments) <= set(targets), words
        case "python" | "python3.11" if arguments[0].endswith(".py"):
            script = (ROOT / arguments[0]).read_text("utf-8")
            options = [word for word in arguments if word.startswith("--")]
            assert all(f'"{option}"' in script for option in options), words
        case "python3" | "python3.11":
            assert arguments[:2] == ["-m", "venv"]
        case other:
            assert other in FOREIGN, words


@pytest.mark.parametrize("page", PAGES, ids=path_in_repo)
def test_commands_spoken_of_are_known(page: Path) -> None:
    """`filmgate …` between backticks, in any sentence."""
    for span in spans(page):
        for words in shell.commands(span) if span.startswith("filmgate ") else ():
            shell.mention(words[1:])


@pytest.mark.parametrize("page", PAGES, ids=path_in_repo)
def test_targets_and_scripts_spoken_of_are_known(page: Path) -> None:
    for span in spans(page):
        if re.fullmatch(r"(make( [a-z-]+)+|python \S+\.py\b.*)", span):
            know(span.split())


@pytest.mark.parametrize("block", examples("ini"))
def test_the_unit_starts_a_command_that_is_known(block: Block) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(block.text)
    know(unit["Service"]["ExecStart"].split())
    named_settings = re.findall(r"FILMGATE_(\w+)=", block.text)
    assert {name.lower() for name in named_settings} <= {"config", *settings.Settings.model_fields}


@pytest.mark.parametrize("block", examples("nginx", "caddy"))
def test_a_proxy_is_closed_where_it_was_opened(block: Block) -> None:
    """And passes to where a server listens. Neither program comes from a wheel."""
    bare = re.sub(r"#.*", "", block.text)
    assert bare.count("{") == bare.count("}") > 0
    assert "127.0.0.1:8000" in bare


@pytest.mark.parametrize("block", examples("mermaid"))
def test_a_drawing_is_one_that_the_page_can_draw(block: Block) -> None:
    kind, *lines = block.text.strip().splitlines()
    assert kind.split()[0] in {"flowchart", "sequenceDiagram", "stateDiagram-v2"}
    assert all(line.count("[") == line.count("]") for line in lines)


@pytest.mark.parametrize("block", examples("text"))
def test_what_is_shown_names_what_is_there(block: Block) -> None:
    """Commands after a $, modules after -m, and paths of this repository."""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            know(line[2:].split())
    for module in re.findall(r"python -m (filmgate[\w.]*)", block.text):
        assert (ROOT / "src" / f"{module.replace('.', '/')}.py").exists() or module == "filmgate"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_first_start_prints_what_the_page_shows(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    [shown] = blocks(ROOT / name, "text")
    assert shown.strip() in greeting(settings.Settings(), "fg-…")


def test_the_floors_are_those_that_are_held() -> None:
    """The drawing of the first page names each room of each floor, from the top down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [floors] = [one["layers"] for one in contracts if one.get("containers") == ["filmgate"]]
    drawn = blocks(ROOT / "docs/architecture/01-floors.md", "text")[0].split("\n\n")[0]
    for floor, line in zip(floors, drawn.splitlines(), strict=True):
        assert all(room in line.split() for room in re.split(r"\W+", floor)), line
