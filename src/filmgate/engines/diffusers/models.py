"""The models of an engine: where each is, and what is known of it before it is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filmgate.domain.shape import Shape
from filmgate.engines.diffusers import cards, folder, sources
from filmgate.engines.diffusers.families import Family, Preset, presets
from filmgate.engines.diffusers.folder import Layout
from filmgate.engines.diffusers.law import Law
from filmgate.engines.diffusers.options import ModelOptions, Options
from filmgate.engines.diffusers.plan import Plan, plan
from filmgate.errors import SettingsError
from filmgate.validation import read_options


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

    def plan(self, shape: Shape) -> Plan:
        """The runs for a film of that shape; GenerationFailed if it cannot be that long."""
        return plan(shape, self.family, self.law, longest=self.longest, continues=self.picture)

    def card_table(self) -> dict[str, Any]:
        """The table of its card, without its id and its engine."""
        table = cards.card_table(self.layout, self.family, self.preset)
        return table | {"uses": [*table["uses"], *(["loras"] if self.options.loras else [])]}

    def pipeline(self, *, picture: bool) -> str:
        """The class that is called, from text alone or from a picture."""
        return (self.family.picture if picture else self.family.text) or self.layout.pipeline


def find(name: str, own: ModelOptions, engine: Options) -> Model:
    """Find a model and read its folder.

    Raises:
        SettingsError: it is not on this machine, or not what we load.
    """
    source = own.source or name
    layout = folder.read(sources.resolve(source, own.revision, engine.hub_folder))
    preset = presets().get(source)
    family = cards.family_for(layout, preset)
    refuse_unfit_options(family, own)
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


def refuse_unfit_options(family: Family, own: ModelOptions) -> None:
    """Raise SettingsError for what would do nothing here, silently or not."""
    if own.cache and own.cache not in family.caches:
        known = ", ".join(sorted(family.caches)) or "none"
        raise SettingsError(
            f"cache {own.cache!r} leaves nothing out in {family.text}; what does: {known}"
        )
    if own.loras and not family.lora:
        raise SettingsError(f"{family.text} takes no LoRAs")


def cards_of(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The tables of the cards that the engine of an options table brings; imports no torch.

    Raises:
        SettingsError: an option is wrong; a model is not on this machine, or not what we load.
    """
    return {
        name: model.card_table() for name, model in find_all(read_options(Options, table)).items()
    }


def find_all(given: Options) -> Mapping[str, Model]:
    """Find every model of an engine, by name.

    Raises:
        SettingsError: one is not on this machine, or not what we load.
    """
    found = {}
    for name, model in given.models.items():
        try:
            found[name] = find(name, model, given)
        except SettingsError as error:
            raise SettingsError(f"options.models.{name}: {error.message}") from error
    return found
