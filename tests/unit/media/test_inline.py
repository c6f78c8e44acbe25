import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgate.errors import InvalidImage
from filmgate.media.inline import decode_inline


@given(st.binary(min_size=1), st.booleans(), st.booleans(), st.booleans())
def test_base64_of_every_kind_is_decoded(data: bytes, url: bool, pad: bool, data_url: bool) -> None:
    text = (base64.urlsafe_b64encode if url else base64.b64encode)(data).decode()
    text = "\n".join(text[k : k + 60] for k in range(0, len(text), 60))
    text = text if pad else text.rstrip("=")
    assert decode_inline("data:image/png;base64," + text if data_url else text) == data


@given(st.binary(min_size=1))
def test_percent_encoded_data_urls_are_decoded(data: bytes) -> None:
    assert decode_inline("data:image/png," + quote(data)) == data
    encoded_twice = quote(base64.b64encode(data), safe="")
    assert decode_inline("DATA:image/png;charset=x;BASE64," + encoded_twice) == data


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("data:image/png;base64,", "empty"),
        ("data:image/png,", "empty"),
        ("data:image/png;base64", "without a comma"),
        ("data:image/png,%zz", "not percent-encoded"),
        ("data:image/png,caf\u00e9", "not percent-encoded"),
        ("abcde", "valid base64"),
        ("ab=cd=", "valid base64"),
        ("ab!d", "valid base64"),
        ("caf\u00e9", "valid base64"),
        ("/etc/passwd.png", "valid base64"),
        ("data:image/png;base64,ab%3Dcd", "valid base64"),
    ],
)
def test_what_cannot_be_decoded_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidImage, match=words):
        decode_inline(text)


@given(st.binary(min_size=1), st.booleans())
def test_a_plus_that_became_a_space_is_a_plus_again(data: bytes, data_url: bool) -> None:
    data = b"\xff\xd8" + data + b"\xd9"  # a picture neither begins nor ends in a plus
    text = base64.b64encode(data).decode().replace("+", " ")
    assert decode_inline("data:image/png;base64," + text if data_url else text) == data


@pytest.mark.parametrize("width", [60, 64, 76, 152])
def test_lines_folded_into_one_are_not_pluses(width: int) -> None:
    data = bytes(range(256)) * 3
    text = base64.b64encode(data).decode()
    folded = " ".join(text[k : k + width] for k in range(0, len(text), width))
    assert decode_inline(folded) == data


def test_blanks_around_say_nothing() -> None:
    assert decode_inline(" \n" + base64.b64encode(b"abc").decode() + " \n") == b"abc"
