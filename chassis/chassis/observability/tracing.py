"""Where a piece of work stands in a trace: W3C trace context, begun where none came, with a new span at each hop.

Spans leave the process only where OTEL_EXPORTER_OTLP_ENDPOINT is set (further OTEL_… variables are the SDK's own);
elsewhere nothing of OpenTelemetry is loaded, and a hop costs a few random bytes.
"""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
SAMPLED, NOT_SAMPLED = "01", "00"
# A collector that is away must not hold up the end of a process.
EXPORT_SECONDS = 3
SERVER_ERRORS = 500


class Kind(StrEnum):
    SERVER = "SERVER"
    CONSUMER = "CONSUMER"
    CLIENT = "CLIENT"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class Hop:
    """One piece of work in a trace; `span` is OpenTelemetry's own object where spans are exported."""

    trace_id: str
    span_id: str
    flags: str = SAMPLED
    span: Any = None

    @property
    def traceparent(self) -> str:
        """The header or attribute that goes on to whatever this work causes."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    def note(self, **attributes: Any) -> None:
        """Add what became known; nothing happens where spans are not exported."""
        if self.span is not None:
            self.span.set_attributes({key: value for key, value in attributes.items() if value is not None})

    def end(self, *, failed: str = "") -> None:
        """The work is over; `failed` says in a word why it did not succeed."""
        if self.span is not None:
            if failed:
                from opentelemetry.trace import Status, StatusCode

                self.span.set_status(Status(StatusCode.ERROR, failed))
            self.span.end()


class _Exporting:
    tracer: Any = None


def is_wanted() -> bool:
    return bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT") or os.environ.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))


def start_exporting(service: str, process: str) -> bool:
    """Send spans to the collector that the environment names, from this process on; False where it names none.

    Call it after a fork: the thread that sends would not survive one.
    """
    if not is_wanted():
        return False
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    seconds = None if os.environ.get("OTEL_EXPORTER_OTLP_TIMEOUT") else EXPORT_SECONDS
    resource = Resource.create(
        {
            "service.name": service,
            "service.namespace": "suar",
            "service.instance.id": f"{socket.gethostname()}/{os.getpid()}",
            "suar.process": process,
        }
    )
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=seconds)))
    _Exporting.tracer = provider.get_tracer("suar")
    return True


def trace_id_of(traceparent: str) -> str:
    """The trace that a traceparent names; empty when it is none."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found else ""


def begin(name: str, kind: Kind, traceparent: str = "", **attributes: Any) -> Hop:
    """Begin a hop in the trace that `traceparent` names, or a trace of its own; whoever begins it calls `end`."""
    if _Exporting.tracer is not None:
        return _begin_span(name, kind, traceparent, attributes)
    found = _TRACEPARENT.fullmatch(traceparent)
    span_id = os.urandom(8).hex()
    return Hop(found[1], span_id, found[3]) if found else Hop(os.urandom(16).hex(), span_id)


def pass_by() -> Hop:
    """A hop that is never exported, for what is asked all the time and tells nothing."""
    return Hop(os.urandom(16).hex(), os.urandom(8).hex(), NOT_SAMPLED)


@contextmanager
def hop(name: str, kind: Kind, traceparent: str = "", **attributes: Any) -> Iterator[Hop]:
    """A hop around a block; its ids stand in each log line written inside."""
    begun = begin(name, kind, traceparent, **attributes)
    failed = ""
    try:
        with structlog.contextvars.bound_contextvars(trace_id=begun.trace_id, span_id=begun.span_id):
            yield begun
    except Exception as error:
        failed = type(error).__name__
        raise
    finally:
        begun.end(failed=failed)


def _begin_span(name: str, kind: Kind, traceparent: str, attributes: dict[str, Any]) -> Hop:
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    parent = TraceContextTextMapPropagator().extract({"traceparent": traceparent} if traceparent else {})
    span = _Exporting.tracer.start_span(name, context=parent, kind=SpanKind[kind.value], attributes=attributes)
    context = span.get_span_context()
    return Hop(f"{context.trace_id:032x}", f"{context.span_id:016x}", f"{int(context.trace_flags):02x}", span)
