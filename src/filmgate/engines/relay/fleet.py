"""The upstreams of a relay: which one takes the next order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from filmgate.engines.relay.fuse import Fuse
from filmgate.engines.relay.options import UpstreamOptions
from filmgate.engines.relay.outcomes import presentable
from filmgate.engines.relay.pace import Pace, Tempo
from filmgate.engines.relay.upstream import Traits, Upstream
from filmgate.engines.relay.watch import Watch


@dataclass(slots=True)
class Berth:
    """One upstream of the fleet: its plug, its options, and how it has behaved.

    `load` is how many orders are with it now. `watch` looks at them together, where it lists them.
    `rings`: it has rung, so that it need not be asked often.
    """

    name: str
    plug: Upstream
    options: UpstreamOptions
    fuse: Fuse
    pace: Pace
    tempo: Tempo
    watch: Watch | None = None
    load: int = 0
    rings: bool = False

    @property
    def traits(self) -> Traits:
        """What it can do."""
        return self.plug.traits

    @property
    def paid(self) -> bool:
        """Whether each order is charged: the operator's word, else its kind's."""
        return self.traits.paid if self.options.paid is None else self.options.paid

    @property
    def full(self) -> bool:
        """Whether it has as many orders as it may."""
        most = self.options.most_in_flight
        return bool(most) and self.load >= most

    @property
    def ready(self) -> bool:
        """Whether it takes an order now."""
        barred = self.full or self.pace.rests
        return not barred and self.fuse.allows()

    def presentable(self, message: str) -> str:
        """The upstream's words as our callers may read them."""
        headers = (value.get_secret_value() for value in self.options.headers.values())
        return presentable(message, (self.options.secret(), *headers))

    def serves(self, model: str) -> bool:
        """Whether it makes films for a model id of ours."""
        return model in self.options.models


class Fleet:
    """Chooses among upstreams."""

    def __init__(self, berths: Collection[Berth]) -> None:
        self._berths = {berth.name: berth for berth in berths}

    def __iter__(self) -> Iterator[Berth]:
        return iter(self._berths.values())

    def get(self, name: str) -> Berth | None:
        """The upstream of that name, drained or not; None when the operator took it away."""
        return self._berths.get(name)

    def serving(self, model: str) -> list[Berth]:
        """Every upstream for a model."""
        return [berth for berth in self._berths.values() if berth.serves(model)]

    def choose(self, model: str, without: Collection[str], only: str | None = None) -> Berth | None:
        """The one with the least to do for its weight, of those that take orders now.

        `without` are names of upstreams that are not asked; `only` is the one that is.
        """
        ready = [
            berth
            for berth in self.serving(model)
            if berth.name not in without and only in (None, berth.name) and berth.ready
        ]
        return min(ready, key=lambda berth: (berth.load + 1) / berth.options.weight, default=None)
