"""Finds engines: by a name of this package or of an installed one, or by `module:factory`.

An engine of this repository is one file and one line of `ENGINES`. Another package brings engines
by entry points: `filmgate.engines` names the factory, `filmgate.cards`, under the same name, what
gives its cards. Nothing is imported before it is asked for, and the factory by its worker alone.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, cast

from filmgate import plugs
from filmgate.domain.card import Card
from filmgate.engines.base import Engine
from filmgate.errors import MissingPart, SettingsError

Options = Mapping[str, Any]
"""The table `[engines.NAME.options]` as it was written."""
Cards = Mapping[str, Mapping[str, Any]]
"""Tables of cards by model id, as in `filmgate.toml`; `engine` is filled in."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of an engine before any of it is imported.

    `factory` is the address of what makes it, called with the options if it takes an argument.
    `cards`, if there is one, is the address of a function of the options that gives its cards:
    every process calls it, so its module imports nothing heavy. `slots` is how many videos a
    worker holds at once when the settings do not say, `extra` what installs its parts. `can` is
    what a card may promise of it; an engine from elsewhere answers for itself. `able` is the
    address of a function of the options and a card that says what of it is true of that card.
    """

    factory: str
    cards: str | None = None
    slots: int = 1
    extra: str | None = None
    can: frozenset[str] | None = None
    able: str | None = None


ENGINES: dict[str, Kind] = {
    "animatic": Kind(
        "filmgate.engines.animatic:Animatic",
        can=frozenset({"remix", "edit", "extend", "characters"}),
    ),
    "diffusers": Kind(
        "filmgate.engines.diffusers.engine:make",
        cards="filmgate.engines.diffusers.models:cards_of",
        extra="diffusers",
        can=frozenset({"remix", "edit", "extend"}),
        able="filmgate.engines.diffusers.models:able",
    ),
    "relay": Kind(
        "filmgate.engines.relay.engine:make",
        cards="filmgate.engines.relay.cards:cards",
        slots=200,
        can=frozenset({"remix", "edit", "extend"}),
        able="filmgate.engines.relay.cards:able",
    ),
}


def find(name: str, kind: str) -> Kind:
    """The kind of the table `[engines.NAME]`.

    Raises:
        SettingsError: there is none; says which there are.
    """
    with _table(name):
        return _find(kind)


def settle_promises(kind: str, options: Options, card: Card, *, own: bool) -> frozenset[str]:
    """What a card may promise of its engine: what it inherited gives way, its `own` word does not.

    Raises:
        SettingsError: it says itself that it can what its engine would not do.
    """
    found, can = _find(kind), card.can
    able: frozenset[str] | None = found.can
    if found.able is not None:
        able = _load(found, found.able)(options, card)
    if able is None or can <= able:
        return can
    if own:
        promised, known = ", ".join(sorted(can - able)), ", ".join(sorted(able))
        raise SettingsError(
            f"cards.{card.id}.can: the engine {kind!r} cannot {promised}; it can {known}"
        )
    return can & able


def make(name: str, kind: str, options: Options) -> Engine:
    """The engine of the table `[engines.NAME]`, not yet open.

    Raises:
        SettingsError: it cannot be found, or an option is wrong.
        MissingPart: what it needs is not installed.
    """
    with _table(name):
        found = _find(kind)
        factory = _load(found, found.factory)
        made = factory(options) if _wants_options(factory, options) else factory()
        return cast("Engine", made)


def cards(name: str, kind: str, options: Options) -> dict[str, dict[str, Any]]:
    """The cards that the engine of the table `[engines.NAME]` brings along.

    Raises:
        SettingsError: they cannot be found, or an option is wrong.
        MissingPart: what they need is not installed.
    """
    with _table(name):
        found = _find(kind)
        if found.cards is None:
            return {}
        brought: Cards = _load(found, found.cards)(options)
        return {model: {"engine": name, **table} for model, table in brought.items()}


@contextmanager
def _table(name: str) -> Iterator[None]:
    """Say of which table a wrong setting is."""
    try:
        yield
    except SettingsError as error:
        lines = error.message.splitlines()
        raise SettingsError("\n".join(f"engines.{name}.{line}" for line in lines)) from error


def _find(kind: str) -> Kind:
    if ":" in kind:
        return Kind(kind)
    if kind in ENGINES:
        return ENGINES[kind]
    factories = _addresses("filmgate.engines")
    if kind not in factories:
        known = ", ".join(sorted({*ENGINES, *factories}))
        raise SettingsError(f"kind is '{kind}': must be one of {known}, or module:factory")
    return Kind(factories[kind], _addresses("filmgate.cards").get(kind))


def _addresses(group: str) -> dict[str, str]:
    return {found.name: found.value for found in entry_points(group=group)}


def _load(kind: Kind, address: str) -> Callable[..., Any]:
    try:
        return cast("Callable[..., Any]", plugs.load(address))
    except (ImportError, AttributeError) as error:
        if kind.extra is None:
            raise SettingsError(f"kind is '{address}': {error}") from error
        advice = f"in the clone, pip install '.[{kind.extra}]'"
        raise MissingPart(f"{error}: it needs the extra '{kind.extra}': {advice}") from error


def _wants_options(factory: Callable[..., Any], options: Options) -> bool:
    takes = bool(inspect.signature(factory).parameters)
    if options and not takes:
        raise SettingsError(f"options.{next(iter(options))} is not a setting: it takes none")
    return takes
