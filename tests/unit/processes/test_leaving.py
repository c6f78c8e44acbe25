"""A child says why it ends, and whether another start would help."""

import pytest

from filmgate.errors import FilmgateError, MissingPart, SettingsError, Unavailable
from filmgate.processes import leaving


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MissingPart("libEGL.so.1 is missing"), leaving.HOPELESS),
        (SettingsError("storage is wrong"), leaving.HOPELESS),
        (Unavailable("The database is away"), 1),
        (FilmgateError("it broke"), 1),
    ],
)
def test_one_line_and_a_code(
    error: FilmgateError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught, leaving.telling_why("a worker of x"):
        raise error
    assert caught.value.code == code
    assert capsys.readouterr().err == f"filmgate: a worker of x cannot run: {error.message}\n"


def test_what_is_a_bug_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError), leaving.telling_why("a worker of x"):
        raise ZeroDivisionError
