"""A state machine: whatever two workers, clients and time do, the drawing and the books hold."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tests.support.hooks import an_endpoint
from tests.support.videos import a_video, outputs_of
from tests.unit.store.test_queue import counted_lanes, counted_rows

from filmgate.domain import ledger as books
from filmgate.domain.account import FIRST_ACCOUNT, Account, AccountLimits, BillingMode
from filmgate.domain.ledger import EntryKind
from filmgate.domain.replay import Replay
from filmgate.domain.states import MOVES, State
from filmgate.domain.video import Problem, Video
from filmgate.domain.worker import Death
from filmgate.errors import InsufficientBalance, QueueFull
from filmgate.services import billing, moves
from filmgate.store import accounts, endpoints, ledger, queue, replays, schema, videos
from filmgate.store.connections import WriteConnection
from filmgate.store.sqlite import SqliteDatabase

WORKERS = st.sampled_from(["w1", "w2"])
PREPAID, LIMITED = "acct_prepaid", "acct_limited"
ACCOUNTS = st.sampled_from([FIRST_ACCOUNT, PREPAID, LIMITED])
LIMITS = AccountLimits(max_running=1, max_queued=2)
ALLOWED = {(left, reached) for leaves, reached in MOVES.values() for left in leaves}
KEYS = st.sampled_from([None, "once", "twice"])
BROKEN = Problem(code="engine_error", message="it broke")


def told_of(conn: Any) -> list[str]:
    sql = "SELECT n.video_id FROM webhook_notices n JOIN webhook_events e ON e.id = n.event_id"
    return list(conn.sql.exec_driver_sql(sql).scalars())


def owner_of(conn: Any, video_id: str) -> bool:
    """Whether the account that has an endpoint owns a video."""
    sql = "SELECT account_id FROM videos WHERE id = ?"
    return bool(conn.sql.exec_driver_sql(sql, (video_id,)).scalar_one() == FIRST_ACCOUNT)


def insert(conn: WriteConnection, video: Video, key: str | None) -> str:
    """Put a video in line unless its key has made one; return the id of what is there."""
    if key:
        fresh = Replay(
            account_id=video.account_id,
            key=key,
            fingerprint="",
            video_id=video.id,
            created_at=video.created_at,
        )
        if not replays.take(conn, fresh):
            earlier = replays.find(conn, fresh.account_id, fresh.key, fresh.created_at)
            assert earlier is not None
            return earlier.video_id
    moves.enter(conn, video)
    return video.id


class Life(RuleBasedStateMachine):
    """Each rule is one statement of the store; leases may be long lost when they are used."""

    submitted = Bundle("submitted")
    leases = Bundle("leases")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "filmgate.db"
        schema.prepare(file)
        self.database = self.loop.run_until_complete(self._opened(file))
        self.clock = 100.0
        self.states: dict[str, State] = {}
        self.completions: dict[str, int] = {}

    async def _opened(self, file: Path) -> SqliteDatabase:
        database = SqliteDatabase(file)
        await database.write(accounts.ensure, FIRST_ACCOUNT, "first", 0.0)
        for account in (
            Account(id=PREPAID, name="prepaid", created_at=0, billing=BillingMode.PREPAID),
            Account(id=LIMITED, name="limited", created_at=0, ceiling=120_000, limits=LIMITS),
        ):
            await database.write(accounts.add, account)
        await database.write(endpoints.add, an_endpoint(FIRST_ACCOUNT))
        return database

    def write(self, function: Any, *args: Any) -> Any:
        return self.loop.run_until_complete(self.database.write(function, *args))

    def read(self, function: Any, *args: Any) -> Any:
        return self.loop.run_until_complete(self.database.read(function, *args))

    @rule(target=submitted, account=ACCOUNTS, attempts=st.integers(1, 4), key=KEYS)
    def submit(self, account: str, attempts: int, key: str | None) -> Video | None:
        video = a_video(account_id=account, max_attempts=attempts)
        before = self.balances()
        try:
            made: str = self.write(insert, video, key)
        except (InsufficientBalance, QueueFull):
            made = ""
        if made != video.id:
            assert self.balances() == before, "what is refused or replayed charges nothing"
            return None
        self.states[video.id] = State.QUEUED
        return video

    @rule(amount=st.integers(1, 200_000))
    def credit(self, amount: int) -> None:
        self.write(billing.post, books.payment(PREPAID, amount, "paid in", 2.0, None))

    @rule(target=leases, worker=WORKERS)
    def claim(self, worker: str) -> Video | None:
        in_line = self.read(queue.waits, "animatic", 0)
        video: Video | None = self.write(moves.claim, "animatic", worker, self.clock)
        assert video is None or State.QUEUED in self.states.values()
        if video is not None and video.suspect:
            assert not in_line, "a suspect goes before nobody"
            assert video.put_off_until is not None
            assert video.put_off_until <= self.clock
        assert video is not None or not in_line
        return video

    @rule(lease=leases, progress=st.integers(0, 99))
    def beat(self, lease: Video | None, progress: int) -> None:
        if lease:
            self.write(queue.beat, lease.id, lease.token, progress)

    @rule(lease=leases)
    def finish(self, lease: Video | None) -> None:
        if lease and self.write(moves.finish, lease.id, lease.token, outputs_of(lease), 2.0, 3.0):
            self.completions[lease.id] = self.completions.get(lease.id, 0) + 1

    @rule(lease=leases)
    def fail(self, lease: Video | None) -> None:
        if lease:
            self.write(moves.fail, lease.id, lease.token, BROKEN, 2.0)

    @rule(video=submitted)
    def cancel(self, video: Video | None) -> None:
        if video:
            self.write(moves.cancel, video.id, video.account_id, 2.0)

    @rule(video=submitted)
    def delete(self, video: Video | None) -> None:
        if video:
            self.write(moves.cancel, video.id, video.account_id, 2.0)
            self.write(videos.mark_deleted, video.id, video.account_id, 2.0)

    @rule(worker=WORKERS, death=st.sampled_from(Death))
    def worker_dies(self, worker: str, death: Death) -> None:
        before = {video_id: self.strikes(video_id) for video_id in self.states}
        struck = {video.id for video in self.write(moves.rescue_worker, worker, self.clock, death)}
        for video_id, strikes in before.items():
            more = video_id in struck and death is not Death.UNKNOWN
            assert self.strikes(video_id) == strikes + more

    @rule(seconds=st.sampled_from([0.5, 5.0, 60.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock += seconds

    @rule(worker=WORKERS)
    def worker_shuts_down(self, worker: str) -> None:
        self.write(moves.give_back, worker)

    @rule()
    def rescue(self) -> None:
        for seen in self.read(queue.beats):
            self.write(moves.rescue, seen, 2.0)

    @rule()
    def prune(self) -> None:
        for video_id in self.read(videos.to_sweep, 10.0):
            self.write(videos.mark_swept, video_id, 10.0)

    @invariant()
    def every_move_is_in_the_drawing(self) -> None:
        for video_id, before in list(self.states.items()):
            after = self.now(video_id)
            assert before == after or self._reachable(before, after), (before, after)
            self.states[video_id] = after

    @invariant()
    def one_suspect_runs_at_most(self) -> None:
        sql = "SELECT count(*) FROM videos WHERE state = 'running' AND strikes >= 2"
        assert self.scalar(sql) <= 1

    @invariant()
    def only_strikes_and_a_long_silence_lose_a_worker(self) -> None:
        sql = (
            "SELECT count(*) FROM videos WHERE failure IN ('worker_lost', 'out_of_memory') "
            "AND strikes < max_attempts AND memory_strikes < 2 AND attempt < 3 * max_attempts"
        )
        assert self.scalar(sql) == 0

    @invariant()
    def nothing_completes_twice(self) -> None:
        assert all(count == 1 for count in self.completions.values())
        assert all(self.now(video_id) is State.COMPLETED for video_id in self.completions)

    @invariant()
    def lanes_agree_with_rows(self) -> None:
        assert self.read(counted_lanes) == self.read(counted_rows)

    @invariant()
    def every_end_is_told_once_to_whoever_wants_it(self) -> None:
        ended = {video_id for video_id in self.states if self.now(video_id).final}
        told = self.read(told_of)
        assert len(told) == len(set(told))
        assert set(told) == {video_id for video_id in ended if self.read(owner_of, video_id)}

    @invariant()
    def accounts_agree_with_rows(self) -> None:
        rows = self.read(counted_rows)
        for account in self.read(accounts.page):
            assert (account.queued, account.running) == rows.get(account.id, (0, 0))
            assert account.id != LIMITED or account.running <= 1

    @invariant()
    def balances_are_the_sums_of_entries_and_above_their_floors(self) -> None:
        assert self.read(ledger.drifts) == []
        for account in self.read(accounts.page):
            assert account.floor is None or account.balance >= account.floor

    @invariant()
    def every_hold_ends_once_with_its_video(self) -> None:
        for video_id in self.states:
            hold, *ends = self.read(ledger.of_video, video_id)
            assert hold.kind is EntryKind.HOLD
            wanted = {State.COMPLETED: [EntryKind.CAPTURE], State.FAILED: [EntryKind.RELEASE]}
            assert [end.kind for end in ends] == wanted.get(self.now(video_id), [])

    def balances(self) -> list[tuple[int, int]]:
        return [(account.balance, account.held) for account in self.read(accounts.page)]

    def now(self, video_id: str) -> State:
        return State(self.scalar("SELECT state FROM videos WHERE id = ?", video_id))

    def strikes(self, video_id: str) -> int:
        return int(self.scalar("SELECT strikes FROM videos WHERE id = ?", video_id))

    def scalar(self, sql: str, *given: str) -> Any:
        def one(conn: Any) -> Any:
            return conn.sql.exec_driver_sql(sql, given).scalar_one()

        return self.read(one)

    @staticmethod
    def _reachable(before: State, after: State) -> bool:
        """Whether one rule, which may make two moves, leads from one state to the other."""
        middle = {reached for left, reached in ALLOWED if left == before}
        return (before, after) in ALLOWED or any((state, after) in ALLOWED for state in middle)

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        self.folder.cleanup()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
