import asyncio

import pytest

from filmgate.services.turns import Turns


class Line:
    """Who is inside, and who came in after whom; each stays until it is told to leave."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.inside: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._doors: dict[str, asyncio.Event] = {}

    async def come(self, name: str) -> None:
        self._doors[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._stay(name))
        await self.settle()

    async def leave(self, name: str) -> None:
        self._doors[name].set()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def _stay(self, name: str) -> None:
        async with self._turns.take_turn(name[0]):
            self.inside.append(name)
            await self._doors[name].wait()
            self.inside.remove(name)


@pytest.fixture
def line() -> Line:
    return Line(Turns(total=2, each=1))


async def test_one_account_has_one_turn_and_all_have_two(line: Line) -> None:
    for name in ("a1", "a2", "b1", "c1"):
        await line.come(name)
    assert line.inside == ["a1", "b1"]


async def test_accounts_are_let_in_by_turns(line: Line) -> None:
    for name in ("a1", "b1", "a2", "a3", "c1", "a4"):
        await line.come(name)
    await line.leave("b1")
    assert line.inside == ["a1", "c1"]
    await line.leave("a1")
    assert line.inside == ["c1", "a2"]


async def test_who_gives_up_waiting_holds_up_nobody(line: Line) -> None:
    for name in ("a1", "b1", "c1", "d1"):
        await line.come(name)
    line.tasks["c1"].cancel()
    await line.settle()
    await line.leave("a1")
    assert line.inside == ["b1", "d1"]


async def test_a_turn_given_to_one_who_goes_is_given_on(line: Line) -> None:
    for name in ("a1", "b1", "c1", "d1"):
        await line.come(name)
    line._doors["a1"].set()
    line.tasks["c1"].cancel()
    await line.settle()
    assert line.inside == ["b1", "d1"]
    await line.leave("b1")
    await line.leave("d1")
    await line.come("e1")
    await line.come("f1")
    assert line.inside == ["e1", "f1"]
