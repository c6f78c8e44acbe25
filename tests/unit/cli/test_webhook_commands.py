"""`filmgate webhooks` and `filmgate audit` against a real server."""

import json
import re

import pytest
from tests.unit.cli.conftest import Run

from filmgate.testing.served import Served

URL = "https://hooks.example/filmgate"


@pytest.fixture
def server(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{served.url}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", served.key)
    return served


def test_an_endpoint_is_made_shown_rotated_and_deleted(run: Run, server: Served) -> None:
    made = run("webhooks", "create", URL, "--event", "video.failed")
    assert made.exit_code == 0, made.output
    matched = re.fullmatch(r"(we_\w+)  (whsec_\S+)\n", made.stdout)
    assert matched
    endpoint, secret = matched.groups()
    assert f"{endpoint}  well  {URL}\n" in run("webhooks", "list").stdout
    listed = json.loads(run("webhooks", "list", "--json").stdout)
    (entry,) = [one for one in listed if one["id"] == endpoint]
    assert (entry["name"], entry["event_types"]) == (URL, ["video.failed"])
    rotated = run("webhooks", "rotate", endpoint).stdout
    assert rotated.startswith(f"{endpoint}  whsec_")
    assert secret not in rotated
    assert run("webhooks", "delete", endpoint).exit_code == 0
    assert endpoint not in run("webhooks", "list").stdout
    audit = run("audit", "--subject", endpoint, "--data", str(server.data))
    acts = [line.split()[3] for line in audit.stdout.splitlines()]
    assert acts == ["webhook.deleted", "webhook.rotated", "webhook.created"]


def test_a_test_says_why_and_its_delivery_is_listed(run: Run, server: Served) -> None:
    made = run("webhooks", "create", "http://localhost:9/", "--json")
    endpoint = json.loads(made.stdout)["id"]
    tested = run("webhooks", "test", endpoint)
    assert tested.exit_code == 1
    assert "loopback addresses are not allowed" in tested.output
    log = run("webhooks", "deliveries", endpoint).stdout
    assert "tested  video.completed  video_" in log
    assert "loopback addresses are not allowed" in log
    run("webhooks", "delete", endpoint)


def test_what_is_not_there_is_said_in_a_line(run: Run, server: Served) -> None:
    result = run("webhooks", "delete", "we_none")
    assert result.exit_code == 1
    assert result.stderr == "filmgate: No webhook endpoint with the id 'we_none'\n"


def test_without_a_url_the_server_of_the_settings_is_asked(
    run: Run, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMGATE_PORT", served.url.rpartition(":")[2])
    monkeypatch.setenv("FILMGATE_API_KEY", served.key)
    assert run("webhooks", "list").exit_code == 0
    monkeypatch.setenv("FILMGATE_PORT", "1")
    result = run("webhooks", "list")
    assert result.exit_code == 1
    assert "is a server running there?" in result.stderr
