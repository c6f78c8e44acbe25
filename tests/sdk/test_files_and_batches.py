"""Files and batches by the official Python SDK, against a real server and a real worker."""

import io
import json
import time
from typing import Any

import openai
import pytest
from tests.contract.bodies import picture

from filmgate.testing.served import Served

pytestmark = [
    pytest.mark.process,
    pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning"),
]

BODY: dict[str, Any] = {
    "model": "sora-1.0",
    "prompt": "a quiet sea",
    "seconds": "1",
    "size": "128x128",
}
PATIENCE_S = 120


@pytest.fixture
def client(served: Served) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{served.url}/v1", api_key=served.key)


def batch_of(client: openai.OpenAI, *bodies: dict[str, Any]) -> Any:
    lines = [
        json.dumps({"custom_id": f"line-{k}", "method": "POST", "url": "/v1/videos", "body": body})
        for k, body in enumerate(bodies)
    ]
    requests = ("requests.jsonl", io.BytesIO("\n".join(lines).encode()))
    file = client.files.create(file=requests, purpose="batch")
    create: Any = client.batches.create
    return create(input_file_id=file.id, endpoint="/v1/videos", completion_window="24h")


def test_a_file_goes_in_and_comes_out(client: openai.OpenAI) -> None:
    file = client.files.create(file=("cat.png", picture()), purpose="vision")
    assert client.files.wait_for_processing(file.id).bytes == len(picture())
    assert client.files.content(file.id).content == picture()
    assert file.id in [one.id for one in client.files.list(limit=1)]
    video = client.videos.create(**BODY, extra_body={"input_reference": {"file_id": file.id}})
    assert client.videos.poll(video.id).status == "completed"
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file.id)


def test_a_batch_makes_its_films(client: openai.OpenAI) -> None:
    batch = batch_of(client, BODY, BODY | {"seconds": "61"})
    deadline = time.monotonic() + PATIENCE_S
    while batch.status not in ("completed", "failed", "expired", "cancelled"):
        assert time.monotonic() < deadline, batch
        time.sleep(0.2)
        batch = client.batches.retrieve(batch.id)
    assert (batch.status, batch.request_counts.completed) == ("completed", 1)
    (made,) = client.files.content(batch.output_file_id).text.splitlines()
    video = json.loads(made)["response"]["body"]
    assert client.videos.download_content(video["id"]).content[4:8] == b"ftyp"
    (refused,) = client.files.content(batch.error_file_id).text.splitlines()
    assert json.loads(refused)["response"]["body"]["error"]["param"] == "seconds"


def test_a_batch_is_cancelled_and_listed(client: openai.OpenAI) -> None:
    batch = batch_of(client, BODY | {"seconds": "60"})
    assert client.batches.cancel(batch.id).status == "cancelling"
    assert batch.id in [one.id for one in client.batches.list(limit=2)]
