"""Log records of the running test, also those that other threads write meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from structlog.typing import EventDict

_captures: list[list[EventDict]] = []


@contextmanager
def captured_logs() -> Iterator[list[EventDict]]:
    """Yield the list of records that all threads log inside the block, each with its `log_level`; none is written.

    structlog's own `capture_logs` empties the processors for a moment, and a thread that logs just then fails.
    """
    processors = structlog.get_config()["processors"]
    if _capture not in processors:
        # it stays: a loop over the processors in another thread would miss one if the list became shorter
        processors.insert(0, _capture)
    records: list[EventDict] = []
    _captures.append(records)
    try:
        yield records
    finally:
        _captures[:] = [one for one in _captures if one is not records]


def _capture(_logger: object, level: str, record: EventDict) -> EventDict:
    if not _captures:
        return record
    for records in _captures:
        records.append({**record, "log_level": level})
    raise structlog.DropEvent
