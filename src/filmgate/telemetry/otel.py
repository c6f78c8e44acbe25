"""Traces by OpenTelemetry, sent to a collector over OTLP. Needs the extra `otel`.

Sampling, headers and the service's name are set by OpenTelemetry's own variables: `OTEL_…`.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from filmgate import __version__
from filmgate.telemetry.tracing import Kind, Span, Tracer, Value

_EXPORT_S = 5
_CARRIER = TraceContextTextMapPropagator()
_KINDS = {
    "server": trace.SpanKind.SERVER,
    "internal": trace.SpanKind.INTERNAL,
    "client": trace.SpanKind.CLIENT,
}


def sender(address: str) -> SpanProcessor:
    """What sends spans to the collector at an address, some at a time."""
    exporter = OTLPSpanExporter(f"{address.rstrip('/')}/v1/traces", timeout=_EXPORT_S)
    return BatchSpanProcessor(exporter)


class OtelTraces(Tracer):
    """A tracer of a provider of its own; nothing global is touched."""

    def __init__(self, processor: SpanProcessor) -> None:
        about = {
            "service.name": os.environ.get("OTEL_SERVICE_NAME", "filmgate"),
            "service.version": __version__,
        }
        self._provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("filmgate", __version__)

    @contextmanager
    def span(
        self,
        name: str,
        *,
        parent: str | None = None,
        kind: Kind = "internal",
        facts: Mapping[str, Value] | None = None,
    ) -> Iterator[Span]:
        """The same, kept."""
        around = None if parent is None else _CARRIER.extract({"traceparent": parent}, Context())
        with self._tracer.start_as_current_span(
            name, context=around, kind=_KINDS[kind], attributes=dict(facts or {})
        ) as span:
            yield _OtelSpan(span)

    def traceparent(self) -> str | None:
        """As the header spells it."""
        carrier: dict[str, str] = {}
        _CARRIER.inject(carrier)
        return carrier.get("traceparent")

    def close(self) -> None:
        """Ends the exporter, too."""
        self._provider.shutdown()


class _OtelSpan(Span):
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def note(self, facts: Mapping[str, Value]) -> None:
        """Say more of it."""
        self._span.set_attributes(dict(facts))
