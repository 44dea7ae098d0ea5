"""How much waits to leave the system, over all agencies: numbers only, for Prometheus."""

from collections.abc import Callable, Iterator

from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from notification.persistence.emails import PATIENCE

HELP = {
    "suar_email_waiting": "E-mails not yet sent",
    "suar_email_oldest_seconds": "Since the oldest waiting e-mail was written",
    "suar_webhook_endpoints_resting": "Subscribers' endpoints left alone after failures",
    "suar_webhook_overdue_seconds": "By how much the most overdue subscription waits for a worker",
    "suar_feed_waiting": "Events received and not yet placed in a feed",
    "suar_feed_oldest_seconds": "Since the oldest of them was received",
}
_WAITING = text(
    "SELECT (SELECT count(*) FROM email_queue) AS suar_email_waiting, "
    "(SELECT extract(epoch FROM clock_timestamp() - min(give_up_at) + CAST(:patience AS interval)) FROM email_queue) "
    "AS suar_email_oldest_seconds, "
    "(SELECT count(*) FROM webhook_queue WHERE rest_until > clock_timestamp()) AS suar_webhook_endpoints_resting, "
    "(SELECT extract(epoch FROM max(clock_timestamp() - greatest(due_at, rest_until))) FROM webhook_queue "
    "WHERE due_at <= clock_timestamp() AND (rest_until IS NULL OR rest_until <= clock_timestamp()) "
    "AND (lease_until IS NULL OR lease_until < clock_timestamp())) AS suar_webhook_overdue_seconds, "
    "(SELECT count(*) FROM feed_queue) AS suar_feed_waiting, "
    "(SELECT extract(epoch FROM clock_timestamp() - min(heard_at)) FROM feed_queue) AS suar_feed_oldest_seconds"
)


class Waiting(Collector):
    """Asked at each scrape; a database that is away gives no numbers, and the chassis says that it is away."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        try:
            with self._engine().connect() as connection:
                row = connection.execute(_WAITING, {"patience": PATIENCE}).mappings().one()
        except SQLAlchemyError:
            return
        for name, help_text in HELP.items():
            yield GaugeMetricFamily(name, help_text, value=float(row[name] or 0))
