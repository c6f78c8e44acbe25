"""How the models of this server are: loading, ready, failed, and why."""

from collections.abc import Iterable, Mapping, Sequence

from filmgate.clock import Clock
from filmgate.domain.card import Card
from filmgate.domain.worker import Enrolment, ModelState, Readiness, best_of
from filmgate.errors import Unavailable
from filmgate.services.workers import Workers

_HOLDS_S = 1.0
_RETRY_S = 30


class Models:
    """Looks at what the live workers tell; what was seen holds for a moment."""

    def __init__(self, *, workers: Workers, clock: Clock) -> None:
        self._workers = workers
        self._clock = clock
        self._seen: Sequence[Enrolment] = ()
        self._seen_at: float | None = None

    async def states(self, cards: Iterable[Card]) -> Mapping[str, ModelState]:
        """The state of each card's model, by its id."""
        live = await self._live()
        return {card.id: state_of(card, live) for card in cards}

    async def hosted_states(self) -> Mapping[str, ModelState]:
        """The states that workers tell of by model; of other models nothing is to be told."""
        live = await self._live()
        names = sorted({name for worker in live for name in worker.condition.models})
        found = {name: best_of(_states_told(name, live)) for name in names}
        return {name: state for name, state in found.items() if state}

    async def refuse_unmakeable(self, card: Card) -> None:
        """Raise Unavailable where the card has trouble, or its workers lack what makes films."""
        told = best_of(_states_told(card.id, await self._live()))
        state = ModelState(Readiness.UNAVAILABLE, card.trouble) if card.trouble else told
        if state and state.readiness is Readiness.UNAVAILABLE:
            raise Unavailable(
                f"The model {card.id} cannot be made here: {state.why}", retry_after=_RETRY_S
            )

    async def live(self) -> Sequence[Enrolment]:
        """The workers that are there now."""
        return await self._workers.live()

    async def _live(self) -> Sequence[Enrolment]:
        now = self._clock.monotonic()
        if self._seen_at is None or now - self._seen_at >= _HOLDS_S:
            self._seen, self._seen_at = await self._workers.live(), now
        return self._seen


def state_of(card: Card, live: Sequence[Enrolment]) -> ModelState:
    """The state of a card's model: as its workers tell; of a worker that tells nothing, its own."""
    if card.trouble:
        return ModelState(Readiness.FAILED, card.trouble)
    hands = [worker for worker in live if worker.engine == card.engine]
    quiet = [worker for worker in hands if card.id not in worker.condition.models]
    own = (_own_state(worker) for worker in quiet)
    nobody = ModelState(Readiness.UNAVAILABLE, f"no worker of the engine {card.engine} is running")
    return best_of([*_states_told(card.id, hands), *own]) or nobody


def _states_told(model: str, live: Sequence[Enrolment]) -> list[ModelState]:
    found = (worker.condition.models.get(model) for worker in live)
    return [state for state in found if state]


def _own_state(worker: Enrolment) -> ModelState:
    trouble = worker.condition.trouble
    return ModelState(Readiness.UNAVAILABLE, trouble) if trouble else ModelState(Readiness.READY)
