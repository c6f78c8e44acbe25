"""The pages that a person sees: a landing page and the API's documentation."""

from fastapi import APIRouter

from filmgate.domain.card import Catalogue


def router(catalogue: Catalogue) -> APIRouter:
    """The pages of a server with these models."""
    return APIRouter(include_in_schema=False)
