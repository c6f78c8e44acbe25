"""Films that follow others: by the upstream's own id where it has the film, else composed here."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.engines.relay.relays import SHAPE, Reported, a_row, make_all, relay_to

from filmgate.domain.shape import Shape
from filmgate.domain.source import Source, Verb
from filmgate.domain.video import Video
from filmgate.engines.base import SOURCE, SOURCE_KEEPSAKE
from filmgate.engines.relay.engine import Relay
from filmgate.engines.relay.following import Provenance
from filmgate.errors import GenerationFailed
from filmgate.media.decode import read_frames
from filmgate.media.encode import FilmWriter
from filmgate.media.probe import prove
from filmgate.testing.upstream.quirks import Quirks
from filmgate.testing.upstream.script import Script

LONGER = replace(SHAPE, duration_ms=3000)
ALL = {"settings": {"can": ["remix", "edit", "extend"]}}
GREY = 200


def lay_out(folder: Path, origin: Provenance | None) -> None:
    """The film to follow, and what this relay kept of its making."""
    with FilmWriter(folder / SOURCE, SHAPE) as film:
        for _ in range(SHAPE.frames):
            film.write(np.full((SHAPE.height, SHAPE.width, 4), GREY, np.uint8))
    if origin is not None:
        (folder / SOURCE_KEEPSAKE).write_bytes(origin.to_bytes())


async def make_first(engine: Relay, folder: Path) -> None:
    """Make the film that is then to be followed."""
    (own := folder / "first").mkdir()
    made = await make_all(engine, own)
    assert made.keepsake == Provenance("lab", "job-0").to_bytes()
    lay_out(folder, Provenance("lab", "job-0"))


def follow(verb: Verb, shape: Shape = SHAPE, resume: str | None = None) -> Video:
    """A row that follows a film of a second."""
    source = Source(verb=verb, film="x", width=128, height=96, fps=10, duration_ms=1000)
    return replace(a_row(resume, source=source, shape=shape, prompt="at dusk"), id="video_2")


@pytest.mark.parametrize(
    ("verb", "shape", "path"),
    [
        (Verb.REMIX, SHAPE, "/v1/videos/job-0/remix"),
        (Verb.EDIT, SHAPE, "/v1/videos/edits"),
        (Verb.EXTEND, LONGER, "/v1/videos/extensions"),
    ],
)
@pytest.mark.parametrize("kind", ["filmgate", "openai"])
async def test_the_upstream_makes_it_of_its_own_film(
    tmp_path: Path, kind: str, verb: Verb, shape: Shape, path: str
) -> None:
    report = Reported()
    async with relay_to(Quirks(idempotent=kind == "filmgate"), kind, **ALL) as (engine, script):
        await make_first(engine, tmp_path)
        made = await make_all(engine, tmp_path, follow(verb, shape), report)
    prove(Path(made.films[0]), shape)
    assert report.stages == ["sending", "sent"]
    assert [order.path for order in script.orders] == ["/v1/videos", path]
    sent = script.orders[-1].json()
    assert sent["prompt"] == "at dusk"
    assert ("model" in sent) == (kind == "filmgate")
    if verb is Verb.EXTEND:
        assert sent["seconds"] == "2"
    if verb is not Verb.REMIX:
        assert sent["video"] == {"id": "job-0"}
    assert made.keepsake == Provenance("lab", "job-1").to_bytes()


async def lose(tmp_path: Path, kind: str) -> tuple[Script, str]:
    """Order an edit whose answer is lost; the script, and how it ended."""
    quirks = Quirks(idempotent=kind == "filmgate")
    async with relay_to(quirks, kind, **ALL) as (engine, script):
        await make_first(engine, tmp_path)
        script.quirks = replace(quirks, create="drop-after", creates=2)
        try:
            await make_all(engine, tmp_path, follow(Verb.EDIT))
        except GenerationFailed as error:
            return script, str(error.failure)
    return script, "made"


async def test_a_lost_answer_is_asked_for_by_its_key(tmp_path: Path) -> None:
    script, ended = await lose(tmp_path, "filmgate")
    assert ended == "made"
    assert len(script.jobs) == 2
    first, second = script.orders[1:]
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body


async def test_a_lost_answer_without_a_key_is_never_asked_for_twice(tmp_path: Path) -> None:
    script, ended = await lose(tmp_path, "openai")
    assert ended == "upstream_unknown"
    assert len(script.orders) == 2


async def test_a_restart_waits_on_for_what_follows(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to(Quirks(idempotent=True), "filmgate") as (engine, script):
        await make_first(engine, tmp_path)
        await make_all(engine, tmp_path, follow(Verb.EXTEND, LONGER), report)
        again = await make_all(engine, tmp_path, follow(Verb.EXTEND, LONGER, report.tokens[-1]))
    prove(Path(again.films[0]), LONGER)
    assert len(script.orders) == 2


async def test_a_remix_of_what_the_upstream_forgot_is_ordered_anew(tmp_path: Path) -> None:
    report = Reported()
    async with relay_to(Quirks(idempotent=True), "filmgate") as (engine, script):
        lay_out(tmp_path, Provenance("lab", "job-9"))
        made = await make_all(engine, tmp_path, follow(Verb.REMIX), report)
    prove(Path(made.films[0]), SHAPE)
    assert [order.path for order in script.orders] == ["/v1/videos/job-9/remix", "/v1/videos"]
    assert report.stages == ["sending", "refused", "sending", "sent"]
    assert len({order.headers["idempotency-key"] for order in script.orders}) == 2


async def test_an_edit_of_what_no_upstream_knows_is_not_ordered(tmp_path: Path) -> None:
    async with relay_to(Quirks(), "filmgate") as (engine, script):
        lay_out(tmp_path, None)
        with pytest.raises(GenerationFailed, match="No upstream knows the film to edit"):
            await make_all(engine, tmp_path, follow(Verb.EDIT))
    assert not script.orders


@pytest.mark.parametrize("origin", [None, Provenance("gone", "job-0"), Provenance("lab", "job-0")])
async def test_an_extension_is_composed_from_the_last_frame(
    tmp_path: Path, origin: Provenance | None
) -> None:
    async with relay_to(Quirks(), "sglang") as (engine, script):
        lay_out(tmp_path, origin)
        made = await make_all(engine, tmp_path, follow(Verb.EXTEND, LONGER))
    (film,) = map(Path, made.films)
    prove(film, LONGER)
    ((order,), (job,)) = script.orders, script.jobs.values()
    assert order.path == "/v1/videos"
    assert job.fields["num_frames"] == "20", "what is added, and no more"
    first = Image.open(BytesIO(job.fields["input_reference"]))
    assert first.size == (SHAPE.width, SHAPE.height)
    assert abs(int(np.asarray(first.convert("L")).mean()) - GREY) < 4
    greys = [int(frame[..., :3].mean()) for frame in read_frames(film)]
    assert all(abs(grey - GREY) < 4 for grey in greys[:10]), "the film that was there"
    assert all(grey < 90 for grey in greys[10:]), "and then what was added"
    assert made.keepsake is None, "no job of the upstream is the whole"
