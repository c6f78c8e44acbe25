import gzip
import zlib

import pytest

from filmgate.api.body import MAX_MEMBERS, parse, refuse_unknown_coding, unpack
from filmgate.errors import InvalidJson, InvalidParameter, RequestTooLarge, UnsupportedMediaType

TEXT = b'{"prompt": "a cat"}'


def test_gzip_is_read() -> None:
    assert parse(gzip.compress(TEXT), "application/json", "gzip", 1000) == {"prompt": "a cat"}


def test_several_members_are_one_body() -> None:
    halves = gzip.compress(TEXT[:5]) + gzip.compress(b"") + gzip.compress(TEXT[5:]) + bytes(100)
    assert parse(halves, "application/json", "gzip", 1000) == {"prompt": "a cat"}
    with pytest.raises(InvalidParameter, match="members"):
        unpack(gzip.compress(b"") * (MAX_MEMBERS + 1), 1000)


def test_a_bomb_stops_at_the_limit() -> None:
    with pytest.raises(RequestTooLarge):
        unpack(gzip.compress(bytes(50 << 20)), 1 << 20)


@pytest.mark.parametrize(
    "data",
    [b"", TEXT, gzip.compress(TEXT, mtime=0)[:-9], zlib.compress(TEXT)],
    ids=["nothing", "plain", "half", "deflate"],
)
def test_what_is_no_whole_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidParameter, match="gzip"):
        unpack(data, 1000)


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "x" * 300])
def test_another_coding_is_named(coding: str) -> None:
    with pytest.raises(UnsupportedMediaType, match="Content-Encoding"):
        refuse_unknown_coding(coding)


@pytest.mark.parametrize("coding", ["", "identity", " GZIP ", "x-gzip"])
def test_these_are_known(coding: str) -> None:
    refuse_unknown_coding(coding)


def test_a_json_body_is_read_in_the_charset_that_it_declares() -> None:
    body = '{"prompt": "橘猫"}'.encode("gbk")
    assert parse(body, "application/json; charset=GBK") == {"prompt": "橘猫"}
    with pytest.raises(InvalidJson):
        parse(body, "application/json")
