import pytest

from filmgate.api.ask import Ask
from filmgate.api.routing import Route, Table
from filmgate.domain.account import Scope


async def answer(ask: Ask) -> None:
    """Answers nothing: these tests look for routes alone."""


def row(method: str, path: str, scope: Scope | None = Scope.VIDEOS_READ) -> Route:
    return Route(method, path, answer, scope, "")


TABLE = Table(
    [
        row("GET", "/things"),
        row("POST", "/things"),
        row("GET", "/things/{thing_id}"),
        row("GET", "/things/{thing_id}/parts/{part_id}"),
        row("GET", "/things/box_{box_id}"),
        row("POST", "/things/sorted"),
        row("GET", "/names/{name:path}"),
        row("GET", "/open", None),
    ]
)


@pytest.mark.parametrize(
    ("path", "methods", "values"),
    [
        ("/things", {"GET", "HEAD", "POST"}, {}),
        ("/things/7", {"GET", "HEAD"}, {"thing_id": "7"}),
        ("/things/7/parts/8", {"GET", "HEAD"}, {"thing_id": "7", "part_id": "8"}),
        ("/things/sorted", {"POST"}, {}),
        ("/things/box_7", {"GET", "HEAD"}, {"box_id": "7"}),
        ("/things/bo", {"GET", "HEAD"}, {"thing_id": "bo"}),
        ("/names/a", {"GET", "HEAD"}, {"name": "a"}),
        ("/names/a/b", {"GET", "HEAD"}, {"name": "a/b"}),
    ],
)
def test_a_path_is_found_with_its_methods_and_values(
    path: str, methods: set[str], values: dict[str, str]
) -> None:
    found = TABLE.find(path)
    assert found is not None
    assert (set(found.methods), found.values) == (methods, values)


@pytest.mark.parametrize(
    "path", ["", "/", "/thing", "/things/", "/things/7/parts", "/things/7/8/9"]
)
def test_a_path_that_is_no_route_s_is_not_found(path: str) -> None:
    assert TABLE.find(path) is None


def test_a_path_is_open_only_if_its_row_says_so() -> None:
    found = {path: TABLE.find(path) for path in ("/open", "/things", "/things/7")}
    assert [path for path, match in found.items() if match and match.is_open] == ["/open"]


def test_two_rows_of_one_method_and_path_are_refused() -> None:
    with pytest.raises(ValueError, match="two routes are at GET /things"):
        Table([row("GET", "/things"), row("GET", "/things")])
