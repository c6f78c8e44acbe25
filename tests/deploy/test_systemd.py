"""The units are ones that systemd takes, and those of the guide."""

import configparser
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, blocks

from filmgate.processes.children import LAST_WORDS_S
from filmgate.settings import Settings

UNITS = sorted((ROOT / "deploy").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_it(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        assert os.environ.get("CI") != "true"
        pytest.skip("systemd is not installed")
    here = tmp_path / unit.name  # with a command that this machine has
    text = unit.read_text("utf-8").replace("/opt/filmgate/bin/filmgate", "/bin/true")
    here.write_text(text, "utf-8")
    command = [analyze, "verify", "--man=no", str(here)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_stop_may_take_as_long_as_it_takes(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False)
    read.read(unit, "utf-8")
    grace_s = Settings.model_fields["grace_s"].default
    assert read.getint("Service", "TimeoutStopSec") > grace_s + LAST_WORDS_S
    assert read.get("Service", "KillMode") == "mixed"


def test_the_guide_shows_the_unit() -> None:
    [shown] = [t for t in blocks(ROOT / "docs/guides/service.md", "ini") if "[Unit]" in t]
    assert shown.strip() == (ROOT / "deploy/filmgate.service").read_text("utf-8").strip()
