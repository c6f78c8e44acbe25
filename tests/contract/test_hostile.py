"""What one caller may cost the others: who asks is looked at before anybody works for them."""

import asyncio
import base64
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.contract.bodies import (
    JSON,
    MULTIPART,
    URLENCODED,
    Part,
    as_json,
    form,
    multipart,
    picture,
)
from tests.contract.harness import OTHER_KEY, SORA, Server

from filmgate.api import body as body_of_api
from filmgate.domain.account import BillingMode
from filmgate.media import pictures
from filmgate.services.accounts import Terms

PICTURE = base64.b64encode(picture()).decode()
SECOND = "acct_second"


class Decoder:
    """Stands in the place of the decoder, and counts who comes."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, data: bytes) -> pictures.Picture:
        self.count += 1
        return pictures.Picture(data=data, kind="png", width=128, height=128)


@pytest.fixture
def decoder(monkeypatch: pytest.MonkeyPatch) -> Decoder:
    decoder = Decoder()
    monkeypatch.setattr(pictures, "read", decoder.read)
    return decoder


@pytest.fixture
async def poor(bare: Server) -> AsyncIterator[Server]:
    """The second account: prepaid, without money, two creates a minute."""
    terms = Terms(billing=BillingMode.PREPAID, max_per_minute=2)
    await bare.house.accounts.change(SECOND, terms)
    async with bare.caller({"authorization": f"Bearer {OTHER_KEY}"}) as client:
        yield Server(bare.house, bare.app, bare.clock, client, bare.document)


async def test_an_account_without_money_has_no_picture_decoded(
    poor: Server, decoder: Decoder
) -> None:
    with poor.untouched():
        answer = await poor.client.post("/v1/videos", json=SORA | {"image": PICTURE})
    assert answer.status_code == 402
    assert decoder.count == 0


async def test_its_dry_runs_are_answered_without_the_picture(
    poor: Server, decoder: Decoder
) -> None:
    ask = SORA | {"image": PICTURE}
    quote = await poor.client.post("/v1/videos?dry_run=true", json=ask)
    assert (quote.status_code, quote.json()["affordable"]) == (200, False)
    assert decoder.count == 0


async def test_dry_runs_count_against_the_rate(poor: Server) -> None:
    statuses = [
        (await poor.client.post("/v1/videos?dry_run=true", json=SORA)).status_code for _ in range(3)
    ]
    assert statuses == [200, 200, 429]
    poor.clock.advance(61)
    assert (await poor.client.post("/v1/videos?dry_run=true", json=SORA)).status_code == 200


async def test_pictures_that_come_to_nothing_count_against_the_rate(
    poor: Server, decoder: Decoder
) -> None:
    await poor.house.accounts.change(SECOND, Terms(billing=BillingMode.POSTPAID))
    wrong = {"model": "sora-2", "prompt": "x", "seconds": 4, "image": PICTURE}
    statuses = [(await poor.client.post("/v1/videos", json=wrong)).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]
    assert decoder.count == 2


async def test_pictures_that_become_videos_count_once(poor: Server, decoder: Decoder) -> None:
    await poor.house.accounts.change(SECOND, Terms(billing=BillingMode.POSTPAID))
    ask = SORA | {"image": PICTURE}
    statuses = [(await poor.client.post("/v1/videos", json=ask)).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


async def test_one_account_s_pictures_leave_a_turn_to_others(
    bare: Server, poor: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many one account sends, another's is decoded beside them."""
    loop, gate = asyncio.get_running_loop(), asyncio.Event()
    inside: list[bytes] = []

    def read(data: bytes) -> pictures.Picture:
        inside.append(data)
        if data == LARGE:
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
        return pictures.Picture(data=data, kind="png", width=128, height=128)

    monkeypatch.setattr(pictures, "read", read)
    ask = SORA | {"image": base64.b64encode(LARGE).decode()}
    many = [asyncio.create_task(bare.client.post("/v1/videos", json=ask)) for _ in range(5)]
    while not inside:
        await asyncio.sleep(0)
    await poor.house.accounts.change(SECOND, Terms(billing=BillingMode.POSTPAID))
    small = SORA | {"image": PICTURE}
    assert (await poor.client.post("/v1/videos", json=small)).status_code == 200
    assert len([data for data in inside if data == LARGE]) == 1
    gate.set()
    assert {answer.status_code for answer in await asyncio.gather(*many)} == {200}


