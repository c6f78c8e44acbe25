"""A courier on a fresh database of each kind, a clock of the test's own, a scripted receiver."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from tests.support.videos import a_video, outputs_of
from tests.unit.store.conftest import database

from filmgate.domain.account import FIRST_ACCOUNT, Caller
from filmgate.domain.video import Video
from filmgate.domain.webhook import Delivery, Endpoint, EventType
from filmgate.net.post import Answer
from filmgate.services import moves
from filmgate.services.deliveries import Deliveries
from filmgate.services.webhooks import Webhooks
from filmgate.store.database import Database
from filmgate.testing.clock import ManualClock
from filmgate.workers.courier import Courier

__all__ = ["database"]

ME = Caller(account_id=FIRST_ACCOUNT, key_id="key_mine")
FINE = Answer(200)
BROKEN = Answer(500, "answered 500")
BOTH = tuple(EventType)


@dataclass(frozen=True)
class Got:
    """One post that arrived."""

    url: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def event_id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """Answers by URL with a script, the last answer for ever; and remembers what arrived."""

    scripts: dict[str, list[Answer | Exception]] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.got.append(Got(url, body, headers))
        script = self.scripts.get(url, [FINE])
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Desk:
    """Everything that a test of webhooks needs."""

    database: Database
    clock: ManualClock
    receiver: Receiver
    webhooks: Webhooks
    deliveries: Deliveries
    courier: Courier

    async def endpoint(self, name: str = "mine", account_id: str = FIRST_ACCOUNT) -> Endpoint:
        who = Caller(account_id=account_id, key_id="key_any")
        url = f"https://{name}.example/hook"
        return await self.webhooks.create(who, name=name, url=url, event_types=BOTH)

    async def completed(self, account_id: str = FIRST_ACCOUNT) -> Video:
        """A video that is made from first to last."""
        video = a_video(account_id=account_id)
        await self.database.write(moves.enter, video)
        now = self.clock.now()
        lease = await self.database.write(moves.claim, "animatic", "w1", now)
        assert lease is not None
        done = await self.database.write(
            moves.finish, lease.id, lease.token, outputs_of(lease), now, now + 60
        )
        assert done is not None
        return done

    async def turn(self) -> int:
        """One turn of the courier, with all that it starts."""
        started = await self.courier.run_once()
        await self.courier.drain()
        return started

    async def turns(self, seconds: float, step: float) -> None:
        """Turn again and again while time passes."""
        for _ in range(int(seconds / step)):
            self.clock.advance(step)
            await self.turn()

    async def log(self, endpoint: Endpoint) -> list[Delivery]:
        who = Caller(account_id=endpoint.account_id, key_id="key_any")
        found, _ = await self.webhooks.log(who, endpoint.id, None, 100)
        return found

    async def state(self, endpoint: Endpoint) -> Endpoint:
        who = Caller(account_id=endpoint.account_id, key_id="key_any")
        return await self.webhooks.get(who, endpoint.id)


def a_deliveries(database: Database, clock: ManualClock, receiver: Receiver) -> Deliveries:
    return Deliveries(
        database=database,
        clock=clock,
        post=receiver.post,
        timeout_s=10,
        keep_s=30 * 86400,
        jitter=lambda: 0.5,
    )


@pytest.fixture
async def desk(database: Database) -> Desk:
    clock, receiver = ManualClock(), Receiver()
    deliveries = a_deliveries(database, clock, receiver)
    return Desk(
        database=database,
        clock=clock,
        receiver=receiver,
        webhooks=Webhooks(
            database=database, clock=clock, post=receiver.post, refused=lambda _: None
        ),
        deliveries=deliveries,
        courier=Courier(deliveries=deliveries),
    )
