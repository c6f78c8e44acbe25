"""An upstream of a relay, as its operator sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUpstream:
    """One that the settings name, by the table of its engine and its own."""

    engine: str
    name: str
    kind: str
    models: tuple[str, ...]

    @property
    def id(self) -> str:
        """What an operator calls it."""
        return f"{self.engine}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamStanding:
    """How it stands: the orders that it has, and whether it gets new ones."""

    upstream: NamedUpstream
    orders: int
    drained: bool
