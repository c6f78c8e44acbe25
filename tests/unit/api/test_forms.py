import base64
from typing import Any

import pytest
from tests.contract.bodies import BOUNDARY

from filmgate.api.forms import (
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    Upload,
    is_said,
    read_multipart,
    read_urlencoded,
)
from filmgate.errors import InvalidMultipart, InvalidParameter


def multipart(*parts: tuple[str, bytes]) -> Any:
    line = f"--{BOUNDARY}\r\n".encode()
    written = [line + head.encode() + b"\r\n\r\n" + data + b"\r\n" for head, data in parts]
    return read_multipart(b"".join(written) + f"--{BOUNDARY}--\r\n".encode(), BOUNDARY.encode())


def part(name: str, *headers: str) -> str:
    return "\r\n".join([f'Content-Disposition: form-data; name="{name}"', *headers])


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("UTF-8", "utf-8"), ("utf8", "utf-8")],
)
def test_a_part_is_read_in_its_charset(charset: str, codec: str) -> None:
    head = part("prompt", f"Content-Type: text/plain; charset={charset}")
    assert multipart((head, "café".encode(codec))) == {"prompt": "café"}


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "big5", "shift_jis", "utf-16"])
def test_so_are_the_charsets_of_the_east(codec: str) -> None:
    head = part("prompt", f"Content-Type: text/plain; charset={codec}")
    assert multipart((head, "日月".encode(codec))) == {"prompt": "日月"}


@pytest.mark.parametrize(
    "charset", ["klingon", "hex", "zlib", "rot13", "idna", "punycode", "x" * 99]
)
def test_a_charset_that_is_none_is_named(charset: str) -> None:
    head = part("prompt", f"Content-Type: text/plain; charset={charset}")
    with pytest.raises(InvalidParameter, match="charset"):
        multipart((head, b"abc"))


def test_text_that_is_not_in_its_charset_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="not valid GBK"):
        multipart((part("prompt", "Content-Type: text/plain; charset=GBK"), b"\xff\xff"))


def test_transfer_encodings_of_old_clients_are_read() -> None:
    coded = base64.encodebytes(b"\xff\xd8\xff")
    head = part("image", "Content-Type: image/jpeg", "Content-Transfer-Encoding: base64")
    assert multipart((head, coded)) == {"image": Upload(b"\xff\xd8\xff", named=False)}
    plain = part("prompt", "Content-Transfer-Encoding: 8bit")
    assert multipart((plain, "猫".encode())) == {"prompt": "猫"}
    quoted = part("prompt", "Content-Transfer-Encoding: quoted-printable")
    assert multipart((quoted, b"caf=C3=A9")) == {"prompt": "café"}
    with pytest.raises(InvalidParameter, match="transfer encoding"):
        multipart((part("prompt", "Content-Transfer-Encoding: x-uuencode"), b"a"))


@pytest.mark.parametrize(
    "headers",
    [
        [f"X-{number}: 1" for number in range(MAX_HEADERS + 1)],
        ["X-Long: " + "x" * (MAX_HEADER_BYTES + 1)],
    ],
)
def test_the_headers_of_a_part_are_bounded(headers: list[str]) -> None:
    with pytest.raises(InvalidMultipart):
        multipart((part("prompt", *headers), b"a"))


@pytest.mark.parametrize("value", [None, "", " \n", [], {}, Upload(b"", named=False)])
def test_what_is_empty_says_nothing(value: Any) -> None:
    assert not is_said(value)


@pytest.mark.parametrize(
    "value", [0, False, " x", [0], {"a": None}, Upload(b""), Upload(b"a", False)]
)
def test_all_else_says_something(value: Any) -> None:
    assert is_said(value)


def test_a_urlencoded_form_is_read_as_browsers_write_it() -> None:
    body = b"prompt=a+cat%2C+100%25&metadata[a]=1&images[]=x&empty=&&size=1280%D7720"
    assert read_urlencoded(body, "latin-1") == {
        "prompt": "a cat, 100%",
        "metadata": {"a": "1"},
        "images": ["x"],
        "empty": "",
        "size": "1280×720",
    }
    assert read_urlencoded(b"prompt=50% off", None) == {"prompt": "50% off"}
