"""Chinese by `LANG`: one catalogue, that says all that is said and nothing that is not."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

import filmgate
from filmgate import wiring
from filmgate.cli import speech
from filmgate.settings import load

SOURCES = Path(filmgate.__file__).parent
CATALOGUE = speech.catalogue()
HOLE = re.compile(r"\{\w*\}")
SAYS = {"say", "_say", "tell", "_tell", "good", "bad", "mind", "spoken"}
RAISES = re.compile(
    r"(?!Assertion)\w*(Error|Unavailable|MissingPart|NotWritten|RequestRefused|InvalidKey"
    r"|InvalidImage|GenerationFailed|StorageFull|InvalidParameter)"
)
READ = [
    *(SOURCES / "cli").glob("*.py"),
    *(SOURCES / "checks").glob("*.py"),
    *(SOURCES / f"{name}.py" for name in ("copies", "databases", "outward", "relays", "variables")),
    *(SOURCES / "processes" / f"{name}.py" for name in ("grounds", "supervisor")),
]
"""Where a command's own sentences are written."""


def written(node: ast.expr) -> Iterator[str]:
    """The sentences of an argument, with a bare hole for each value."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}"
                for part in values
                if isinstance(part, ast.Constant | ast.FormattedValue)
            )
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from (a + b for a in written(left) for b in written(right))
        case ast.IfExp(body=body, orelse=other):
            yield from [*written(body), *written(other)]


def said(file: Path) -> Iterator[tuple[str, str]]:
    """Every sentence that a file says to a person, and where."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            for text in (t for one in call.args for t in written(one)):
                if (name in SAYS or RAISES.fullmatch(name)) and " " in HOLE.sub("", text).strip():
                    yield f"{file.name}:{call.lineno}", text


SAID = [found for file in READ for found in said(file)]
SHAPES = {HOLE.sub("{}", key) for key in CATALOGUE}
SAME = {
    "apt-get install {}", "pip install --force-reinstall skia-python", "skia {}", "chmod {} {}",
}  # fmt: skip
"""They are typed, or are names."""


def test_there_is_something_to_be_said() -> None:
    assert len(SAID) > 100


@pytest.mark.parametrize(("place", "text"), SAID, ids=[f"{p} {t[:40]}" for p, t in SAID])
def test_what_is_said_is_in_the_catalogue(place: str, text: str) -> None:
    for line in text.splitlines():
        known = line in SHAPES | SAME or speech.translate(line.replace("{}", "x")) != line
        assert known or not re.search(r"[a-z]{3} [a-z]", line), f"{place} says: {line}"


@pytest.mark.parametrize("key", CATALOGUE)
def test_what_is_in_the_catalogue_is_said(key: str) -> None:
    """Each piece between holes is written somewhere in the sources."""
    pieces = [one.strip() for one in re.split(r"\{\w*\}|, ", key) if re.search(r"\w", one)]
    assert all(piece in ALL or piece.replace('"', '\\"') in ALL for piece in pieces), pieces


ALL = re.sub(
    r'"\n\s+f?"', "", "\n".join(f.read_text("utf-8") for f in sorted(SOURCES.rglob("*.py")))
)
"""Every source, with sentences joined that are written on several lines."""


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_have_the_same_holes(key: str) -> None:
    chinese = CATALOGUE[key]
    assert set(HOLE.findall(chinese)) >= set(HOLE.findall(key)) - {"{s}", "{them}"}
    assert set(HOLE.findall(chinese)) <= set(HOLE.findall(key))
    assert not re.search(r"[\u4e00-\u9fff][,:;?!(]|[,;?!)][\u4e00-\u9fff]", chinese)


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_language_is_that_of_the_terminal(variables: dict[str, str], wanted: bool) -> None:
    assert speech.wants_chinese(variables) is wanted


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.mark.usefixtures("chinese")
def test_errors_are_said_in_chinese(run: Run, folder: Path) -> None:
    result = run("accounts", "list")
    assert f"filmgate: {folder}/filmgate-data/filmgate.db 处没有数据库：" in result.stderr
    wanted = "filmgate: 参数无效：seconds 必须在 1 与 60 秒之间\n"
    assert run("quote", "x", "--seconds", "99").stderr == wanted
    assert "--url 是 'ftp://a'：必须是形如" in run("generate", "x", "--url", "ftp://a").stderr
    wiring.prepare_data(load())
    assert run("accounts", "show", "acct_x").stderr == "filmgate: 没有 id 为 'acct_x' 的账户\n"


@pytest.mark.usefixtures("chinese")
def test_doctor_and_status_speak_chinese(run: Run) -> None:
    told = run("doctor").stdout
    assert "✓ 数据" in told
    assert "尚未创建，首次启动时会创建" in told
    assert "no server has" not in told
    wiring.prepare_data(load())
    assert run("status").stdout.startswith("0 个排队，0 个运行，0 个工作进程，冻结 0.00 美元")


@pytest.mark.usefixtures("chinese")
def test_what_is_for_programs_is_as_it_was(run: Run) -> None:
    names = {one["name"] for one in json.loads(run("doctor", "--json").stdout)["findings"]}
    assert {"data", "port", "settings"} <= names


@pytest.mark.usefixtures("chinese")
def test_lines_to_paste_stay_lines_to_paste() -> None:
    told = speech.spoken("Filmgate is ready: http://h:1\nexport OPENAI_BASE_URL=http://h:1/v1")
    assert told == "Filmgate 已就绪：http://h:1\nexport OPENAI_BASE_URL=http://h:1/v1"
