"""What must be refused: with which status, code and param, nothing stored, nothing left on disk."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.contract import bodies
from tests.contract.bodies import JSON, MULTIPART, URLENCODED, Part, as_json, form, multipart
from tests.contract.harness import OPENAI, SORA, Server

pytestmark = pytest.mark.asyncio(loop_scope="module")

INF, NAN = float("inf"), float("nan")
ANY = object()


async def refused(
    server: Server,
    body: Any,
    kind: str | None = JSON,
    *,
    status: int = 400,
    code: str = "invalid_parameter",
    param: str | object | None = ANY,
) -> dict[str, Any]:
    """Send a body that must be refused so, and leave no trace; return the error."""
    headers = {"content-type": kind} if kind else {}
    with server.untouched():
        answer = await server.client.post("/v1/videos", content=body, headers=headers)
    error: dict[str, Any] = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code), answer.text
    if param is not ANY:
        assert error["param"] == param, answer.text
    if isinstance(param, str):
        assert param in error["message"] or code != "invalid_parameter"
    return error


# Bodies that cannot be read

EMPTY = "missing_required_parameter"
BROKEN: dict[str, tuple[bytes, str | None, int, str]] = {
    "empty-json": (b"", JSON, 400, EMPTY),
    "empty-multipart": (b"", MULTIPART, 400, EMPTY),
    "empty-urlencoded": (b"", URLENCODED, 400, EMPTY),
    "empty-without-a-type": (b"", None, 400, EMPTY),
    "blanks": (b" \r\n ", JSON, 400, EMPTY),
    "empty-object": (b"{}", JSON, 400, EMPTY),
    "no-parts": (multipart(), MULTIPART, 400, EMPTY),
    "half-json": (as_json(SORA)[:-5], JSON, 400, "invalid_json"),
    "more-than-json": (as_json(SORA) + b"}", JSON, 400, "invalid_json"),
    "two-objects": (as_json(SORA) * 2, JSON, 400, "invalid_json"),
    "single-quotes": (b"{'prompt': 'x'}", JSON, 400, "invalid_json"),
    "comma-at-the-end": (b'{"prompt": "x",}', JSON, 400, "invalid_json"),
    "array": (b'["x"]', JSON, 400, "invalid_json"),
    "string": (b'"x"', JSON, 400, "invalid_json"),
    "null": (b"null", JSON, 400, "invalid_json"),
    "number": (b"7", JSON, 400, "invalid_json"),
    "not-utf-8": (b'{"prompt": "\xff\xfe"}', JSON, 400, "invalid_json"),
    "utf-16": (as_json(SORA).decode().encode("utf-16"), JSON, 400, "invalid_json"),
    "raw-nul": (b'{"prompt": "a\0b"}', JSON, 400, "invalid_json"),
    "nan": (as_json(SORA | {"duration": NAN}), JSON, 400, "invalid_json"),
    "infinity": (as_json(SORA | {"duration": INF}), JSON, 400, "invalid_json"),
    "minus-infinity": (as_json(SORA | {"duration": -INF}), JSON, 400, "invalid_json"),
    "digits-without-end": (b'{"seed": ' + b"9" * 5000 + b"}", JSON, 400, "invalid_json"),
    "nested-without-end": (b'{"a":' * 100_000, JSON, 400, "invalid_json"),
    "multipart-cut-off": (form(SORA)[:-40], MULTIPART, 400, "invalid_multipart"),
    "multipart-without-its-end": (
        multipart(Part("prompt", "x"), end=""),
        MULTIPART,
        400,
        "invalid_multipart",
    ),
    "multipart-without-a-name": (
        form(SORA).replace(b'; name="seed"', b""),
        MULTIPART,
        400,
        "invalid_multipart",
    ),
    "multipart-without-headers": (
        b"--x\r\n\r\nabc\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
        400,
        "invalid_multipart",
    ),
    "multipart-of-text": (b"a cat", MULTIPART, 400, "invalid_multipart"),
    "only-dashes": (b"--", MULTIPART, 400, "invalid_multipart"),
    "dashes-and-a-break": (b"--\r\n", MULTIPART, 400, "invalid_multipart"),
    "too-many-parts": (
        form({f"p{i}": i for i in range(1001)}),
        MULTIPART,
        400,
        "invalid_multipart",
    ),
    "too-many-fields": (b"&".join([b"a=1"] * 1001), URLENCODED, 400, "invalid_parameter"),
    "urlencoded-not-utf-8": (b"prompt=%ff%fe", URLENCODED, 400, "invalid_parameter"),
    "plain-text": (b"a cat", "text/plain", 415, "unsupported_media_type"),
    "text-without-a-type": (b"a cat", None, 415, "unsupported_media_type"),
    "xml": (b"<prompt>x</prompt>", "application/xml", 415, "unsupported_media_type"),
    "bare-picture": (bodies.picture(), "image/png", 415, "unsupported_media_type"),
}


@pytest.mark.parametrize(("body", "kind", "status", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_body_that_cannot_be_read(
    steady: Server, body: bytes, kind: str, status: int, code: str
) -> None:
    await refused(steady, body, kind, status=status, code=code)


# Fields of the wrong kind or out of bounds: {name: (changed fields, param)}

FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "duration-zero": ({"duration": 0}, "duration"),
    "duration-negative": ({"duration": -5}, "duration"),
    "duration-too-short": ({"duration": 0.999}, "duration"),
    "duration-too-long": ({"duration": 60.001}, "duration"),
    "duration-huge": ({"duration": 10**300}, "duration"),
    "duration-tiny": ({"duration": 1e-300}, "duration"),
    "duration-text": ({"duration": "ten"}, "duration"),
    "duration-nan-text": ({"duration": "NaN"}, "duration"),
    "duration-infinite-text": ({"duration": "Infinity"}, "duration"),
    "duration-huge-text": ({"duration": "1e999"}, "duration"),
    "duration-hex": ({"duration": "0x10"}, "duration"),
    "duration-underscore": ({"duration": "1_0"}, "duration"),
    "duration-other-digits": ({"duration": "١٠"}, "duration"),
    "duration-comma": ({"duration": "1,5"}, "duration"),
    "duration-unit": ({"duration": "10s"}, "duration"),
    "duration-true": ({"duration": True}, "duration"),
    "duration-list": ({"duration": [1]}, "duration"),
    "duration-object": ({"duration": {"s": 1}}, "duration"),
    "seconds-spelled-so": ({"duration": None, "seconds": 61}, "seconds"),
    "width-zero": ({"width": 0}, "width"),
    "width-negative": ({"width": -128}, "width"),
    "width-small": ({"width": 126}, "width"),
    "width-odd": ({"width": 129}, "width"),
    "height-odd": ({"height": 131}, "height"),
    "width-large": ({"width": 1922}, "width"),
    "width-huge": ({"width": 10**30}, "width"),
    "width-half": ({"width": 128.5}, "width"),
    "width-text": ({"width": "wide"}, "width"),
    "width-alone": ({"height": None}, "height"),
    "height-alone": ({"width": None}, "width"),
    "too-many-pixels": ({"width": 1920, "height": 1920}, "width"),
    "size-odd": ({"width": None, "height": None, "size": "129x128"}, "size"),
    "size-small": ({"width": None, "height": None, "size": "2x2"}, "size"),
    "size-zero": ({"width": None, "height": None, "size": "0x0"}, "size"),
    "size-huge": ({"width": None, "height": None, "size": "9999999x128"}, "size"),
    "size-large": ({"width": None, "height": None, "size": "1920x1920"}, "size"),
    "size-negative": ({"width": None, "height": None, "size": "-128x128"}, "size"),
    "size-one-number": ({"width": None, "height": None, "size": "720"}, "size"),
    "size-name": ({"width": None, "height": None, "size": "720p"}, "size"),
    "size-three": ({"width": None, "height": None, "size": "128x128x128"}, "size"),
    "size-other-digits": ({"width": None, "height": None, "size": "١٢٨x١٢٨"}, "size"),
    "size-number": ({"width": None, "height": None, "size": 128}, "size"),
    "size-list": ({"width": None, "height": None, "size": [128, 128]}, "size"),
    "seconds-conflict": ({"seconds": 2}, "seconds"),
    "size-conflict": ({"size": "128x130"}, "size"),
    "image-conflict": ({"image": "aaaa", "input_reference": "bbbb"}, "input_reference"),
    "fps-zero": ({"fps": 0}, "fps"),
    "fps-negative": ({"fps": -30}, "fps"),
    "fps-large": ({"fps": 61}, "fps"),
    "fps-half": ({"fps": 29.97}, "fps"),
    "fps-text": ({"fps": "fast"}, "fps"),
    "n-zero": ({"n": 0}, "n"),
    "n-negative": ({"n": -1}, "n"),
    "n-large": ({"n": 5}, "n"),
    "n-half": ({"n": 1.5}, "n"),
    "n-false": ({"n": False}, "n"),
    "seed-negative": ({"seed": -2}, "seed"),
    "seed-too-large": ({"seed": 2**32}, "seed"),
    "seed-huge": ({"seed": 10**4000}, "seed"),
    "seed-half": ({"seed": 0.5}, "seed"),
    "seed-text": ({"seed": "lucky"}, "seed"),
    "prompt-number": ({"prompt": 7}, "prompt"),
    "prompt-list": ({"prompt": ["x"]}, "prompt"),
    "prompt-object": ({"prompt": {"a": 1}}, "prompt"),
    "prompt-false": ({"prompt": False}, "prompt"),
    "prompt-33000": ({"prompt": "x" * 33_000}, "prompt"),
    "prompt-one-too-long": ({"prompt": "猫" * 32_001}, "prompt"),
    "prompt-nul": ({"prompt": "a\0b"}, "prompt"),
    "prompt-lone-surrogate": ({"prompt": "a\ud800b"}, "prompt"),
    "model-number": ({"model": 2}, "model"),
    "model-nul": ({"model": "sora\0"}, "model"),
    "model-surrogate": ({"model": "sora\udfff"}, "model"),
    "model-long": ({"model": "m" * 129}, "model"),
    "user-number": ({"user": 7}, "user"),
    "user-long": ({"user": "u" * 513}, "user"),
    "user-nul": ({"user": "\0"}, "user"),
    "user-surrogate": ({"user": "\ud800"}, "user"),
    "format-unknown": ({"response_format": "gif"}, "response_format"),
    "format-number": ({"response_format": 1}, "response_format"),
    "format-surrogate": ({"response_format": "\ud800"}, "response_format"),
    "metadata-text": ({"metadata": "noir"}, "metadata"),
    "metadata-list": ({"metadata": [1]}, "metadata"),
    "metadata-number": ({"metadata": 7}, "metadata"),
    "metadata-large": ({"metadata": {"a": "x" * 16_384}}, "metadata"),
    "metadata-nul": ({"metadata": {"a": "\0"}}, "metadata"),
    "metadata-nul-key": ({"metadata": {"\0": 1}}, "metadata"),
    "metadata-surrogate": ({"metadata": {"a": "\ud800"}}, "metadata"),
    "metadata-nan-text": ({"metadata": '{"a": NaN}'}, "metadata"),
    "metadata-infinite": ({"metadata": '{"a": 1e999}'}, "metadata"),
    "metadata-style-number": ({"metadata": {"style": 7}}, "metadata.style"),
    "negative-prompt-number": ({"negative_prompt": 7}, "negative_prompt"),
    "not-used-by-the-card": ({"guidance_scale": 7}, "guidance_scale"),
    "steps-zero": ({"num_inference_steps": 0}, "num_inference_steps"),
    "scale-huge": ({"guidance_scale": 1e9}, "guidance_scale"),
    "image-number": ({"image": 7}, "image"),
    "image-true": ({"image": True}, "image"),
    "image-two": ({"images": ["aaaa", "bbbb"]}, "images"),
}


@pytest.mark.parametrize(("change", "param"), FIELDS.values(), ids=FIELDS.keys())
async def test_a_wrong_field(steady: Server, change: dict[str, Any], param: str) -> None:
    await refused(steady, as_json(SORA | change), param=param)


async def test_a_file_that_is_not_there(steady: Server) -> None:
    body = as_json(SORA | {"image": {"file_id": "file_1"}})
    await refused(steady, body, code="invalid_image", param="image")


@pytest.mark.parametrize("write", [form, bodies.as_urlencoded], ids=["multipart", "urlencoded"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("duration", "NaN"),
        ("duration", "-1"),
        ("width", "129"),
        ("fps", "2.5"),
        ("n", "9"),
        ("seed", "-2"),
        ("prompt", "a\0b"),
        ("prompt", "x" * 33_000),
        ("metadata", "{"),
        ("response_format", "URL"),
    ],
)
async def test_a_wrong_field_of_a_form(steady: Server, write: Any, name: str, text: str) -> None:
    kind = MULTIPART if write is form else URLENCODED
    await refused(steady, write(SORA | {name: text}), kind, param=name)


NAMES: dict[str, tuple[str, str]] = {
    "letters-changed": ("widht", "width"),
    "letter-missing": ("promt", "prompt"),
    "letter-twice": ("secconds", "seconds"),
    "plural": ("durations", "duration"),
    "long": ("input_refrence", "input_reference"),
}


@pytest.mark.parametrize(("name", "nearest"), NAMES.values(), ids=NAMES.keys())
async def test_a_near_miss_is_refused_with_the_name_meant(
    steady: Server, name: str, nearest: str
) -> None:
    error = await refused(steady, as_json(SORA | {name: 1}), code="unknown_parameter", param=name)
    assert f"did you mean '{nearest}'?" in error["message"]


@pytest.mark.parametrize("name", ["webhook_url", "callback_url", "callBackUrl", "notify_hook"])
async def test_who_wants_to_be_called_back_is_told_of_webhook_endpoints(
    steady: Server, name: str
) -> None:
    error = await refused(steady, as_json(SORA | {name: "https://hooks.example"}), param=name)
    assert "/v1/webhook_endpoints" in error["message"]


@pytest.mark.parametrize("kind", [MULTIPART, URLENCODED])
async def test_an_unknown_field_of_a_form(steady: Server, kind: str) -> None:
    write = form if kind == MULTIPART else bodies.as_urlencoded
    body = write(SORA | {"widht[a]": "1"})
    await refused(steady, body, kind, code="unknown_parameter", param="widht")


@pytest.mark.parametrize("model", ["sora-9", "SORA-1.0", "sora 1.0", "../sora-1.0", "é" * 100])
async def test_an_unknown_model(steady: Server, model: str) -> None:
    body = as_json(SORA | {"model": model})
    await refused(steady, body, code="model_not_found", param="model")


@pytest.mark.parametrize("prompt", [None, ""])
async def test_no_prompt_and_no_picture(steady: Server, prompt: str | None) -> None:
    body = as_json(SORA | {"prompt": prompt})
    await refused(steady, body, code="missing_required_parameter", param="prompt")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"seconds": "5"}, "seconds"),
        ({"seconds": "4.5"}, "seconds"),
        ({"seconds": None, "duration": 7}, "duration"),
        ({"size": "128x128"}, "size"),
        ({"width": 128, "height": 128}, "width"),
        ({"model": "sora-2-pro", "size": "1920x1088"}, "size"),
    ],
)
async def test_a_set_of_the_card(steady: Server, change: dict[str, Any], param: str) -> None:
    error = await refused(steady, as_json(OPENAI | change), param=param)
    assert "must be one of" in error["message"]


DEEP: dict[str, Any] = {
    "metadata": ('{"prompt": "x", "metadata": {"a": %s}}', "metadata"),
    "images": ('{"prompt": "x", "images": %s}', "images"),
    "image-url": ('{"prompt": "x", "image": [{"image_url": {"url": %s}}]}', "image"),
    "prompt": ('{"prompt": %s}', "prompt"),
}


@pytest.mark.parametrize(("text", "param"), DEEP.values(), ids=DEEP.keys())
async def test_a_deeply_nested_value(steady: Server, text: str, param: str) -> None:
    await refused(steady, (text % ("[" * 40 + "1" + "]" * 40)).encode(), param=param)


@pytest.mark.parametrize("path", ["/v1/videos", "/v1/webhook_endpoints", "/v1/admin/accounts"])
@pytest.mark.parametrize("depth", [80, 480, 980, 100_000])
@pytest.mark.parametrize("kind", [JSON, "part", MULTIPART, URLENCODED])
async def test_depth_is_bounded_wherever_something_is_parsed(
    steady: Server, path: str, depth: int, kind: str
) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    parts = {
        JSON: f'{{"metadata":{deep},"pad":"{"x" * 300_000}"}}'.encode(),
        "part": multipart(Part("metadata", deep, kind=JSON)),
        MULTIPART: form({"metadata": deep}),
        URLENCODED: bodies.as_urlencoded({"metadata": deep}),
    }
    headers = {"content-type": MULTIPART if kind == "part" else kind}
    answer = await steady.client.post(path, content=parts[kind], headers=headers)
    assert answer.status_code in (400, 413), answer.text


async def test_deeply_nested_names(steady: Server) -> None:
    fields = SORA | {"metadata" + "[a]" * 50: "1"}
    await refused(steady, form(fields), MULTIPART, param="metadata")


@pytest.mark.parametrize("names", [("metadata", "metadata[a]"), ("metadata[a]", "metadata[a][b]")])
async def test_a_value_and_an_object_of_one_name(steady: Server, names: tuple[str, str]) -> None:
    fields = SORA | dict.fromkeys(names, "1")
    await refused(steady, form(fields), MULTIPART, param="metadata")


# Bodies that are too large


async def test_a_body_of_65_mib(steady: Server) -> None:
    body = b'{"prompt": "' + b"x" * (65 << 20) + b'"}'
    await refused(steady, body, status=413, code="request_too_large")


async def test_a_picture_of_65_mib(steady: Server) -> None:
    body = form(SORA, Part("image", bytes(65 << 20), "a.png"))
    await refused(steady, body, MULTIPART, status=413, code="request_too_large")


async def test_no_more_is_read_of_a_body_that_is_too_large(steady: Server) -> None:
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1 << 20
            yield bytes(1 << 20)
            await asyncio.sleep(0)

    await refused(steady, pieces(), status=413, code="request_too_large")
    assert sent <= 66 << 20


async def test_a_declared_length_that_is_too_large_is_believed(steady: Server) -> None:
    headers = {"content-length": str(65 << 20), "content-type": JSON}
    with steady.untouched():
        answer = await steady.client.post("/v1/videos", content=b"{", headers=headers)
    assert answer.status_code == 413


async def test_a_body_that_ends_before_it_is_whole(steady: Server) -> None:
    answered: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        answered.append(message)

    request = httpx2.Request("POST", "http://x/v1/videos", headers=steady.client.headers)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/videos",
        "raw_path": b"/v1/videos",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    with steady.untouched():
        await steady.app(scope, receive, send)
    assert answered[0]["status"] == 400


# Pictures

WHOLE = bodies.picture("JPEG", (256, 256))
PICTURES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "20000x20000-png": (bodies.huge_png(), "20000x20000"),
    "svg": (bodies.SVG, "SVG"),
    "svg-after-blanks": (b"\n <?xml version='1.0'?>" + bodies.SVG, "SVG"),
    "truncated-jpeg": (WHOLE[: len(WHOLE) // 2], "whole JPEG"),
    "truncated-png": (bodies.picture()[:-20], "whole PNG"),
    "truncated-webp": (bodies.picture("WEBP")[:-20], "whole WEBP"),
    "animated-gif": (bodies.animated_gif(), "GIF"),
    "bmp": (bodies.picture("BMP"), "BMP"),
    "tiff": (bodies.picture("TIFF"), "TIFF"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "film": (b"\0\0\0\x20ftypisom", "film"),
    "html": (b"<!doctype html>", "SVG or another text"),
    "text": (b"a cat", "unknown"),
    "noise": (random.Random(3).randbytes(1000), "unknown"),
    "jpeg-start-alone": (b"\xff\xd8\xff", "whole JPEG"),
}


@pytest.mark.parametrize(("data", "word"), PICTURES.values(), ids=PICTURES.keys())
@pytest.mark.parametrize("name", ["image", "input_reference"])
async def test_a_file_that_is_no_picture(steady: Server, name: str, data: bytes, word: str) -> None:
    body = form(SORA, Part(name, data, "a.png", "image/png"))
    error = await refused(steady, body, MULTIPART, code="invalid_image", param=name)
    assert word in error["message"]


TEXTS = {
    "not-base64": "a cat",
    "path": "/etc/passwd",
    "file-url": "file:///etc/passwd",
    "ftp-url": "ftp://example.com/a.png",
    "data-url-without-a-comma": "data:image/png;base64",
    "data-url-of-nothing": "data:image/png;base64,",
    "data-url-of-svg": "data:image/svg+xml,<svg/>",
    "nul": "\0\0\0\0",
    "surrogate": "\ud800\ud800",
    "right-to-left": "صورة",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("name", ["image", "input_reference", "image_reference", "images"])
async def test_a_text_that_is_no_picture(steady: Server, name: str, text: str) -> None:
    value = [text] if name == "images" else text
    body = as_json(SORA | {name: value})
    await refused(steady, body, code="invalid_image", param=name)


@pytest.mark.parametrize("name", ["image", "input_reference"])
async def test_a_picture_of_another_size_where_the_card_is_strict(
    steady: Server, name: str
) -> None:
    body = form(OPENAI, Part(name, bodies.picture(), "a.png"))
    error = await refused(steady, body, MULTIPART, code="invalid_image", param=name)
    assert error["message"].startswith("Input image must match the requested width and height")
