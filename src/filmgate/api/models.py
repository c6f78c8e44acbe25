"""The routes of models: OpenAI's list shape, each with its card."""

from filmgate.api.ask import Ask
from filmgate.api.dialects.choice import FIRST
from filmgate.api.reply import list_of
from filmgate.api.wire import Listing, ModelObject
from filmgate.domain.card import Card
from filmgate.domain.worker import ModelState
from filmgate.errors import ModelNotFound, NotFound

CREATED = 1_700_000_000


class ModelMissing(NotFound):
    """No card has the id of a model route."""

    code = ModelNotFound.code


async def list_models(ask: Ask) -> Listing[ModelObject]:
    """Every model with its card (lengths, sizes, rates, engine, your own price), and how it is."""
    states, percent = await ask.parts.models.states(ask.parts.catalogue), ask.caller.price_percent
    return list_of(
        [model_object(card.at_percent(percent), states[card.id]) for card in ask.parts.catalogue]
    )


async def retrieve_model(ask: Ask) -> ModelObject:
    """One model by its id or an alias."""
    try:
        card = ask.parts.catalogue.get(ask.path["model_id"])
    except ModelNotFound as error:
        raise ModelMissing(error.message) from error
    states = await ask.parts.models.states([card])
    return model_object(card.at_percent(ask.caller.price_percent), states[card.id])


def model_object(card: Card, state: ModelState) -> ModelObject:
    """OpenAI's model object, with the card beside it."""
    beside = {"id", "description", "owned_by", "engine", "trouble"}
    whole = card.model_dump(mode="json", exclude=beside)
    whole["uses"], whole["can"] = sorted(card.uses), sorted(card.can)
    whole["dialect"] = card.dialect or FIRST.name
    shown: ModelObject = {
        "id": card.id,
        "object": "model",
        "created": CREATED,
        "owned_by": card.owned_by,
        "description": card.description,
        "engine": card.engine,
        "status": state.readiness,
        "card": whole,
    }
    return shown | {"reason": state.why} if state.why else shown