LARGE = b"a picture that takes long"

MANY = "[" + "[]," * 300_000 + "[]]"
COSTLY: dict[str, tuple[bytes, str]] = {
    "json": (f'{{"prompt":"x","other":{MANY}}}'.encode(), JSON),
    "json-part": (multipart(Part("metadata", MANY, kind=JSON)), MULTIPART),
    "metadata-of-a-form": (form({"prompt": "x", "metadata": MANY}), MULTIPART),
    "image-of-a-form": (form({"prompt": "x", "image": MANY}), MULTIPART),
    "metadata-urlencoded": (f"prompt=x&metadata={MANY}".encode(), URLENCODED),
    "spaces": (as_json(SORA | {"image": "a " * 2_000_000}), JSON),
    "percent-signs": (b"prompt=x&other=" + b"%" * 2_000_000, URLENCODED),
    "data-url-of-escapes": (as_json(SORA | {"image": "data:image/png," + "%41" * 700_000}), JSON),
    "headers-of-a-part": (b"--x\r\n" + b"a: b\r\n" * 300_000 + b"\r\n\r\n--x--", MULTIPART),
}


@pytest.mark.parametrize(("body", "kind"), COSTLY.values(), ids=COSTLY.keys())
async def test_a_costly_body_is_refused_beside_the_loop(
    steady: Server, body: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`bench/hostile.py` measures what this holds: bounds before parsing, and another thread."""
    threads: list[threading.Thread] = []
    parsed = body_of_api.parse

    def parse(*given: Any) -> Any:
        threads.append(threading.current_thread())
        return parsed(*given)

    monkeypatch.setattr(body_of_api, "parse", parse)
    answer = await steady.client.post("/v1/videos", content=body, headers={"content-type": kind})
    assert answer.status_code == 400, answer.text
    assert threads
    assert threading.main_thread() not in threads


async def test_a_form_of_escapes_is_read(steady: Server) -> None:
    prompt = "%41" * 30_000
    body = f"model=sora-1.0&duration=1&width=128&height=128&fps=2&prompt={prompt}".encode()
    answer = await steady.client.post(
        "/v1/videos", content=body, headers={"content-type": URLENCODED}
    )
    assert answer.json()["prompt"] == "A" * 30_000


async def test_bytes_in_flight_come_back(bare: Server) -> None:
    """Bodies that were refused leave nothing counted."""
    body = b'{"prompt": "' + b"x" * (30 << 20) + b'"}'
    for _ in range(10):
        answer = await bare.client.post("/v1/videos", content=body)
        assert answer.status_code == 400


async def test_a_list_looks_at_each_line_once(bare: Server) -> None:
    made = [await bare.create() for _ in range(8)]
    listed = (await bare.client.get("/v1/videos?limit=5")).json()["data"]
    assert [video["queue"]["position"] for video in listed] == [8, 7, 6, 5, 4]
    chosen = (await bare.client.get("/v1/videos?limit=3&order=asc")).json()["data"]
    assert [video["queue"]["position"] for video in chosen] == [1, 2, 3]
    for video in made[2:5]:
        one = await bare.seen(video["id"])
        assert one["queue"] in [item["queue"] for item in listed + chosen]


async def test_an_id_of_any_length_is_unknown(steady: Server) -> None:
    for path in ("/v1/videos/", "/v1/webhook_endpoints/", "/v1/admin/accounts/"):
        assert (await steady.client.get(path + "x" * 5000)).status_code == 404


async def test_a_key_does_not_shut_out_its_own_account(bare: Server) -> None:
    answer = await bare.client.post("/v1/admin/accounts/acct_first/disable")
    assert answer.status_code == 400
    assert (await bare.client.get("/v1/videos")).status_code == 200
