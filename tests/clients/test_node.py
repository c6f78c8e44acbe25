"""The JavaScript of the documentation, run as it stands."""

import os
import subprocess
from pathlib import Path

import av
import pytest
from tests.clients.javascript import program
from tests.docs.markdown import Block, tagged

from filmgate.testing.served import Served

pytestmark = pytest.mark.process


@pytest.mark.parametrize("block", tagged("js"), ids=str)
def test_the_example_makes_a_film(block: Block, sdk: Path, served: Served, tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "openai").symlink_to(sdk)
    (tmp_path / "example.mjs").write_text(block.text, "utf-8")
    keys = {"OPENAI_BASE_URL": f"{served.url}/v1", "OPENAI_API_KEY": served.key}
    command = [program("node"), "--preserve-symlinks", "example.mjs"]
    subprocess.run(command, cwd=tmp_path, env=os.environ | keys, check=True, timeout=120)
    with av.open(tmp_path / "film.mp4") as film:
        assert film.streams.video[0].frames > 0
