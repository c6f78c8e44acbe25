import asyncio
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.docs.markdown import PAGES, ROOT, blocks, named

from filmgate import settings
from filmgate.domain.shape import Shape
from filmgate.domain.states import State
from filmgate.domain.video import Request, Video
from filmgate.media.probe import prove


def examples(language: str) -> list[Any]:
    found = [(page, block) for page in PAGES for block in blocks(page, language)]
    return [pytest.param(block, id=f"{named(page)}-{i}") for i, (page, block) in enumerate(found)]


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("FILMGATE_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("text", examples("toml"))
def test_settings_in_the_docs_are_taken(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "project" in tomllib.loads(text):
        return  # of a package's own pyproject.toml
    file = tmp_path / "filmgate.toml"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("FILMGATE_CONFIG", str(file))
    assert settings.load().model_fields_set


@pytest.mark.parametrize("text", examples("python"))
def test_python_in_the_docs_is_python(text: str) -> None:
    compile(text, "example", "exec")


@pytest.mark.parametrize("text", examples("json"))
def test_json_in_the_docs_is_json(text: str) -> None:
    json.loads(text)


class Silent:
    """A report that nobody reads."""

    def progress(self, fraction: float) -> None:
        assert 0 <= fraction <= 1

    async def resume(self, token: str) -> None: ...


def test_the_engine_of_the_docs_makes_films(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    [source] = blocks(ROOT / "CONTRIBUTING.md", "python")
    exec(source, names)
    shape = Shape(width=128, height=128, fps=10, duration_ms=500)
    request = Request(model="grey", prompt="", shape=shape, seed=1, n=2)
    video = Video(
        id="video_1",
        account_id="acct_1",
        dialect="openai",
        engine="grey",
        request=request,
        state=State.RUNNING,
        progress=0,
        price=0,
        created_at=0.0,
    )
    films = asyncio.run(names["Grey"]().generate(video, tmp_path, Silent()))
    assert [prove(film, shape).frames for film in films] == [5, 5]
