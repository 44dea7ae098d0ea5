"""Spans of W3C trace context: ids for the log everywhere, exported where an OpenTelemetry collector is configured.

Spans are exported only where OTEL_EXPORTER_OTLP_ENDPOINT is set (further OTEL_… variables are the SDK's own); elsewhere
nothing of OpenTelemetry is imported, and a span costs a few random bytes. See docs/decisions/0010.
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
# A collector that is down must not delay the exit of a process.
EXPORT_SECONDS = 3
SERVER_ERRORS = 500


class Kind(StrEnum):
    SERVER = "SERVER"
    CONSUMER = "CONSUMER"
    CLIENT = "CLIENT"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class Span:
    """One unit of work in a trace; `exported` is OpenTelemetry's own span where spans are exported."""

    trace_id: str
    span_id: str
    flags: str = SAMPLED
    exported: Any = None

    @property
    def traceparent(self) -> str:
        """Return the header by which whatever this work causes joins the trace."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    def set_attributes(self, **attributes: Any) -> None:
        """Add attributes; None values are left out. Does nothing where spans are not exported."""
        if self.exported is not None:
            self.exported.set_attributes({key: value for key, value in attributes.items() if value is not None})

    def end(self, *, failed: str = "") -> None:
        """End the span; a non-empty `failed` sets the error status."""
        if self.exported is not None:
            if failed:
                from opentelemetry.trace import Status, StatusCode

                self.exported.set_status(Status(StatusCode.ERROR, failed))
            self.exported.end()


class _Exporting:
    tracer: Any = None


def is_configured() -> bool:
    """Return whether the environment names a collector."""
    return bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT") or os.environ.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))


def start_exporting(service: str, process: str) -> bool:
    """Start exporting spans to the collector that the environment names; return False where it names none.

    Call it after a fork: the exporting thread would not survive one.
    """
    if not is_configured():
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
    """Return the trace id in a traceparent; empty when the traceparent is not valid."""
    found = _TRACEPARENT.fullmatch(traceparent)
    return found[1] if found else ""


def start_span(name: str, kind: Kind, traceparent: str = "", **attributes: Any) -> Span:
    """Start a span in the trace of `traceparent`, or in a new trace; the caller must call `end`."""
    if _Exporting.tracer is not None:
        return _start_exported_span(name, kind, traceparent, attributes)
    found = _TRACEPARENT.fullmatch(traceparent)
    span_id = os.urandom(8).hex()
    return Span(found[1], span_id, found[3]) if found else Span(os.urandom(16).hex(), span_id)


def unsampled_span() -> Span:
    """Return a span that is never exported, for health checks and scrapes."""
    return Span(os.urandom(16).hex(), os.urandom(8).hex(), NOT_SAMPLED)


@contextmanager
def span(name: str, kind: Kind, traceparent: str = "", **attributes: Any) -> Iterator[Span]:
    """Run a block inside a span whose ids are bound to each log line."""
    started = start_span(name, kind, traceparent, **attributes)
    failed = ""
    try:
        with structlog.contextvars.bound_contextvars(trace_id=started.trace_id, span_id=started.span_id):
            yield started
    except Exception as error:
        failed = type(error).__name__
        raise
    finally:
        started.end(failed=failed)


def _start_exported_span(name: str, kind: Kind, traceparent: str, attributes: dict[str, Any]) -> Span:
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    parent = TraceContextTextMapPropagator().extract({"traceparent": traceparent} if traceparent else {})
    exported = _Exporting.tracer.start_span(name, context=parent, kind=SpanKind[kind.value], attributes=attributes)
    context = exported.get_span_context()
    return Span(f"{context.trace_id:032x}", f"{context.span_id:016x}", f"{int(context.trace_flags):02x}", exported)
