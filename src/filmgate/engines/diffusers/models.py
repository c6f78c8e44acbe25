"""The models of an engine: where each is, and what is known of it before it is loaded."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filmgate.domain.card import Card
from filmgate.domain.shape import Shape
from filmgate.engines.diffusers import cards, files, folder, sources
from filmgate.engines.diffusers.families import Family, Preset, presets
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.law import Law
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.plan import Plan, plan
from filmgate.errors import SettingsError
from filmgate.validation import read_options

if TYPE_CHECKING:
    from filmgate.engines.diffusers.starts import Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that lies on this machine. `text` and `picture`: what it makes films from."""

    name: str
    options: ModelOptions
    preset: Preset | None
    layout: Layout
    family: Family
    law: Law
    longest: int
    text: bool
    picture: bool
    sound: bool

    @property
    def can(self) -> Set[str]:
        """What it can do with a film that is there: `remix`, `edit`, `extend`."""
        return cards.abilities(self.layout, self.family)

    def plan(self, shape: Shape, *, edits: bool = False) -> Plan:
        """The runs for a film of that shape; GenerationFailed if it cannot be that long.

        An edit may have any number of runs, for each has the film under it.
        """
        continues = self.picture or edits
        return plan(shape, self.family, self.law, longest=self.longest, continues=continues)

    def card_table(self) -> dict[str, Any]:
        """The table of its card, without its id and its engine."""
        table = cards.card_table(self.layout, self.family, self.preset)
        return table | {"uses": [*table["uses"], *(["loras"] if self.options.loras else [])]}

    def pipeline(self, start: "Start") -> str:
        """The class that is called, from text alone, from a picture or from a film."""
        family = self.family
        if isinstance(start, list):
            return family.edit.pipeline if family.edit else self.layout.pipeline
        return (family.picture if start else family.text) or self.layout.pipeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Why a model cannot be read; `shown` is the same without the paths of this machine."""

    why: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The models of an engine by name, and those that cannot be read."""

    models: Mapping[str, Model] = field(default_factory=dict)
    broken: Mapping[str, Broken] = field(default_factory=dict)


def find(name: str, own: ModelOptions, engine: Options) -> Model:
    """Find a model and read its folder.

    Raises:
        SettingsError: it is not on this machine, or not what we load; or an option is not for it.
    """
    return _find(name, own, read_folder(name, own, engine))


def read_folder(name: str, own: ModelOptions, engine: Options) -> Layout:
    """Find and read the folder of a model of a family that we know.

    Raises:
        SettingsError: it is not on this machine, or not what we load.
    """
    path = sources.resolve(own.source or name, own.revision, engine.hub_folder)
    layout = folder.read(path, beside=own.files)
    layout.family()
    files.refuse_absent_files(layout, own)
    return layout


def _find(name: str, own: ModelOptions, layout: Layout) -> Model:
    preset = presets().get(own.source or name)
    family = cards.family_for(layout, preset)
    refuse_unfit_options(layout, family, own)
    text, picture = cards.takes(layout, family)
    return Model(
        name=name,
        options=own,
        preset=preset,
        layout=layout,
        family=family,
        law=layout.law(family),
        longest=cards.longest_run(layout, family),
        text=text,
        picture=picture,
        sound=layout.sound or family.sound,
    )


def refuse_unfit_options(layout: Layout, family: Family, own: ModelOptions) -> None:
    """Raise SettingsError for what would do nothing here, silently or not."""
    if own.cache:
        refuse_unfit_cache(layout, family, own)
    if own.loras and not family.lora:
        raise SettingsError(f"{family.text} takes no LoRAs")
    files.refuse_unfit_files(family, own)


def refuse_unfit_cache(layout: Layout, family: Family, own: ModelOptions) -> None:
    """Raise SettingsError for a step cache that would leave nothing out, or the wrong things."""
    if own.cache not in family.caches:
        known = ", ".join(sorted(family.caches)) or "none"
        raise SettingsError(
            f"cache {own.cache!r} leaves nothing out in {family.text}; what does: {known}"
        )
    if own.cache == "magcache" and not own.mag_ratios:
        raise SettingsError("cache 'magcache' needs mag_ratios, measured of these weights")
    if own.cache in ("magcache", "fastercache") and "transformer_2" in layout.parts:
        raise SettingsError(f"cache {own.cache!r} counts steps of one expert; this model has two")


def cards_of(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The tables of the cards that the engine of an options table brings; imports no torch.

    Raises:
        SettingsError: an option is wrong.
    """
    shelf = find_all(read_options(Options, table))
    broken = {name: cards.broken_table(one.shown) for name, one in shelf.broken.items()}
    return {name: model.card_table() for name, model in shelf.models.items()} | broken


def able(table: Mapping[str, Any], card: Card) -> frozenset[str]:
    """What the weights of a card's model can do with a film that is there."""
    given = read_options(Options, table)
    try:
        return frozenset(find(card.id, given.models[card.id], given).can)
    except (KeyError, SettingsError):
        return frozenset({"remix"})


def find_all(given: Options) -> Shelf:
    """Find every model of an engine; one that cannot be read keeps no other from its work.

    Raises:
        SettingsError: an option does not suit its model.
    """
    found, broken = {}, {}
    for name, own in given.models.items():
        try:
            layout = read_folder(name, own, given)
        except SettingsError as error:
            shown = _hide_paths(error.message, name, own, given)
            broken[name] = Broken(why=error.message, shown=shown)
            continue
        try:
            found[name] = _find(name, own, layout)
        except SettingsError as error:
            raise SettingsError(f"options.models.{name}: {error.message}") from error
    return Shelf(models=found, broken=broken)


def _hide_paths(words: str, name: str, own: ModelOptions, given: Options) -> str:
    """Leave of a path what stands from the model's folder on, or below the hub's cache."""
    hub = sources.cache(given.hub_folder).resolve()
    for path in (Path(own.source or name).expanduser().resolve(), *own.files.values()):
        words = words.replace(str(path), path.name)
    return words.replace(f"{hub}/", "")
