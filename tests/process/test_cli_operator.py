"""An operator's commands over HTTP: the same words, the same objects, with `--url` and a key."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from filmgate.cli.main import app
from filmgate.testing.served import Served

pytestmark = pytest.mark.process


@pytest.fixture
def far(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Far":
    monkeypatch.chdir(tmp_path)
    return Far(served)


class Far:
    """Somebody in an empty folder, who has an address and a key."""

    def __init__(self, served: Served) -> None:
        self._reach = ("--url", f"{served.url}/v1", "--key", served.key)

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words, *self._reach])

    def told(self, *words: str) -> Any:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


def test_from_an_account_to_its_bill(far: Far, tmp_path: Path) -> None:
    ann = far.told("accounts", "create", "ann", "--max-queued", "3", "--monthly-budget", "20")
    assert (ann["max_queued"], ann["monthly_budget_usd"]) == (3, "20.000000")
    account = ann["id"]
    assert far.told("credit", account, "5.5", "--note", "invoice 1")["balance_usd"] == "5.500000"
    changed = far.told(
        "accounts", "set", account, "--postpaid", "--ceiling", "9", "--retention", "2"
    )
    assert (changed["ceiling_usd"], changed["retention_hours"]) == ("9.000000", 2)
    assert far.told("accounts", "disable", account)["disabled"] is True
    assert far.told("accounts", "enable", account)["disabled"] is False
    assert account in [one["id"] for one in far.told("accounts", "list")]
    assert far.told("accounts", "show", account)["name"] == "ann"
    key = far.told("keys", "create", account, "--name", "laptop", "--expires", "30")
    new = far.told("keys", "rotate", key["id"], "--overlap", "2")
    assert new["name"] == "laptop"
    assert far.told("keys", "revoke", key["id"])["revoked"] is True
    assert [one["revoked"] for one in far.told("keys", "list", account)] == [True, False]
    assert far.run("usage", account).stdout == "day,videos,outputs,seconds,cost_usd\n"
    margin = far.told("usage", account, "--margin", "--by", "model")
    assert margin["total"]["margin_usd"] == "0.000000"
    assert far.told("accounts", "check") == {"ok": True, "drifts": []}
    acts = far.told("audit", "--account", account, "--limit", "3")
    assert [act["act"] for act in acts] == ["key.revoked", "key.created", "key.rotated"]
    assert {act["key_id"] is None for act in acts} == {False}, "over HTTP a key did it"
    assert far.told("upstreams", "list") == []
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accounts", "show", "acct_x"), "No account with the id 'acct_x'"),
        (("credit", "acct_x", "much"), "at most six decimals"),
        (("usage", "acct_first", "--start", "soon"), "--start must be a day"),
        (("audit", "--since", "soon"), "--since must be a day"),
    ],
)
def test_what_is_wrong_is_said(far: Far, words: tuple[str, ...], says: str) -> None:
    result = far.run(*words)
    assert (result.exit_code, says in result.stderr, result.stdout) == (1, True, "")


def test_a_variable_for_programs_leads_no_command_of_money_elsewhere(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_BASE_URL", f"{served.url}/v1")
    result = CliRunner().invoke(app, ["accounts", "list"])
    assert (result.exit_code, "there is no database at" in result.stderr) == (2, True)
