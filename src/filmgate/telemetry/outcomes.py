"""One line of the log for each video that has ended, with what it took."""

import logging

from filmgate.domain.facts import Fact, Moved, Witness
from filmgate.telemetry.meters import Meters, outcome, seconds_between

log = logging.getLogger("filmgate.videos")


def log_outcome(fact: Fact) -> None:
    """Say how a video ended, how long it waited, and how long its making took."""
    if not isinstance(fact, Moved) or not fact.video.state.final:
        return
    video = fact.video
    waited_s = seconds_between(video.created_at, video.started_at or video.completed_at)
    made_s = seconds_between(video.claimed_at, video.completed_at)
    how = outcome(video)
    log.info(
        "%s %s: waited %.1f s, took %.1f s; model %s, account %s, attempt %d",
        video.id,
        how,
        waited_s,
        made_s,
        video.request.model,
        video.account_id,
        video.attempt,
        extra={
            "video": video.id,
            "outcome": how,
            "waited_s": round(waited_s, 3),
            "took_s": round(made_s, 3),
            "model": video.request.model,
            "engine": video.engine,
            "account": video.account_id,
            "attempt": video.attempt,
        },
    )


def witness_of(meters: Meters) -> Witness:
    """What counts facts, and writes the log of them."""

    def take(fact: Fact) -> None:
        meters.take(fact)
        log_outcome(fact)

    return take
