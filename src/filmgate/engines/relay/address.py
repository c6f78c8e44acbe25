"""Where an upstream is, and what it knows us by. Imports nothing heavy: every process reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an upstream is, and what proves to it who we are.

    `answer_s` is how long it may take to answer a create; other requests get at most 30 s.
    """

    url: str
    key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    answer_s: float = 120.0

    def credentials(self) -> dict[str, str]:
        """The headers that must never go to another host."""
        bearer = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return bearer | dict(self.headers)

    def secrets(self) -> tuple[str, ...]:
        """What no message may show."""
        return (self.key, *self.headers.values())
