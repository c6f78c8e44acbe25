"""Dashboard, alerts and scraper name only metrics that a server has, with labels that they have."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from tests.unit.telemetry.facts import everything

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = DEPLOY / "grafana/filmgate.json"
RULES = DEPLOY / "prometheus/filmgate.rules.yml"
NAME = re.compile(r"\bfilmgate_\w+")
LABELS = re.compile(r"(filmgate_\w+)\{([^}]*)\}")
LABEL = re.compile(r"(\w+)(?:=|!=|=~|!~)\"")


@pytest.fixture(scope="module")
def exposed() -> dict[str, set[str]]:
    """The labels of each series that a server which has done everything exposes."""
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(everything().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def dashboard_questions() -> list[str]:
    panels: list[dict[str, Any]] = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest.mark.parametrize(
    "question", [*dashboard_questions(), *(alert["expr"] for alert in alerts())]
)
def test_what_is_asked_is_exposed(question: str, exposed: dict[str, set[str]]) -> None:
    names = NAME.findall(question)
    assert names
    assert set(names) <= exposed.keys()
    for name, inside in LABELS.findall(question):
        assert set(LABEL.findall(inside)) <= exposed[name]
    for by in re.findall(r"(?:by|on) \(([^)]*)\)", question):
        assert set(by.split(", ")) <= set().union(*(exposed[name] for name in names))
    assert question.count("(") == question.count(")")


def test_what_is_exposed_is_watched(exposed: dict[str, set[str]]) -> None:
    """Every family but the release stands on the dashboard."""
    asked = {name for question in dashboard_questions() for name in NAME.findall(question)}
    families = {re.sub(r"_(bucket|count|sum|total|created)$", "", name) for name in exposed}
    shown = {re.sub(r"_(bucket|count|sum|total|created)$", "", name) for name in asked}
    unwatched = families - shown
    assert unwatched == {
        "filmgate_build_info",
        "filmgate_database_up",
        "filmgate_videos_created",
    }


def test_alerts_have_names_and_words_of_their_own() -> None:
    names = [alert["alert"] for alert in alerts()]
    assert len(set(names)) == len(names)
    assert all(alert["annotations"]["summary"] for alert in alerts())
    assert {alert["labels"]["severity"] for alert in alerts()} == {"page", "warn"}


def test_panels_do_not_overlap() -> None:
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len(panels) == len({panel["id"] for panel in panels})
