"""The manifests fit the schemas of Kubernetes, each other, the settings, and the view."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import kubernetes_validate
import pytest
import yaml
from tests.support import pg

from filmgate import databases, settings
from filmgate.domain.fleet import Bounds
from filmgate.processes.children import LAST_WORDS_S
from filmgate.settings import Settings
from filmgate.store import scaling
from filmgate.store.postgres import PostgresDatabase

FOLDER = Path(__file__).parents[2] / "deploy" / "kubernetes"
KEDA = "keda.sh/v1alpha1"
RELEASE = "1.33"


def manifests() -> Iterator[dict[str, Any]]:
    for file in sorted(FOLDER.glob("*.yaml")):
        if file.name != "kustomization.yaml":
            yield from yaml.safe_load_all(file.read_text("utf-8"))


ALL = list(manifests())


def only(kind: str, name: str | None = None) -> dict[str, Any]:
    [found] = [
        one for one in ALL if one["kind"] == kind and name in (None, one["metadata"]["name"])
    ]
    return found


def pods() -> list[dict[str, Any]]:
    return [one["spec"]["template"]["spec"] for one in ALL if one["kind"] == "Deployment"]


def load(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a pod: the file, and the variables of the secret."""
    monkeypatch.setenv("FILMGATE_CONFIG", str(FOLDER / "filmgate.toml"))
    for name, value in only("Secret")["stringData"].items():
        if name.startswith("FILMGATE_"):
            monkeypatch.setenv(name, value)
    assert settings.unknown_variables() == []
    return settings.load()


@pytest.mark.parametrize(
    "manifest", [one for one in ALL if one["apiVersion"] != KEDA], ids=lambda one: one["kind"]
)
def test_it_fits_the_schema(manifest: dict[str, Any]) -> None:
    kubernetes_validate.validate(manifest, RELEASE, strict=True)


def test_what_is_wrong_would_be_seen() -> None:
    wrong = {**only("Service"), "spec": {"ports": [{"prot": 80}]}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, RELEASE, strict=True)


def test_kustomize_finds_every_file() -> None:
    told = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))
    there = {file.name for file in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert {
        name.replace("secret.yaml", "secret.example.yaml") for name in told["resources"]
    } == there
    [config] = told["configMapGenerator"]
    assert all((FOLDER / name).is_file() for name in config["files"])
    mounted = {v["configMap"]["name"] for pod in pods() for v in pod["volumes"] if "configMap" in v}
    assert mounted == {config["name"]}


def test_the_pods_are_those_of_the_image() -> None:
    for pod in pods():
        [container] = pod["containers"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["args"][0] in ("serve", "worker")
        assert pod["securityContext"]["runAsUser"] == 10001
        assert {m["mountPath"] for m in container["volumeMounts"]} == {
            "/etc/filmgate", "/data", "/tmp"
        }  # fmt: skip


def test_names_lead_to_each_other() -> None:
    secret = only("Secret")
    for pod in pods():
        for variable in pod["containers"][0]["env"]:
            if asked := variable.get("valueFrom", {}).get("secretKeyRef"):
                assert asked["name"] == secret["metadata"]["name"]
                assert asked["key"] in secret["stringData"]
    labels = only("Deployment", "filmgate-server")["spec"]["template"]["metadata"]["labels"]
    for one in (only("Service"), only("PodDisruptionBudget")):
        selector = one["spec"]["selector"]
        assert selector.get("matchLabels", selector).items() <= labels.items()


def test_the_settings_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(monkeypatch)
    ports = {one["name"]: one["containerPort"] for one in pods()[0]["containers"][0]["ports"]}
    assert ports == {"http": config.port, "metrics": config.metrics_port}
    for pod in pods():
        assert pod["terminationGracePeriodSeconds"] > config.grace_s + LAST_WORDS_S
    assert config.engines["animatic"].workers == 0
    worker = only("Deployment", "filmgate-worker-animatic")["spec"]
    assert "replicas" not in worker, "KEDA says how many"
    assert worker["template"]["spec"]["containers"][0]["args"][2] in config.engines


def test_keda_scales_what_is_there_within_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of its postgresql scaler, from its source."""
    scaled, key = only("ScaledObject")["spec"], only("TriggerAuthentication")
    assert only("Deployment", scaled["scaleTargetRef"]["name"])
    table = load(monkeypatch).engines["animatic"]
    assert table.scale is not None
    assert (scaled["minReplicaCount"], scaled["maxReplicaCount"]) == (0, table.scale.most)
    [trigger] = scaled["triggers"]
    assert (trigger["type"], trigger["metricType"]) == ("postgresql", "AverageValue")
    assert trigger["metadata"].keys() == {
        "query", "targetQueryValue", "activationTargetQueryValue"
    }  # fmt: skip
    assert trigger["authenticationRef"]["name"] == key["metadata"]["name"]
    [asked] = key["spec"]["secretTargetRef"]
    assert asked["parameter"] == "connection"
    assert asked["key"] in only("Secret")["stringData"]


async def test_keda_may_read_the_figure_and_nothing_else(postgres_server: pg.Server) -> None:
    """Its query, as a role that was granted the view alone: an integer, also before any server."""
    url = await postgres_server.fresh()
    [trigger] = only("ScaledObject")["spec"]["triggers"]
    await databases.postgres().prepare(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute("CREATE ROLE keda; GRANT SELECT ON wanted_workers TO keda")
    await connection.execute("SET ROLE keda")
    assert await connection.fetchval(trigger["metadata"]["query"]) == 0
    database = PostgresDatabase(url)
    await database.write(scaling.lay_down, Bounds(engine="animatic", least=3, most=20))
    assert await connection.fetchval(trigger["metadata"]["query"]) == 3
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.fetchval("SELECT count(*) FROM videos")
    await database.close()
    await connection.execute("RESET ROLE; DROP OWNED BY keda; DROP ROLE keda")
    await connection.close()
