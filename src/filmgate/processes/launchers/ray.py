"""Workers on a Ray cluster: a detached, named actor holds the GPUs, `filmgate worker` is its child.

Ray places and restarts actors; signals, pauses and crashes of the engine stay ours. No job travels
through Ray, and no actor holds a state that matters.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from typing import Any

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError
from ray.util.scheduling_strategies import NodeLabelSchedulingStrategy, NotIn

from filmgate.errors import Unavailable
from filmgate.processes.children import LAST_WORDS_S
from filmgate.processes.launchers.base import PlaceState, Posting, Wanted
from filmgate.processes.launchers.keeper import Keeper
from filmgate.variables import PLACE
from filmgate.wiring import House

NAMESPACE = "filmgate"
_ANSWER_S = 2.0
_MARGIN_S = 5.0


class WorkerActor:
    """The actor: keeps one `filmgate worker` alive on the node that Ray gave it."""

    def __init__(self, name: str, engine: str, environment: Mapping[str, str]) -> None:
        gpus = ray.get_runtime_context().get_accelerator_ids().get("GPU", [])
        self._told = {"engine": engine, "node": _own_node(), "gpus": ",".join(gpus)}
        own = {"FILMGATE_NODE": self._told["node"], PLACE: name}
        argv = (sys.executable, "-m", "filmgate", "worker", "--engine", engine, "--alone")
        self._keeper = Keeper(argv, {**os.environ, **environment, **own})

    def report(self) -> dict[str, Any]:
        """Where it stands, and the process that it keeps."""
        return {**self._told, "pid": self._keeper.pid, "starts": self._keeper.starts}

    def stop(self, patience_s: float) -> int | None:
        """End the worker in order; its exit code."""
        return self._keeper.stop(patience_s)


class RayLauncher:
    """Actors of one namespace. They outlive this process, and another one finds them again."""

    def __init__(self, house: House, environment: Mapping[str, str], address: str | None) -> None:
        self._patience_s = house.settings.grace_s + LAST_WORDS_S
        self._gpus = {name: one.gpus for name, one in house.settings.engines.items()}
        self._environment = _ours(environment)
        try:
            ray.init(
                address=address or "auto",
                namespace=NAMESPACE,
                log_to_driver=False,
                configure_logging=False,
                ignore_reinit_error=True,
            )
        except (RayError, ConnectionError, OSError) as error:
            raise Unavailable(f"No Ray cluster answers at {address or 'auto'}: {error}") from error

    async def places(self) -> list[Posting]:
        """Every actor of ours; one that does not answer yet waits for what it needs."""
        return await asyncio.to_thread(self._places)

    async def start(self, wanted: Wanted, avoid: frozenset[str]) -> None:
        """Ask Ray for an actor of that name; nothing happens where there is one."""
        await asyncio.to_thread(self._start, wanted, avoid)

    async def stop(self, name: str) -> None:
        """End the worker in order, then the actor, which gives its GPUs back."""
        await asyncio.to_thread(self._stop, name)

    async def close(self) -> None:
        """Leave the cluster; its actors stay."""
        await asyncio.to_thread(ray.shutdown)

    def _places(self) -> list[Posting]:
        names: list[str] = ray.util.list_named_actors()
        asked = {}
        for name in names:
            try:
                asked[ray.get_actor(name).report.remote()] = name
            except ValueError:
                continue  # it died meanwhile
        if asked:
            ray.wait(list(asked), num_returns=len(asked), timeout=_ANSWER_S)
        return [_place(name, answer) for answer, name in asked.items()]

    def _start(self, wanted: Wanted, avoid: frozenset[str]) -> None:
        shunned = [node["NodeID"] for node in ray.nodes() if _name_of(node) in avoid]
        elsewhere = {"ray.io/node-id": NotIn(*shunned)} if shunned else {}
        ray.remote(WorkerActor).options(
            name=wanted.name,
            lifetime="detached",
            get_if_exists=True,
            num_cpus=0,
            num_gpus=wanted.gpus,
            max_restarts=-1,
            max_concurrency=4,
            scheduling_strategy=NodeLabelSchedulingStrategy(elsewhere) if shunned else "DEFAULT",
        ).remote(wanted.name, wanted.engine, self._environment)

    def _stop(self, name: str) -> None:
        try:
            actor = ray.get_actor(name)
            if _place(name, actor.report.remote(), _ANSWER_S).phase is PlaceState.RUNNING:
                within_s = self._patience_s + _MARGIN_S
                ray.get(actor.stop.remote(self._patience_s), timeout=within_s)
            ray.kill(actor, no_restart=True)
        except (ValueError, RayActorError, GetTimeoutError):
            return  # gone already, or about to be: the next look says which


def _place(name: str, answer: Any, within_s: float = 0) -> Posting:
    engine = name.rpartition("-")[0]
    try:
        told = ray.get(answer, timeout=within_s)
    except (RayActorError, GetTimeoutError):
        told = None
    if told is None:
        return Posting(name=name, engine=engine, phase=PlaceState.WAITING)
    node, gpus = told["node"], told["gpus"]
    return Posting(name=name, engine=engine, phase=PlaceState.RUNNING, node=node, gpus=gpus)


def _ours(environment: Mapping[str, str]) -> dict[str, str]:
    """What the workers are to know: our own variables, and what their store reads."""
    kept = ("FILMGATE_", "AWS_", "GOOGLE_", "AZURE_", "HF_")
    return {name: value for name, value in environment.items() if name.startswith(kept)}


def _own_node() -> str:
    own = ray.get_runtime_context().get_node_id()
    return next(_name_of(node) for node in ray.nodes() if node["NodeID"] == own)


def _name_of(node: Mapping[str, Any]) -> str:
    """A node's name if it was given one, else that of its host."""
    named = node.get("NodeName") or node["NodeManagerAddress"]
    return str(node["NodeManagerHostname"] if named == node["NodeManagerAddress"] else named)


def make(house: House, environment: Mapping[str, str], address: str | None) -> RayLauncher:
    """A launcher on the cluster at `address`, or on that of this machine.

    Raises:
        Unavailable: no cluster answers there.
    """
    return RayLauncher(house, environment, address)
