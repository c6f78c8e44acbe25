"""The compose file is one, and its settings are settings."""

import re
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml

from filmgate import settings
from filmgate.processes.children import LAST_WORDS_S

FILE = Path(__file__).parents[2] / "deploy" / "compose.yaml"
SERVICES: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))["services"]


def fill_in(text: str) -> str:
    """Text with its variables as an operator's .env gives them."""
    return re.sub(r"\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}", lambda found: found[2] or "secret77", text)


def read(text: str) -> compose_spec.PyCompose:
    """The file as the specification's own types; a word that they do not have is an error."""
    return compose_spec.PyOptions(apply_merge=True).from_yaml(fill_in(text))


def test_it_is_what_the_specification_says() -> None:
    text = FILE.read_text("utf-8")
    found = read(text)
    found.validate()
    assert sorted(found.service_names()) == sorted(SERVICES)
    with pytest.raises(ValueError, match="restrat"):
        read(text.replace("restart:", "restrat:"))


@pytest.mark.parametrize("name", ["server", "worker"])
def test_its_settings_are_settings(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(variable, fill_in(value))
    assert settings.unknown_variables() == []
    config = settings.load()
    assert config.database_url is not None
    assert config.database_url.get_secret_value().endswith("secret77@postgres/filmgate")
    assert config.storage_options["secret_access_key"].get_secret_value() == "secret77"
    assert config.engines["animatic"].workers == (0 if name == "server" else 1)


def test_a_stop_may_take_as_long_as_it_takes() -> None:
    grace_s = settings.Settings.model_fields["grace_s"].default
    for name in ("server", "worker"):
        assert float(SERVICES[name]["stop_grace_period"].removesuffix("s")) > grace_s + LAST_WORDS_S


def test_no_secret_has_a_default_and_no_door_is_open_to_strangers() -> None:
    text = FILE.read_text("utf-8")
    asked = re.findall(r"\$\{(\w+PASSWORD)([^}]*)\}", text)
    assert asked
    assert all(rest.startswith(":?") for _, rest in asked)
    doors = [door for one in SERVICES.values() for door in one.get("ports", ())]
    assert all(fill_in(door).startswith("127.0.0.1:") for door in doors if "BIND" not in door)
    assert [door for door in doors if "BIND" in door] == ["${FILMGATE_BIND:-127.0.0.1}:8000:8000"]


def test_who_is_waited_for_is_there() -> None:
    for one in SERVICES.values():
        for name, how in one.get("depends_on", {}).items():
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]
    volumes = yaml.safe_load(FILE.read_text("utf-8"))["volumes"]
    named = [v.split(":")[0] for one in SERVICES.values() for v in one.get("volumes", ())]
    assert {name for name in named if not name.startswith(".")} == set(volumes)
    assert all((FILE.parent / name).is_file() for name in named if name.startswith("."))
