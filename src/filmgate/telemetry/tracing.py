"""The seam of traces: a span around a piece of work, in one trace from create to delivery.

A video's row and an event's carry the `traceparent` of W3C Trace Context from process to process.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, Protocol

Value = str | int | float | bool
Kind = Literal["server", "internal", "client"]


class Span(Protocol):
    """A piece of work under way."""

    def note(self, facts: Mapping[str, Value]) -> None:
        """Say more of it."""
        ...


class Tracer(Protocol):
    """Where spans come from."""

    def span(
        self,
        name: str,
        *,
        parent: str | None = None,
        kind: Kind = "internal",
        facts: Mapping[str, Value] | None = None,
    ) -> AbstractContextManager[Span]:
        """A span until the block ends: of the `traceparent` given, else of the one around it."""
        ...

    def traceparent(self) -> str | None:
        """The span that this code runs in; None where none is kept."""
        ...

    def close(self) -> None:
        """Send what is not sent yet. Blocks."""
        ...


class _NoSpan:
    def note(self, facts: Mapping[str, Value]) -> None:
        """Forget it."""


class NoTraces:
    """Keeps none."""

    @contextmanager
    def span(
        self,
        name: str,
        *,
        parent: str | None = None,
        kind: Kind = "internal",
        facts: Mapping[str, Value] | None = None,
    ) -> Iterator[Span]:
        """No span."""
        yield _NO_SPAN

    def traceparent(self) -> str | None:
        """None."""
        return None

    def close(self) -> None:
        """Nothing is to be sent."""


_NO_SPAN = _NoSpan()
NO_TRACES = NoTraces()
