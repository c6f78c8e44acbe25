"""The routes of models: OpenAI's list shape, each with its card."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from filmgate.api.answers import reply
from filmgate.api.docs import answers
from filmgate.api.parts import Parts, caller
from filmgate.api.schemas import Model, ModelList
from filmgate.domain.card import Card
from filmgate.errors import ModelNotFound, NotFound

_CREATED = 1_700_000_000


class ModelMissing(NotFound):
    """No card has the id of a model route."""

    code = ModelNotFound.code


def router(parts: Parts) -> APIRouter:
    """The routes, on these parts."""
    api = APIRouter(prefix="/v1/models", tags=["models"])

    @api.get(
        "",
        operation_id="list_models",
        response_model=None,
        responses=answers(ModelList),
        summary="List the models",
    )
    async def list_models(request: Request) -> Response:
        """Every model with its card: lengths, sizes, rates, price, engine."""
        caller(request)
        return reply({"object": "list", "data": [model_object(card) for card in parts.catalogue]})

    @api.get(
        "/{model_id:path}",
        operation_id="retrieve_model",
        response_model=None,
        responses=answers(Model, 404),
        summary="See one model",
    )
    async def retrieve_model(request: Request, model_id: str) -> Response:
        """One model by its id or an alias."""
        caller(request)
        try:
            return reply(model_object(parts.catalogue.get(model_id)))
        except ModelNotFound as error:
            raise ModelMissing(error.message) from error

    return api


def model_object(card: Card) -> dict[str, Any]:
    """OpenAI's model object, with the card beside it."""
    whole = card.model_dump(mode="json", exclude={"id", "description", "owned_by", "engine"})
    whole["uses"] = sorted(card.uses)
    return {
        "id": card.id,
        "object": "model",
        "created": _CREATED,
        "owned_by": card.owned_by,
        "description": card.description,
        "engine": card.engine,
        "card": whole,
    }
