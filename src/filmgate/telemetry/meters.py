"""What each process counts, in the words of Prometheus.

Counters go up; where a folder is shared, those of all processes of one supervisor are added. What
there is now (`telemetry/gauges.py`) is asked of the database when somebody looks.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MultiProcessValue

from filmgate.domain.facts import Fact, Moved
from filmgate.domain.ledger import EntryKind, LedgerEntry
from filmgate.domain.states import Move
from filmgate.domain.video import Video
from filmgate.domain.webhook import Delivery

_HTTP_S = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)
_VIDEO_S = (0.5, 1, 2.5, 5, 10, 20, 40, 60, 120, 300, 600, 1200, 3600, 7200, 21600)
_KIND = ("engine", "model")
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own variable; it looks there whenever a process opens its file."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where processes count together: `root/group`, and each in the file of its slot.

    A process that follows a dead one takes its slot and its file, and counts on from there.
    """

    root: Path
    group: str
    slot: str

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.root / self.group


class Meters:
    """The counters of this process. A witness: `take` is told of every fact."""

    def __init__(self, sharing: Sharing | None = None) -> None:
        self._sharing = sharing
        if sharing is not None:
            sharing.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.environ[_FOLDER] = str(sharing.folder)
            values.ValueClass = MultiProcessValue(  # type: ignore[no-untyped-call]
                lambda: sharing.slot
            )
        own = self._own = CollectorRegistry()
        self._created = Counter(
            "filmgate_videos_created", "Videos asked for", ("model",), registry=own
        )
        self._ended = Counter(
            "filmgate_videos_ended",
            "Videos that have ended; the outcome is completed or why not",
            (*_KIND, "outcome"),
            registry=own,
        )
        self._waited = Histogram(
            "filmgate_video_wait_seconds",
            "From create to the first start",
            _KIND,
            buckets=_VIDEO_S,
            registry=own,
        )
        self._made = Histogram(
            "filmgate_video_making_seconds",
            "From the start of the attempt that completed a video to its end",
            _KIND,
            buckets=_VIDEO_S,
            registry=own,
        )
        self._frames = Counter("filmgate_frames", "Frames of completed films", _KIND, registry=own)
        self._bytes = Counter(
            "filmgate_film_bytes", "Bytes of completed films and their stills", registry=own
        )
        self._moves = Counter(
            "filmgate_moves", "Moves of videos from state to state", ("move",), registry=own
        )
        self._money = Counter(
            "filmgate_money_usd",
            "Money held, captured, released, credited and adjusted",
            ("kind",),
            registry=own,
        )
        self._delivered, self._answered, self._answering = _wire_meters(own)

    def take(self, fact: Fact) -> None:
        """Count a fact."""
        match fact:
            case Moved():
                self._count_move(fact)
            case LedgerEntry():
                self._count_money(fact)
            case Delivery():
                self._delivered.labels(fact.outcome).inc()

    def count_answer(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the template, so that no id becomes a series."""
        self._answered.labels(method, route, str(status)).inc()
        self._answering.labels(method, route).observe(seconds)

    def registry(self) -> CollectorRegistry:
        """What is counted by this process, or by all that share its folder."""
        if self._sharing is None:
            return self._own
        shared = CollectorRegistry()
        MultiProcessCollector(shared, path=str(self._sharing.folder))  # type: ignore[no-untyped-call]
        return shared

    def _count_move(self, moved: Moved) -> None:
        video, kind = moved.video, (moved.video.engine, moved.video.request.model)
        self._moves.labels(moved.move).inc()
        if moved.move is Move.CLAIM and video.started_at == video.claimed_at:
            self._waited.labels(*kind).observe(seconds_between(video.created_at, video.started_at))
        if video.state.final:
            self._ended.labels(*kind, outcome(video)).inc()
        if moved.move is Move.FINISH:
            self._made.labels(*kind).observe(seconds_between(video.claimed_at, video.completed_at))
            self._frames.labels(*kind).inc(video.request.shape.frames * len(video.outputs))
            self._bytes.inc(sum(_size(video)))

    def _count_money(self, entry: LedgerEntry) -> None:
        amount = {
            EntryKind.HOLD: entry.held,
            EntryKind.CAPTURE: entry.charged,
            EntryKind.RELEASE: entry.balance,
        }.get(entry.kind, abs(entry.balance))
        self._money.labels(entry.kind).inc(amount / 1e6)
        if entry.kind is EntryKind.HOLD:
            self._created.labels(entry.model or "").inc()


def outcome(video: Video) -> str:
    """How an ended video ended, in one word."""
    return video.problem.code if video.problem else str(video.state)


def seconds_between(before: float | None, after: float | None) -> float:
    """How long it was; nothing where a time is not known or a clock was set back."""
    return 0.0 if before is None or after is None else max(0.0, after - before)


def _size(video: Video) -> list[int]:
    files = ((one.clip, one.thumbnail, one.spritesheet) for one in video.outputs)
    return [file.size for trio in files for file in trio]


def _wire_meters(own: CollectorRegistry) -> tuple[Counter, Counter, Histogram]:
    """What counts webhooks, answers, and the time that answers took."""
    delivered = Counter(
        "filmgate_webhook_deliveries",
        "Attempts to tell webhook endpoints",
        ("outcome",),
        registry=own,
    )
    answered = Counter(
        "filmgate_http_requests",
        "HTTP requests answered",
        ("method", "route", "status"),
        registry=own,
    )
    answering = Histogram(
        "filmgate_http_request_seconds",
        "From the head of a request to the end of its answer",
        ("method", "route"),
        buckets=_HTTP_S,
        registry=own,
    )
    return delivered, answered, answering
