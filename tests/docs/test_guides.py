"""The guides and both READMEs, followed: their blocks run in their order, on a live server.

What stands for something of the reader's own is put in its place (`OWN`); what cannot be run here
is listed with its reason (`ELSEWHERE`), and a test holds that the list names nothing else.
"""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.docs import shell
from tests.docs.markdown import ROOT, Block, fences, path_in_repo

from filmgate import settings
from filmgate.testing.served import KEY, Served
from filmgate.testing.served import served as serving

RUN = {"sh", "python"}
SAME = ROOT / "docs/zh/operate-and-bill.md"
"""It types what the English page types, which a test holds; it is not followed once more."""
PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md")),
    *sorted((ROOT / "docs" / "guides").glob("*.md")),
    *sorted(page for page in (ROOT / "docs" / "zh").glob("*.md") if page != SAME),
]

INSTALLS = "installs into .venv; `make demo` is run by CI, on a bare clone"
SERVES = "starts the server that the other blocks ask: the fixture has"
MACHINE = "needs root and systemd: users, units, packages of a machine"
ENGINE = "followed by tests/docs/test_recipes.py and tests/ray, on engines of their own"
WEIGHTS = "fetches real weights from the hub"
ELSEWHERE = {
    "make demo": INSTALLS,
    "make serve": INSTALLS,
    "cd filmgate": INSTALLS,
    "python3 -m venv": INSTALLS,
    "filmgate serve\n": SERVES,
    "sudo ": MACHINE,
    "docker ": "needs Docker; tests/deploy reads the files and the commands",
    "kubectl ": "needs a cluster; tests/deploy reads the manifests",
    "pip install '.[": "installs an extra",
    "pg_dump": "needs a PostgreSQL and its tools; tests/unit/cli/test_backup.py drills ours",
    "filmgate workers ": "tests/unit/cli/test_workers.py runs each, with workers on two machines",
    "filmgate upstreams list": "tests/unit/cli/test_upstreams.py runs each, with a relay",
    "filmgate models list": WEIGHTS,
    "filmgate serve --model": WEIGHTS,
    "import queue\n": "a Flask application; tests/contract/test_webhook_delivery.py receives",
    "curl http://127.0.0.1:9464": "tests/unit/processes/test_metrics_door.py asks that port",
    "BANNED = ": "a moderator: tests/unit/moderators/test_command.py runs it, with cases on stdin",
}
"""What a block has in it that cannot be run here, and why."""

OWN = {
    "http://127.0.0.1:8000": "$FILMGATE_URL",
    "https://films.example.com": "$FILMGATE_URL",
    "id=video_…": 'id="$(newest video)"',
    "videos/video_…/events": "videos/$(newest video)/events",
    "video_8c1d…": "$(newest video)",
    "acct_…": "$(newest account)",
    "key_…": "$(newest key)",
    "key_0123456789abcdef": "$(newest key)",
    "we_51c0…": "$(newest endpoint)",
    "we_…": "$(newest endpoint)",
    "--key fg-…": "--key $OPENAI_API_KEY",
    "$KEY": "$OPENAI_API_KEY",
    "filmgate top\n": "timeout --signal INT 3 filmgate top > /dev/null || test $? = 124\n",
    "filmgate webhooks test": "! filmgate webhooks test",
    "/backup/filmgate": "$PWD/backup",
    "FILMGATE_DATA=/srv/filmgate-again filmgate serve": "test -f $PWD/again/filmgate.db",
    "/srv/filmgate-again": "$PWD/again",
}
"""What stands for something of the reader's own in a shell block, and what it is here.

No receiver is at hooks.example.com, so that a sample sent there must fail.
"""
OWN_PYTHON = {
    'base_url="http://127.0.0.1:8000/v1", api_key="fg-…"': "",
    '"we_51c0…"': "client.webhooks.list().data[0].id",
}
FILES = {"docs/guides/batches.md": {'{"custom_id"': "requests.jsonl"}}
"""JSON blocks that a page tells to put into a file, by how they begin."""

NEWEST = '''#!{python}
"""The id of the newest of a kind; a video once it is completed."""
import os, sys, time
import httpx2

base, kind = os.environ["FILMGATE_URL"] + "/v1", sys.argv[1]
http = httpx2.Client(headers={{"authorization": "Bearer " + os.environ["OPENAI_API_KEY"]}})

def newest(path):
    return http.get(base + path).json()["data"]

if kind == "video":
    while True:
        video = newest("/videos?limit=1")[0]
        if video["status"] in ("completed", "failed"):
            break
        time.sleep(0.1)
    print(video["id"])
elif kind == "endpoint":
    print(newest("/webhook_endpoints?limit=1")[0]["id"])
else:
    account = newest("/admin/accounts")[-1]["id"]
    print(account if kind == "account" else newest(f"/admin/accounts/{{account}}/keys")[-1]["id"])
'''


def reason(block: Block) -> str | None:
    """Why a block cannot be run here; None where it can."""
    return next((why for sign, why in ELSEWHERE.items() if sign in block.text), None)


