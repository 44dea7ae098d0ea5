"""The /metrics of an API: its requests, and the backlog in its database, whether a worker runs or not."""

from collections.abc import Iterator, Sequence

from flask import Flask, Response, request
from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from chassis.auth import allow_public
from chassis.backlog import Backlog, read_backlog
from chassis.observability.logging import get_logger
from chassis.observability.metrics import exposition
from chassis.unit_of_work import UnitOfWork

log = get_logger()
GAUGES = {
    "outbox": ("suar_outbox_events", "Recorded, not yet published"),
    "outbox_age": ("suar_outbox_oldest_seconds", "Age of the oldest unpublished event"),
    "deferred": ("suar_deferred_events", "Events that failed and will be retried"),
    "deferred_age": ("suar_deferred_oldest_seconds", "Since the first failure of the oldest deferred event"),
    "parked": ("suar_parked_events", "Events that wait for the operator"),
    "parked_age": ("suar_parked_oldest_seconds", "Since the oldest parked event was parked"),
    "jobs_open": ("suar_jobs_open", "Bulk work queued or running"),
    "jobs_failed": ("suar_jobs_failed", "Bulk work that failed"),
    "timers_failing": ("suar_timers_failing", "Timers whose handler has failed at least once"),
    "audit_unsealed": ("suar_audit_unsealed", "Audit rows not yet in the hash chain"),
}
_OVERDUE = text("SELECT extract(epoch FROM CAST(:now AS timestamptz) - min(due_at)) FROM timer WHERE due_at <= :now")


class BacklogCollector(Collector):
    """Reads the backlog at each scrape; a database that is down is itself a sample."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def collect(self) -> Iterator[Metric]:
        found = self._read()
        yield GaugeMetricFamily("suar_database_up", "Whether the database answers", value=0.0 if found is None else 1.0)
        if found is None:
            return
        backlog, overdue = found
        for field, (name, help_text) in GAUGES.items():
            yield GaugeMetricFamily(name, help_text, value=float(getattr(backlog, field) or 0))
        help_text = "By how much the most overdue timer is late, in business time"
        yield GaugeMetricFamily("suar_timers_overdue_seconds", help_text, value=overdue)

    def _read(self) -> tuple[Backlog, float] | None:
        try:
            with Session(self._work.database.engine) as session:
                session.execute(text("SET LOCAL statement_timeout = '3s'"))
                overdue = session.execute(_OVERDUE, {"now": self._work.clock.now()}).scalar()
                return read_backlog(session), float(overdue or 0)
        except SQLAlchemyError as error:
            log.warning("backlog_not_read", error=repr(error)[:300])
            return None


def add_metrics(app: Flask, work: UnitOfWork, further: Sequence[Collector]) -> None:
    """Add the route /metrics."""
    collectors = [BacklogCollector(work), *further]

    @allow_public(reason="numbers without names, for Prometheus on the inner network; the edge does not route here")
    def metrics() -> Response:
        body, content_type = exposition(collectors, request.headers.get("Accept", ""))
        return Response(body, content_type=content_type)

    app.add_url_rule("/metrics", view_func=metrics)
