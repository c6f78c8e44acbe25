"""The shape of `src/filmgate`. Names: `python tests/shape/measure.py src/filmgate --names`."""

from pathlib import Path

import pytest
from tests.shape.measure import Function, percent, percentile, read

TREE = read(Path(__file__).parents[2] / "src" / "filmgate")
LENGTHS = sorted(function.length for function in TREE.functions)


def listed(functions: list[Function]) -> str:
    return "\n".join(map(str, functions))


def test_functions_are_short() -> None:
    assert percentile(LENGTHS, 0.5) <= 7
    assert percentile(LENGTHS, 0.9) <= 17


def test_no_function_is_long() -> None:
    long = [one for one in TREE.functions if one.length > 60 and "migrations" not in one.file.parts]
    assert not long, listed(long)


def test_no_function_is_deep() -> None:
    deep = [function for function in TREE.functions if function.complexity > 8]
    assert not deep, listed(deep)


def test_no_file_is_long() -> None:
    long = {str(module.file): module.lines for module in TREE.modules if module.lines > 400}
    assert not long


def test_helpers_are_worth_a_jump() -> None:
    """A private function that is used once is read where it is used, unless its name helps."""
    share = percent(len(TREE.used_once), len(TREE.functions))
    shortest = sorted(TREE.used_once, key=lambda function: function.length)
    assert share <= 20, f"{share:.1f} %; the shortest first:\n{listed(shortest)}"


def test_names_say_what_is_done() -> None:
    """A lone participle says what comes out, never what is done to what."""
    share = percent(len(TREE.participles), len(TREE.functions))
    assert share <= 0.5, f"{share:.1f} %:\n{listed(TREE.participles)}"


@pytest.mark.parametrize("lazy", [False, True])
def test_no_modules_import_each_other(lazy: bool) -> None:
    assert TREE.circles(lazy=lazy) == []


def test_no_two_public_classes_have_one_name() -> None:
    assert TREE.classes_of_one_name() == {}


def test_riddles_name_nothing() -> None:
    riddles = {"here", "books", "well", "ill", "tell_all"}
    named = [one for one in TREE.functions if one.name in riddles]
    files = [module.file for module in TREE.modules if module.file.stem in riddles]
    assert not named, listed(named)
    assert not files
