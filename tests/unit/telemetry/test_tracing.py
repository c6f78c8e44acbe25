"""Spans by OpenTelemetry's own SDK, and what is carried from process to process."""

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from filmgate.telemetry.otel import OtelTraces
from filmgate.telemetry.tracing import NO_TRACES

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def kept() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traces(kept: InMemorySpanExporter) -> OtelTraces:
    return OtelTraces(SimpleSpanProcessor(kept))


def test_a_span_goes_on_with_the_trace_that_is_given(
    traces: OtelTraces, kept: InMemorySpanExporter
) -> None:
    with traces.span("POST", parent=PARENT, kind="server") as span:
        carried = traces.traceparent()
        span.note({"http.route": "/v1/videos"})
    assert carried is not None
    assert carried.split("-")[1] == PARENT.split("-")[1]
    with traces.span("video", parent=carried), traces.span("generate"):
        pass
    asked, generate, video = kept.get_finished_spans()
    assert [one.name for one in (asked, generate, video)] == ["POST", "generate", "video"]
    assert {one.context.trace_id for one in (asked, generate, video)} == {
        int(PARENT.split("-")[1], 16)
    }
    assert asked.parent is not None
    assert asked.parent.span_id == int(PARENT.split("-")[2], 16)
    assert video.parent is not None
    assert video.parent.span_id == asked.context.span_id
    assert generate.parent is not None
    assert generate.parent.span_id == video.context.span_id
    assert dict(asked.attributes or {}) == {"http.route": "/v1/videos"}


def test_an_error_is_noted_in_its_span(traces: OtelTraces, kept: InMemorySpanExporter) -> None:
    with pytest.raises(RuntimeError), traces.span("video"):
        raise RuntimeError("broken")
    (span,) = kept.get_finished_spans()
    assert not span.status.is_ok
    assert [event.name for event in span.events] == ["exception"]


def test_a_parent_that_is_none_begins_a_trace(
    traces: OtelTraces, kept: InMemorySpanExporter
) -> None:
    with traces.span("POST", parent="nonsense"):
        assert traces.traceparent() is not None
    (span,) = kept.get_finished_spans()
    assert span.parent is None
    assert traces.traceparent() is None


def test_nothing_is_kept_where_nothing_is_wanted() -> None:
    with NO_TRACES.span("POST") as span:
        span.note({"a": 1})
        assert NO_TRACES.traceparent() is None
