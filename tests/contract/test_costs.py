"""What one request may cost the others, and what it may not bring in."""

import base64
import io
import json

import pytest
from PIL import Image
from tests.contract.harness import Server

from filmgate.api import body
from filmgate.errors import InvalidJson, InvalidParameter

SMALL = {"model": "sora-1.0", "prompt": "x", "duration": 1, "size": "128x128", "fps": 1}


def test_a_body_of_too_many_values_is_refused_unread() -> None:
    many = b'{"prompt":[' + b",".join([b"[]"] * 60_000) + b"]}"
    with pytest.raises(InvalidJson, match="more than"):
        body.parse(many, "application/json")


@pytest.mark.parametrize("form", ["prompt=a&prompt=b", "image=x&image=y"])
def test_a_field_given_twice_is_refused(form: str) -> None:
    with pytest.raises(InvalidParameter, match="given twice"):
        body.parse(form.encode(), "application/x-www-form-urlencoded")


def a_picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


async def test_a_nested_picture_may_come_as_json_text(bare: Server) -> None:
    for nested in ({"image_url": a_picture()}, [a_picture()]):
        form = {**SMALL, "image": json.dumps(nested)}
        answer = await bare.client.post("/v1/videos", data=form)
        assert answer.status_code == 200, answer.text


async def test_a_caller_s_own_url_waits_for_ours(bare: Server) -> None:
    sent = SMALL | {"metadata": {"url": "javascript:1", "label": "\\u0000 in words"}}
    answer = await bare.client.post("/v1/videos", json=sent)
    assert answer.status_code == 200, answer.text
    assert "url" not in answer.json()["metadata"]
    assert answer.json()["metadata"]["label"] == "\\u0000 in words"


@pytest.mark.parametrize("path", ["/v1/webhook_endpoints", "/v1/admin/accounts", "/v1/videos"])
async def test_a_broken_name_is_the_caller_s_fault(bare: Server, path: str) -> None:
    answer = await bare.client.post(path, content=b'{"\\ud800": 1}')
    assert answer.status_code == 400, answer.text
