"""The life of a video: its states and the only moves between them.

    (submit) ──► queued ──claim──► running ──finish──► completed
                  ▲  │                │  │
                  │  │                │  └──fail, cancel, lose──► failed
                  │  └──cancel────────┼─────────────────────────► failed
                  └──give back, ──────┘
                     rescue, strike

Expiry and deletion are times on the row, not states.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a video stands."""

    QUEUED = "queued"
    """Durable and waiting for a worker."""
    RUNNING = "running"
    """A worker holds the lease."""
    COMPLETED = "completed"
    """Its films are stored and proved."""
    FAILED = "failed"
    """It will never have films; `failure` says why."""

    @property
    def final(self) -> bool:
        """Whether no move leaves this state."""
        return self in (State.COMPLETED, State.FAILED)


class Move(StrEnum):
    """What may happen to a video."""

    CLAIM = "claim"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"
    GIVE_BACK = "give_back"
    RESCUE = "rescue"
    STRIKE = "strike"
    LOSE = "lose"


MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.CLAIM: (frozenset({State.QUEUED}), State.RUNNING),
    Move.FINISH: (frozenset({State.RUNNING}), State.COMPLETED),
    Move.FAIL: (frozenset({State.RUNNING}), State.FAILED),
    Move.CANCEL: (frozenset({State.QUEUED, State.RUNNING}), State.FAILED),
    Move.GIVE_BACK: (frozenset({State.RUNNING}), State.QUEUED),
    Move.RESCUE: (frozenset({State.RUNNING}), State.QUEUED),
    Move.STRIKE: (frozenset({State.RUNNING}), State.QUEUED),
    Move.LOSE: (frozenset({State.RUNNING}), State.FAILED),
}
"""Each move, the states that it may leave, and the one that it reaches."""


class Failure(StrEnum):
    """Why a video failed: the codes that callers read."""

    CANCELLED = "cancelled"
    CONTENT_POLICY = "content_policy_violation"
    ENGINE = "engine_error"
    OUT_OF_MEMORY = "out_of_memory"
    WORKER_LOST = "worker_lost"
    TIMEOUT = "timeout"
    UPSTREAM = "upstream_error"
    UPSTREAM_UNKNOWN = "upstream_unknown"
    INVALID_IMAGE = "invalid_image"
    INVALID_VIDEO = "invalid_video"


ENDED_HERE = (Failure.CANCELLED, Failure.TIMEOUT, Failure.WORKER_LOST)
"""Ends that no engine had a part in: what was ordered elsewhere goes on unless it is stopped."""
