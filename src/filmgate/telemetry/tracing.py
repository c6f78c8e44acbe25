"""The seam of traces: a span around a piece of work, in one trace from create to delivery.

A video's row and an event's carry the `traceparent` of W3C Trace Context from process to process.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

Value = str | int | float | bool
Kind = Literal["server", "internal", "client"]


class Span:
    """A piece of work under way; of this one nothing is kept."""

    def note(self, facts: Mapping[str, Value]) -> None:
        """Say more of it."""


class Tracer:
    """Where spans come from; this one keeps none."""

    @contextmanager
    def span(
        self,
        name: str,
        *,
        parent: str | None = None,
        kind: Kind = "internal",
        facts: Mapping[str, Value] | None = None,
    ) -> Iterator[Span]:
        """A span until the block ends: of the `traceparent` given, else of the one around it.

        An error that leaves the block is noted in it.
        """
        yield _NO_SPAN

    def traceparent(self) -> str | None:
        """The span that this code runs in; None where none is kept."""
        return None

    def close(self) -> None:
        """Send what is not sent yet. Blocks."""


_NO_SPAN = Span()
NO_TRACES = Tracer()
