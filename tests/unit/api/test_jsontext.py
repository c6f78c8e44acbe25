import pytest

from filmgate.api.jsontext import MAX_DEPTH, MAX_VALUES, Unreadable, read_json


def test_json_is_read_from_text_and_bytes() -> None:
    assert read_json('{"a": [1]}') == read_json(b'\xef\xbb\xbf{"a": [1]}') == {"a": [1]}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" + "[]," * MAX_VALUES + "1]", "more than"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "deeper than"),
        ('{"a":' * 480 + "1" + "}" * 480, "deeper than"),
        ("[" * 90_000, "deeper than"),
        ("[NaN]", "NaN is not JSON"),
        ("{", "not valid JSON"),
        (b"\xff", "not valid JSON"),
    ],
)
def test_what_is_no_json_that_we_take_is_said(text: str | bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_json(text)


def test_depth_at_the_bound_is_taken() -> None:
    assert read_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
