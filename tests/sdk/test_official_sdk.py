"""The official Python SDK, unmodified, against a real server: newest and old, sync and async."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai
import pytest
from tests.contract.bodies import picture
from tests.sdk import program
from tests.sdk.releases import OLD, installed

from filmgate.testing.served import Served

pytestmark = [
    pytest.mark.process,
    pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning"),
]


@pytest.fixture(scope="module", params=["newest", OLD])
def release(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of a program on that release."""
    if request.param == "newest":
        return {}
    home = Path(request.config.cache.mkdir("releases"))
    return {"PYTHONPATH": str(installed(OLD, home))}


@pytest.fixture(scope="module", params=["sync", "async"])
def seen(
    request: pytest.FixtureRequest,
    release: dict[str, str],
    served: Served,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """What the program saw."""
    image = tmp_path_factory.mktemp("picture") / "first.png"
    image.write_bytes(picture())
    keys = {"OPENAI_BASE_URL": f"{served.url}/v1", "OPENAI_API_KEY": served.key}
    done = subprocess.run(
        [sys.executable, program.__file__, request.param, str(image)],
        env=os.environ | keys | release,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_release_is_the_one_meant(seen: dict[str, Any], release: dict[str, str]) -> None:
    assert seen["version"] == (OLD if release else openai.__version__)


def test_text_goes_as_json_or_multipart_and_files_as_multipart(
    seen: dict[str, Any], release: dict[str, str]
) -> None:
    assert seen["sent_text"] == ("application/json" if release else "multipart/form-data")
    assert seen["sent_file"] == "multipart/form-data"


def test_create(seen: dict[str, Any]) -> None:
    video = seen["created"]
    assert (video["object"], video["status"], video["progress"]) == ("video", "queued", 0)
    assert (video["seconds"], video["size"]) == ("1", "128x128")


@pytest.mark.parametrize("name", ["polled", "pictured", "retrieved"])
def test_a_poll_ends_when_the_video_does(seen: dict[str, Any], name: str) -> None:
    video = seen[name]
    assert (video["status"], video["progress"], video["error"]) == ("completed", 100, None)
    assert video["expires_at"] > video["completed_at"] >= video["created_at"]


def test_a_poll_does_not_sleep_long_over_a_short_film(seen: dict[str, Any]) -> None:
    assert seen["poll_s"] < 20


def test_auto_paging_ends_and_meets_each_video_once(seen: dict[str, Any]) -> None:
    ids = seen["listed"]
    assert len(set(ids)) == len(ids) >= 3
    assert ids[:3] == [seen[name]["id"] for name in ("pictured", "polled", "created")]


def test_download(seen: dict[str, Any]) -> None:
    marks = {"video": b"ftyp", "thumbnail": b"WEBP", "spritesheet": b"\xff\xd8"}
    for variant, mark in marks.items():
        assert mark in bytes.fromhex(seen["heads"][variant])


def test_delete(seen: dict[str, Any]) -> None:
    assert seen["deleted"]["id"] == seen["created"]["id"]
    assert seen["deleted"]["deleted"] is True
    assert seen["after_delete"] == ["NotFoundError", "video_not_found", None]


def test_errors_are_the_sdks_own(seen: dict[str, Any]) -> None:
    assert seen["failures"] == {
        "too_long": ["BadRequestError", "invalid_parameter", "seconds"],
        "no_model": ["BadRequestError", "model_not_found", "model"],
        "no_video": ["NotFoundError", "video_not_found", None],
        "no_after": ["BadRequestError", "invalid_parameter", "after"],
        "no_source": ["NotFoundError", "video_not_found", None],
    }


@pytest.mark.parametrize(
    ("name", "seconds"), [("remix", "1"), ("edit", "1"), ("extend", "5"), ("edit_film", "1")]
)
def test_what_is_made_from_a_video(
    seen: dict[str, Any], release: dict[str, str], name: str, seconds: str
) -> None:
    assert (name in seen) is not bool(release and name == "edit_film")
    if name in seen:
        video = seen[name]
        assert (video["status"], video["seconds"]) == ("completed", seconds)
        source = None if name == "edit_film" else seen["polled"]["id"]
        assert video["remixed_from_video_id"] == source


def test_characters(seen: dict[str, Any], release: dict[str, str]) -> None:
    assert ("characters" in seen) is not bool(release)
    if "characters" in seen:
        made, found = seen["characters"]
        assert made == found
        assert made["name"] == "Mossy"
        assert seen["starring"]["status"] == "queued"


def test_the_official_defaults_make_the_official_film(served: Served) -> None:
    client = openai.OpenAI(base_url=f"{served.url}/v1", api_key=served.key)
    video = client.videos.create_and_poll(prompt="A calm lake at dawn")
    assert (video.model, video.seconds, video.size) == ("sora-2", "4", "720x1280")
    assert video.status == "completed"


def test_a_wrong_key_is_the_sdks_own_error(served: Served) -> None:
    client = openai.OpenAI(base_url=f"{served.url}/v1", api_key="not-a-key")
    with pytest.raises(openai.AuthenticationError) as caught:
        client.videos.create(prompt="x")
    assert caught.value.code == "invalid_api_key"


def test_the_azure_client_finds_its_paths(served: Served) -> None:
    client = openai.AzureOpenAI(
        base_url=f"{served.url}/openai", api_key=served.key, api_version="preview"
    )
    assert [video.object for video in client.videos.list(limit=1).data] == ["video"]
