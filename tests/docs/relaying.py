"""The examples of the guide to relays, each upstream in turn at a double of what it names."""

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.docs.markdown import ROOT, Block, fences
from tests.hosted import providers
from tests.unit.engines.relay.relays import a_row, make_all, relay

from filmgate import settings
from filmgate.domain.card import Card
from filmgate.media.probe import prove
from filmgate.testing.upstream.comfyui import fake_comfy, workflow
from filmgate.testing.upstream.script import open_script

GUIDE = ROOT / "docs" / "guides" / "relay.md"
WORKFLOW = "/etc/filmgate/wan.json"
SHAPE = providers.FILM
Double = Callable[[], AbstractAsyncContextManager[Any]]

DOUBLES: dict[str, Double] = {
    "sglang": open_script,
    "vllm-omni": open_script,
    "openrouter": open_script,
    "llmgateway": open_script,
    "openai": open_script,
    "litellm": open_script,
    "comfyui": fake_comfy,
    "fal": lambda: providers.provided(providers.fal),
}
HOSTED: dict[str, Double] = {
    "runway": lambda: providers.provided(providers.runway),
    "veo": lambda: providers.provided(providers.veo),
    "ark": lambda: providers.provided(providers.ark),
    "omni": lambda: providers.provided(providers.omni),
}
"""Those that need the extras."""


def blocks() -> list[Block]:
    """The examples that are a whole `filmgate.toml` with a relay."""
    return [one for one in fences(GUIDE) if one.tag == "toml" and 'kind = "relay"' in one.text]


def load(block: Block, folder: Path, patch: pytest.MonkeyPatch) -> settings.Settings:
    """The settings of an example, its workflow in a file of `folder`."""
    for name in [name for name in os.environ if name.startswith("FILMGATE_")]:
        patch.delenv(name)
    graph = folder / "wan.json"
    graph.write_text(json.dumps(workflow()))
    file = folder / "filmgate.toml"
    file.write_text(block.text.replace(WORKFLOW, str(graph)), "utf-8")
    patch.setenv("FILMGATE_CONFIG", str(file))
    return settings.load()


def upstreams(loaded: settings.Settings) -> dict[str, dict[str, Any]]:
    """The tables of an example's upstreams."""
    found: dict[str, dict[str, Any]] = loaded.engines["relay"].options["upstreams"]
    return found


async def make_films(
    table: dict[str, Any], double: Double, loaded: settings.Settings, folder: Path
) -> list[Card]:
    """Make a film of each model of one upstream, at its double; the cards that were asked for."""
    asked = []
    cards = {card.id: card for card in loaded.catalogue()}
    async with _open(table, double) as engine:
        for model in table["models"]:
            (own := folder / model).mkdir(parents=True)
            cards[model].shape(None, None, None)
            row = a_row(model=model, shape=SHAPE)
            made = await make_all(engine, own, row)
            prove(Path(made.films[0]), SHAPE)
            asked.append(cards[model])
    return asked


@asynccontextmanager
async def _open(table: dict[str, Any], double: Double) -> AsyncIterator[Any]:
    async with double() as there:
        quick = {"poll_s": 0.01, "poll_most_s": 0.02, "films_from": ["127.0.0.1"]}
        place: dict[str, Any] = {"url": there.url}
        if table["kind"] == "veo":  # a project's own credentials are none that a test has
            place |= {"key": "secret", "settings": {"audio": table["settings"]["audio"]}}
        async with relay(upstreams={"one": {**table, **quick, **place}}) as engine:
            yield engine
