"""Facts of every kind, and what a server exposes that has seen them."""

from dataclasses import replace

from tests.support.videos import a_video, outputs_of

from filmgate.disk import Room
from filmgate.domain import ledger
from filmgate.domain.census import Census, Hand, Running, WaitingLine
from filmgate.domain.facts import Fact, Moved
from filmgate.domain.fleet import Demand
from filmgate.domain.states import Move, State
from filmgate.domain.video import Problem, Video
from filmgate.domain.webhook import Delivery
from filmgate.telemetry.gauges import Now, exposition
from filmgate.telemetry.meters import Meters

WAITS = a_video(id="video_x", created_at=100.0)
RUNS = replace(WAITS, state=State.RUNNING, started_at=104.0, claimed_at=104.0, attempt=1, token=1)
DONE = replace(RUNS, state=State.COMPLETED, completed_at=106.5, outputs=outputs_of(RUNS))
LOST = replace(
    RUNS, state=State.FAILED, completed_at=108.0, problem=Problem(code="worker_lost", message="")
)
CENSUS = Census(
    at=110.0,
    lines=(WaitingLine(engine="animatic", model="sora-1.0", count=3, oldest_at=100.0),),
    running=(
        Running(engine="animatic", model="sora-1.0", worker_id="a", count=1),
        Running(engine="animatic", model="sora-1.0", worker_id="b", count=2),
    ),
    hands=(
        Hand(id="a", engine="animatic", host="h", pid=1, holds=1, trouble=None),
        Hand(id="b", engine="animatic", host="h", pid=2, holds=2, trouble=None),
        Hand(id="c", engine="animatic", host="h", pid=3, holds=0, trouble="no room"),
    ),
    demands=(Demand(engine="animatic", waiting=3, running=3, work_ms=90_000, wanted=4),),
    suspects=1,
    held=150_000,
    backlog=7,
)
DISKS = {"data": Room(1000, 10)}


def delivery(outcome: str) -> Delivery:
    return Delivery(
        id="dlv_x",
        endpoint_id="we_x",
        event_id="evt_x",
        event_type="video.completed",
        video_id="video_x",
        attempt=1,
        outcome=outcome,
        status_code=200,
        problem=None,
        at=110.0,
        duration_ms=5,
    )


def moved(video: Video, left: State, move: Move) -> Moved:
    return Moved(video, left, move)


FACTS: list[Fact] = [
    ledger.hold(WAITS, "key_x"),
    moved(RUNS, State.QUEUED, Move.CLAIM),
    moved(WAITS, State.RUNNING, Move.RESCUE),
    moved(DONE, State.RUNNING, Move.FINISH),
    ledger.settlement(DONE),
    moved(LOST, State.RUNNING, Move.LOSE),
    ledger.settlement(LOST),
    delivery("delivered"),
]


def everything() -> bytes:
    """What a server that has seen all of it exposes."""
    meters = Meters()
    for fact in FACTS:
        meters.take(fact)
    meters.count_answer("GET", "/v1/videos/{video_id}", 200, 0.003)
    return exposition(meters, Now(CENSUS, DISKS), "")[0]
