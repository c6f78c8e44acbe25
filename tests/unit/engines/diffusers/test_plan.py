"""What is asked of a model: never less than the film needs."""

import pytest

from filmgate.domain.shape import Shape
from filmgate.engines.diffusers.families import families
from filmgate.engines.diffusers.law import Law
from filmgate.engines.diffusers.plan import Plan, plan, rendering
from filmgate.errors import GenerationFailed

LAW = Law(step=4, first=1, multiple=16)


def shape(fps: int, seconds: float, size: tuple[int, int] = (832, 480)) -> Shape:
    return Shape(width=size[0], height=size[1], fps=fps, duration_ms=round(seconds * 1000))


def wan(wanted: Shape, *, longest: int = 81, continues: bool = True) -> Plan:
    return plan(wanted, families()["wan"], LAW, longest=longest, continues=continues)


@pytest.mark.parametrize(
    ("fps", "seconds", "runs"),
    [
        (16, 5.0625, (81,)),
        (16, 1, (17,)),
        (30, 5, (81,)),  # the last of 150 frames is shown at 4.967 s: frame 79.5 of 16 a second
        (8, 5, (81,)),
        (1, 1, (1,)),
        (16, 10, (81, 81)),
        (16, 10.1, (81, 81, 5)),
    ],
)
def test_runs_reach_the_last_frame(fps: int, seconds: float, runs: tuple[int, ...]) -> None:
    made = wan(shape(fps, seconds))
    assert made.runs == runs
    last = (shape(fps, seconds).frames - 1) / fps
    assert (made.frames - 1) / made.fps >= last


def test_what_cannot_go_on_is_refused() -> None:
    with pytest.raises(GenerationFailed, match=r"81 frames, 5\.06 s"):
        wan(shape(16, 6), continues=False)


def test_the_clients_rate_is_made_where_the_class_takes_one() -> None:
    ltx = families()["ltx"]
    for fps, native in ((25, 25), (30, 30), (60, 24), (12, 24)):
        assert plan(shape(fps, 1), ltx, LAW, longest=257, continues=True).fps == native


def test_what_was_native_is_told() -> None:
    wanted = shape(30, 5, (1920, 1080))
    told = rendering(wan(wanted), wanted, "flow")
    assert told["native"] == {"size": "1280x720", "fps": 16, "frames": 81, "runs": 1}
    assert told["conformed"] == ["retimed by flow", "enlarged", "cropped"]
