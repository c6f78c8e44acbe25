"""The operator's commands, on a folder of their own."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Run

from filmgate import wiring
from filmgate.settings import load


def told(run: Run, *words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(autouse=True)
def _served_before() -> None:
    wiring.prepare_data(load())


def test_no_command_makes_a_database_in_the_wrong_folder(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    for words in (("accounts", "list"), ("audit",), ("keys", "list", "acct_x")):
        result = run(*words)
        assert result.exit_code == 2
        assert f"there is no database at {folder}/elsewhere/filmgate-data/filmgate.db" in (
            result.output.replace("\n", "")
        )
    assert not list((folder / "elsewhere").iterdir())
    assert run("audit", "--data", str(folder / "filmgate-data")).exit_code == 0


@pytest.fixture
def ann(run: Run) -> str:
    account: str = told(run, "accounts", "create", "ann", "--max-queued", "3")["id"]
    return account


def test_from_an_empty_folder_to_a_paying_customer(run: Run, ann: str) -> None:
    assert told(run, "credit", ann, "5.5", "--note", "invoice 1")["balance_usd"] == "5.500000"
    key = told(run, "keys", "create", ann, "--name", "laptop", "--expires", "30")
    assert key["scopes"] == ["videos:read", "videos:write", "usage:read", "keys"]
    (listed,) = told(run, "keys", "list", ann)
    assert listed["prefix"] == key["key"][:7]
    assert told(run, "keys", "revoke", key["id"])["revoked"] is True
    assert told(run, "credit", ann, "-1")["balance_usd"] == "4.500000"
    account = told(run, "accounts", "show", ann)
    assert (account["billing"], account["max_queued"]) == ("prepaid", 3)


def test_terms_change_and_the_rest_stays(run: Run, ann: str) -> None:
    changed = told(run, "accounts", "set", ann, "--postpaid", "--ceiling", "20")
    assert (changed["ceiling_usd"], changed["max_queued"]) == ("20.000000", 3)
    assert told(run, "accounts", "disable", ann)["disabled"] is True
    assert told(run, "accounts", "enable", ann)["disabled"] is False


def test_people_read_tables(run: Run, ann: str) -> None:
    assert "prepaid" in run("accounts", "list").stdout
    shown = run("keys", "create", ann, "--scope", "admin").stdout.splitlines()
    assert "good for admin" in shown[0]
    assert shown[1].startswith("fg-")
    assert "admin" in run("keys", "list", ann).stdout
    assert run("usage", ann).stdout.strip() == "day,videos,outputs,seconds,cost_usd"


def test_the_books_are_checked(run: Run, ann: str, folder: Path) -> None:
    told(run, "credit", ann, "1")
    assert run("accounts", "check").exit_code == 0
    with sqlite3.connect(folder / "filmgate-data" / "filmgate.db") as meddler:
        meddler.execute("UPDATE accounts SET balance = 7")
    meddler.close()
    result = run("accounts", "check")
    assert result.exit_code == 1
    assert "0.000007, 0.000000; its entries say 1.000000, 0.000000" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accounts", "show", "acct_x"), "No account with the id 'acct_x'"),
        (("keys", "revoke", "key_x"), "No key with the id 'key_x'"),
        (("credit", "acct_x", "0.0000001"), "at most six decimals"),
        (("credit", "acct_x", "much"), "at most six decimals"),
        (("usage", "acct_x", "--start", "soon"), "--start must be a day"),
    ],
)
def test_what_is_wrong_is_said(run: Run, words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert (result.exit_code, says in result.output) == (1, True)


def test_a_quote_needs_no_server(run: Run) -> None:
    result = run("quote", "a cat", "--seconds", "10", "-n", "2", "--size", "1920x1080")
    assert result.stdout == "2.000000 USD: 2 × 10 s of 1920x1080 by sora-1.0\n"
    assert "between 1 and 60" in run("quote", "a cat", "--seconds", "99").output


def test_a_key_is_replaced_without_a_gap(run: Run, ann: str) -> None:
    """Both are taken until the old one expires; the new one may what the old one may."""
    old = told(run, "keys", "create", ann, "--name", "laptop", "--scope", "videos:read")
    new = told(run, "keys", "rotate", old["id"], "--overlap", "2")
    assert (new["name"], new["scopes"]) == ("laptop", ["videos:read"])
    assert new["key"] != old["key"]
    by_id = {key["id"]: key for key in told(run, "keys", "list", ann)}
    assert by_id[new["id"]]["expires_at"] is None
    left = by_id[old["id"]]["expires_at"] - by_id[new["id"]]["created_at"]
    assert 7199 <= left <= 7201
    told(run, "keys", "revoke", old["id"])
    result = run("keys", "rotate", old["id"])
    assert (result.exit_code, "out of force already" in result.stderr) == (1, True)
    assert run("keys", "rotate", "key_nobodys").exit_code == 1


def test_a_key_that_is_dead_at_once_is_refused(run: Run, ann: str) -> None:
    assert run("keys", "create", ann, "--expires", "0").exit_code == 2