def in_place(block: Block) -> Block:
    """A block with the reader's own things in it."""
    text = block.text
    for old, new in (OWN if block.tag == "sh" else OWN_PYTHON).items():
        text = text.replace(old, new)
    return replace(block, text=text)


def steps(page: Path) -> list[dict[str, str]]:
    """What is done on a page, in order."""
    found = []
    files = FILES.get(path_in_repo(page), {})
    for block in fences(page):
        tag = next((name for sign, name in files.items() if block.text.startswith(sign)), block.tag)
        if (block.tag in RUN and reason(block) is None) or tag != block.tag:
            placed = in_place(block)
            found.append({"at": str(block), "tag": tag, "text": placed.text})
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who has cloned, and started a server there."""
    home = tmp_path_factory.mktemp("reader")
    (home / "bin").mkdir()
    for name, text in (
        ("newest", NEWEST.format(python=sys.executable)),
        ("curl", '#!/bin/sh\nexec /usr/bin/curl --silent --show-error --fail-with-body "$@"\n'),
        ("filmgate", f'#!/bin/sh\nexec {sys.executable} -m filmgate "$@"\n'),
    ):
        (home / "bin" / name).write_text(text)
        (home / "bin" / name).chmod(stat.S_IRWXU)
    (home / ".venv/bin").mkdir(parents=True)
    (home / ".venv/bin/activate").write_text(f'PATH="{home}/bin:$PATH"\n')
    for name in ("harbour.jpg", "cat.png"):
        Image.new("RGB", (1280, 720), "grey").save(home / name)
    return home


@pytest.fixture(scope="module")
def reader(home: Path) -> Iterator[Served]:
    """Its server; nothing is told to receivers that are not there."""
    plain = '{"animatic":{"kind":"filmgate.testing.engines:Plain"}}'
    with serving(home / "filmgate-data", engines=plain, webhook_timeout_s="1") as served:
        (home / "filmgate-data/api-key").write_text(KEY)
        made = served.client.post("/v1/admin/accounts", json={"name": "somebody"}).json()
        served.client.post(f"/v1/admin/accounts/{made['id']}/keys", json={"name": "a first one"})
        film = served.wait(served.create("a first one")["id"], "completed")
        content = served.client.get(f"/v1/videos/{film['id']}/content").content
        (home / "holiday.mp4").write_bytes(content)
        yield served


@pytest.mark.process
@pytest.mark.parametrize("page", [page for page in PAGES if steps(page)], ids=path_in_repo)
def test_a_page_is_followed(page: Path, home: Path, reader: Served) -> None:
    script = home / "steps.json"
    script.write_text(json.dumps(steps(page)), "utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "tests/docs/follow.py", script],
        cwd=home,
        env=_environment(home, reader),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def _environment(home: Path, reader: Served) -> dict[str, str]:
    """That of a shell into which the server's two lines were pasted."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FILMGATE_", "OPENAI_"))}
    return kept | {
        "PATH": f"{home}/bin:{os.environ['PATH']}",
        "FILMGATE_URL": reader.url,
        "OPENAI_BASE_URL": f"{reader.url}/v1",
        "OPENAI_API_KEY": KEY,
        "FILMGATE_ENGINES": reader.settings["engines"],
    }


def typed(page: Path) -> set[tuple[str, ...]]:
    """The commands of a page with their options, without what is typed for them."""
    blocks = [block.text for block in fences(page) if block.tag == "sh"]
    calls = (words for text in blocks for words in shell.commands(text))
    return {
        tuple(word for k, word in enumerate(words) if k < 2 or word.startswith("-"))
        for words in calls
    }


def test_a_page_that_is_not_followed_types_what_another_types() -> None:
    english = typed(ROOT / "docs/guides/operate-and-bill.md") | typed(ROOT / "docs/guides/keep.md")
    assert typed(SAME) - english == set()


@pytest.mark.parametrize("sign", ELSEWHERE)
def test_what_is_not_run_is_there(sign: str) -> None:
    """No reason outlives its block."""
    assert any(sign in b.text for page in PAGES for b in fences(page) if b.tag in RUN)


@pytest.mark.parametrize("sign", [*OWN, *OWN_PYTHON])
def test_what_is_put_in_place_is_there(sign: str) -> None:
    assert any(sign in b.text for page in PAGES for b in fences(page) if b.tag in RUN)


@pytest.mark.parametrize("name", ["guides", "zh"])
def test_settings_written_in_the_order_of_the_page_are_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it says itself: what stands alone before the first table, the tables after it."""
    texts = [b.text for b in fences(ROOT / "docs" / name / "configure.md") if b.tag == "toml"]
    alone = [text for text in texts if not text.lstrip().startswith("[")]
    file = tmp_path / "filmgate.toml"
    file.write_text("\n".join([*alone, *(text for text in texts if text not in alone)]), "utf-8")
    for variable in [one for one in os.environ if one.startswith("FILMGATE_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("FILMGATE_CONFIG", str(file))
    found = settings.load()
    assert {"house-style"} <= {card.id for card in found.catalogue()}
    assert found.lease_s == 30
