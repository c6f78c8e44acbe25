"""Each row says what its handler does: mypy proves the answers, this proves the rest."""

import pytest

from filmgate.api.openapi import answers_of
from filmgate.api.routes import ROUTES
from filmgate.api.routing import Route
from filmgate.domain.account import Scope


def words_of(route: Route) -> set[str]:
    code = route.handler.__code__
    words = set(code.co_names)
    shared = {"_make": {"CreateQuery", "read_fields"}}
    return words.union(*(read for name, read in shared.items() if name in words))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.handler.__name__)
def test_the_query_and_the_body_of_a_row_are_those_that_its_handler_reads(route: Route) -> None:
    read = {word for word in words_of(route) if word.endswith("Query")}
    assert read == ({route.query.__name__} if route.query else set())
    reads_a_body = bool({"body", "read_fields", "place_order"} & words_of(route))
    assert reads_a_body == (route.body is not None)
    if isinstance(route.body, type):
        assert route.body.__name__ in words_of(route)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.handler.__name__)
def test_a_handler_says_what_it_answers(route: Route) -> None:
    assert answers_of(route) or route.media


def test_every_handler_has_one_row() -> None:
    assert len({route.handler for route in ROUTES}) == len(ROUTES)


def test_a_key_that_reads_cannot_write() -> None:
    for route in ROUTES:
        if route.method != "GET" and not route.path.startswith("/v1/callbacks/"):  # signed instead
            assert route.scope in (Scope.VIDEOS_WRITE, Scope.KEYS, Scope.ADMIN), route.path
        if route.path.startswith("/v1/admin/"):
            assert route.scope is Scope.ADMIN, route.path
