"""A row of the table of routes, and the table itself: flat, asked at every request."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Final, Literal

from pydantic import BaseModel

from filmgate.api.ask import Ask
from filmgate.domain.account import Scope

ANY_KEY: Final = "any key"
"""The scope of a route that every key is good for."""

Handler = Callable[[Ask], Awaitable[Any]]
"""Answers with an object of the wire, which the front writes, or with a whole response."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method at one path. Its answer is what its handler says that it returns.

    `scope` is what a key must be good for; None is open to everybody. With `link` the signature of
    a link does in place of a key. `also` are statuses beside 200 and beside those that follow from
    the rest of the row; `headers` are those that it reads beside what every route does; `media` are
    kinds of bytes that it answers beside JSON. Of a `counted` one the
    answer says how many more the account may ask for in its minute. `{name}` in the
    path is one segment, `word_{name}` one that begins so, `{name:path}` all that follow.
    """

    method: str
    path: str
    handler: Handler
    scope: Scope | Literal["any key"] | None
    summary: str
    _: KW_ONLY
    also: tuple[int, ...] = ()
    headers: tuple[str, ...] = ()
    query: type[BaseModel] | None = None
    body: type[BaseModel] | Mapping[str, Any] | None = None
    media: tuple[str, ...] = ()
    link: bool = False
    counted: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """What it answers to: HEAD wherever GET."""
        return ("GET", "HEAD") if self.method == "GET" else (self.method,)


@dataclass(slots=True)
class _Node:
    """A segment of paths: what may follow it, and what ends there.

    `begun` are holes that are filled by what begins so.
    """

    words: dict[str, "_Node"] = field(default_factory=dict)
    begun: dict[str, "_Node"] = field(default_factory=dict)
    hole: "_Node | None" = None
    rest: "_Leaf | None" = None
    leaf: "_Leaf | None" = None

    def hole_for(self, segment: str) -> "tuple[_Node | None, str]":
        """The hole that a segment fills, and with what."""
        for begin, node in self.begun.items():
            if segment.startswith(begin):
                return node, segment.removeprefix(begin)
        return self.hole if segment else None, segment

    def dig(self, segment: str) -> "tuple[_Node, str]":
        """The hole that a segment of a route is, and its name."""
        begin, _, name = segment.partition("{")
        if begin:
            return self.begun.setdefault(begin, _Node()), name[:-1]
        self.hole = self.hole or _Node()
        return self.hole, name[:-1]


@dataclass(slots=True)
class _Leaf:
    names: tuple[str, ...]
    methods: dict[str, Route] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """What the table knows of a path: its methods, and the values of its holes."""

    methods: Mapping[str, Route]
    values: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether anybody may know what is at this path."""
        return any(route.scope is None for route in self.methods.values())


class Table:
    """All routes. A word goes before a hole, and a hole with a beginning before one without.

    So no id hides a route.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self._fixed: dict[str, Match] = {}
        for route in routes:
            names: list[str] = []
            node = self._root
            *above, last = route.path.split("/")
            for segment in above if last.endswith(":path}") else (*above, last):
                if "{" in segment:
                    node, name = node.dig(segment)
                    names.append(name)
                else:
                    node = node.words.setdefault(segment, _Node())
            if last.endswith(":path}"):
                node.rest = leaf = node.rest or _Leaf((*names, last[1:-6]))
            else:
                node.leaf = leaf = node.leaf or _Leaf(tuple(names))
            if leaf.methods.keys() & set(route.methods):
                raise ValueError(f"two routes are at {route.method} {route.path}")
            leaf.methods |= dict.fromkeys(route.methods, route)
            if "{" not in route.path:
                self._fixed[route.path] = Match(leaf.methods, {})

    def find(self, path: str) -> Match | None:
        """What is at a path; None when it is no route's."""
        if path in self._fixed:
            return self._fixed[path]
        segments = path.split("/")
        node = self._root
        values: list[str] = []
        for index, segment in enumerate(segments):
            known = node.words.get(segment)
            if known is None and node.rest is not None:
                return _match(node.rest, [*values, "/".join(segments[index:])])
            if known is None:
                known, value = node.hole_for(segment)
                values.append(value)
            if known is None:
                return None
            node = known
        return _match(node.leaf, values) if node.leaf is not None else None


def _match(leaf: _Leaf, values: list[str]) -> Match:
    return Match(leaf.methods, dict(zip(leaf.names, values, strict=True)))
