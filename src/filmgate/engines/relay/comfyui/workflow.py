"""A workflow saved as "Export (API)", and the places in it that an order fills."""

import json
import math
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filmgate.engines.relay.upstream import Order
from filmgate.errors import SettingsError

Graph = dict[str, dict[str, Any]]
"""Nodes by id: `class_type`, `inputs`, `_meta`."""
Place = tuple[str, str]
"""A node's id, and the name of one of its inputs."""

_BY_TITLE = "title:"
NEEDED = "filename_prefix"
_PLAIN = (str, int, float, bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A graph, and where each field of an order goes.

    `film` is the node whose file is the film, None where only one can be. `native_fps` is the rate
    that the model makes, None where it makes any; `frame_step` s means that it makes s·k + 1
    frames.
    """

    graph: Graph
    places: Mapping[str, Place]
    film: str | None = None
    native_fps: int | None = None
    frame_step: int = 1

    def fill(self, order: Order, prefix: str, image: str | None) -> Graph:
        """The graph of one order. Only values are filled in, never nodes."""
        graph = deepcopy(self.graph)
        for name, value in self._values(order, prefix, image).items():
            node, entry = self.places[name]
            whole = isinstance(graph[node]["inputs"].get(entry), float) and isinstance(value, int)
            graph[node]["inputs"][entry] = float(value) if whole else value
        return graph

    def _values(self, order: Order, prefix: str, image: str | None) -> dict[str, Any]:
        shape = order.shape
        fps = self.native_fps or shape.fps
        frames = round(shape.seconds * fps)
        known = {
            **{name: value for name, value in order.extras.items() if isinstance(value, _PLAIN)},
            "prompt": order.prompt,
            "seed": order.seed,
            "width": shape.width,
            "height": shape.height,
            "fps": fps,
            "seconds": float(shape.seconds),
            "frames": 1 + self.frame_step * math.ceil((frames - 1) / self.frame_step),
            "image": image,
            NEEDED: prefix,
        }
        return {name: known[name] for name in self.places if known.get(name) is not None}

    def weights(self) -> dict[str, int]:
        """How much of the work each node is, roughly: samplers are nearly all of it."""
        sampling = {"sampler": 30}
        return {
            node: next((w for s, w in sampling.items() if s in entry["class_type"].lower()), 1)
            for node, entry in self.graph.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What an operator's table says of a workflow file: where fields go, what its model makes."""

    places: Mapping[str, str] = field(default_factory=dict)
    film: str | None = None
    native_fps: int | None = None
    frame_step: int = 1


def read_workflow(path: Path, described: Described) -> Workflow:
    """The workflow of a file.

    Raises:
        SettingsError: it is none, or a place is not in it; says which.
    """
    graph = _read_graph(path)
    places = {name: _find_place(graph, where, path) for name, where in described.places.items()}
    if NEEDED not in places:
        raise SettingsError(f"{path}: name where {NEEDED} goes, as '9.inputs.{NEEDED}'")
    return Workflow(
        graph=graph,
        places=places,
        film=_find_node(graph, described.film, path) if described.film else None,
        native_fps=described.native_fps,
        frame_step=described.frame_step,
    )


def _read_graph(path: Path) -> Graph:
    try:
        graph = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} is no workflow: {error}") from error
    if isinstance(graph, dict) and "nodes" in graph:
        raise SettingsError(f"{path} is a workflow for the editor: save it as Export (API)")
    nodes = list(graph.values()) if isinstance(graph, dict) else [None]
    whole = [isinstance(one, dict) and {"class_type", "inputs"} <= one.keys() for one in nodes]
    if not all(whole):
        raise SettingsError(f"{path} is no workflow in API format")
    found: Graph = graph
    return found


def _find_place(graph: Graph, where: str, path: Path) -> Place:
    """The place that is written as `6.inputs.text` or `title:Positive.text`."""
    node_name, _, entry = where.rpartition(".")
    node = _find_node(graph, node_name.removesuffix(".inputs"), path)
    if isinstance(graph[node]["inputs"].get(entry), list):
        raise SettingsError(f"{path}: {where} comes from another node; name that node's input")
    return node, entry


def _find_node(graph: Graph, name: str, path: Path) -> str:
    if not name.startswith(_BY_TITLE):
        if name not in graph:
            raise SettingsError(f"{path} has no node {name!r}")
        return name
    title = name.removeprefix(_BY_TITLE)
    found = [id_ for id_, node in graph.items() if node.get("_meta", {}).get("title") == title]
    if len(found) != 1:
        raise SettingsError(f"{path} has {len(found)} nodes with the title {title!r}")
    return found[0]


def missing_parts(workflow: Workflow, known: Mapping[str, Any]) -> Iterator[str]:
    """What a server lacks for a workflow: nodes of a class, files of a list.

    `known` is its `object_info` by class.
    """
    filled = set(workflow.places.values())
    for node, entry in workflow.graph.items():
        info = known.get(entry["class_type"])
        if info is None:
            yield f"the node class {entry['class_type']}"
            continue
        offered = info.get("input", {})
        specs = {**offered.get("required", {}), **offered.get("optional", {})}
        for name, value in entry["inputs"].items():
            choices = _choices(specs.get(name))
            if (node, name) not in filled and choices and value not in choices:
                yield f"{name} {value!r} of node {node}"


def _choices(spec: Any) -> list[Any]:
    """What an input may be chosen from; in old servers a list, in new ones under `options`."""
    if not isinstance(spec, list) or not spec:
        return []
    if isinstance(spec[0], list):
        return spec[0]
    options = spec[1].get("options") if len(spec) > 1 and isinstance(spec[1], dict) else None
    return options if isinstance(options, list) else []
