import resource
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmgate.media.percent import MAX_BROKEN, is_whole, unquote, unquote_form

WORDS = st.sampled_from([b"%41", b"%0a", b"%3D", b"%25", b"=", b"%", b"%z", b" ", b"\r\n", b"a"])


@given(st.lists(WORDS | st.binary(max_size=3), max_size=30).map(b"".join))
def test_it_reads_what_the_standard_library_reads(text: bytes) -> None:
    assert unquote(text) == unquote_to_bytes(text)
    assert unquote_form(b"+" + text, 1, 1 + len(text)) == unquote_to_bytes(text.replace(b"+", b" "))


@pytest.mark.parametrize("shift", range(4))
def test_no_escape_is_cut_in_two(shift: int) -> None:
    text = b"x" * shift + b"%41" * 700_000
    assert unquote(text) == b"x" * shift + b"A" * 700_000


@pytest.mark.parametrize(
    ("text", "whole"),
    [(b"", True), (b"a%41", True), (b"%", False), (b"%4", False), (b"%zz", False)],
)
def test_a_percent_sign_alone_is_no_escape(text: bytes, whole: bool) -> None:
    assert is_whole(text) is whole


def test_broken_escapes_among_very_many_are_refused() -> None:
    with pytest.raises(ValueError, match="broken"):
        unquote(b"%41" * (MAX_BROKEN + 1) + b"%")


def test_memory_grows_with_the_text_and_not_with_the_escapes() -> None:
    text = b"%41" * 4_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unquote(text)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    assert grown < 4 * len(text)
