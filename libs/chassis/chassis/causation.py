"""Causation context: the ids that tie a request or an event to everything that follows from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Causation:
    """Correlation id of the whole chain, id of the direct cause, and the W3C trace context."""

    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""


NO_CAUSATION = Causation()
_current: ContextVar[Causation] = ContextVar("causation", default=NO_CAUSATION)


@contextmanager
def caused_by(causation: Causation) -> Iterator[None]:
    """Attach this causation to every event that is recorded inside the block."""
    token = _current.set(causation)
    try:
        yield
    finally:
        _current.reset(token)


def set_causation(causation: Causation) -> object:
    """Set the causation of the current context; pass the returned token to `reset_causation`."""
    return _current.set(causation)


def reset_causation(token: object) -> None:
    """Restore the causation that was set before."""
    _current.reset(token)  # type: ignore[arg-type]


def current_causation() -> Causation:
    """Return the causation of the current context."""
    return _current.get()


def propagation_headers() -> dict[str, str]:
    """Return the HTTP headers that carry the current causation to another service."""
    causation = _current.get()
    headers = {"X-Request-Id": causation.correlation_id, "traceparent": causation.traceparent}
    return {name: value for name, value in headers.items() if value}
