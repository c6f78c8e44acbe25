"""Every client does here what it did elsewhere; what each did is `docs/clients.json`.

`UPDATE_CLIENTS=1` writes that file from the run. The page in the reference is made of it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.clients.javascript import installed_modules, program
from tests.clients.matrix.judge import did
from tests.clients.matrix.table import CLIENTS, Client
from tests.contract.bodies import picture
from tests.sdk.releases import installed_package

from filmgate.testing.served import Served

pytestmark = pytest.mark.process

PROGRAMS = Path(__file__).parent / "matrix"
TOLD = Path(__file__).parents[2] / "docs" / "clients.json"


@pytest.fixture(scope="module")
def first_frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("picture") / "first.png"
    file.write_bytes(picture())
    return file


def command(client: Client, home: Path, folder: Path) -> tuple[list[str], dict[str, str]]:
    """How a client's program is run, and what it finds in its environment."""
    file = str(PROGRAMS / client.program)
    if client.runs == "python":
        found = [str(installed_package(one, home)) for one in client.packages]
        return [sys.executable, file, client.argument], {"PYTHONPATH": os.pathsep.join(found)}
    if client.runs == "sh":
        return [program("sh"), file], {}
    if client.packages:
        (folder / "node_modules").symlink_to(installed_modules(client.packages, home))
    (folder / client.program).write_bytes(Path(file).read_bytes())
    return [program("node"), str(folder / client.program), client.argument], {}


def run(client: Client, served: Served, first_frame: Path, home: Path, folder: Path) -> Any:
    """What a client's program saw."""
    argv, packages = command(client, home, folder)
    given = {"BASE": served.url, "KEY": served.key, "PICTURE": str(first_frame)}
    given |= {"REPLICATE_BASE_URL": f"{served.url}/replicate"}
    given |= {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}  # or it asks another host
    done = subprocess.run(
        [one for one in argv if one],
        env=os.environ | given | packages,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("client", CLIENTS, ids=str)
def test_a_client_does_what_the_page_says(
    client: Client,
    served: Served,
    first_frame: Path,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    home = Path(request.config.cache.mkdir("releases"))
    seen = run(client, served, first_frame, home, tmp_path)
    if client.program.startswith("document"):
        served.client.delete(f"/v1/videos/{seen['id']}")
        seen = {"create": seen["id"]}
    row = {"client": client.name, "version": client.version, "did": list(did(served, seen))}
    row |= {"sends": seen["sends"]} if "sends" in seen else {}
    rows = json.loads(TOLD.read_text("utf-8")) if TOLD.exists() else []
    place = next((k for k, one in enumerate(rows) if names(one) == names(row)), len(rows))
    if os.environ.get("UPDATE_CLIENTS") == "1":
        rows[place : place + 1] = [row]
        TOLD.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    assert rows[place : place + 1] == [row], "UPDATE_CLIENTS=1 writes what this run saw"


def names(row: dict[str, Any]) -> tuple[str, str]:
    return row["client"], row["version"]


def test_the_page_has_these_clients_and_no_other() -> None:
    rows = json.loads(TOLD.read_text("utf-8"))
    assert [names(row) for row in rows] == [(one.name, one.version) for one in CLIENTS]
