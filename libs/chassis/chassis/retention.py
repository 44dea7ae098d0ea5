"""Retention: deletes rows whose retention period is over, in small batches, one worker of a service at a time."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, TextClause, text

from chassis.db.availability import is_away
from chassis.db.retention_watermark import advance_watermark, lowest_id_at
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.settings import BaseSettings

log = get_logger()
INTERVAL_SECONDS = 3600.0
BATCH = 1000
# Between two batches other transactions get their turn.
PAUSE_SECONDS = 0.1
ATTEMPTS_RETENTION = timedelta(days=30)
_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('suar-retention'))")
_SET_AGENCY = text("SELECT set_config('app.agency_id', :agency, true)")
# One index probe per agency in two tables without row-level security: whoever owns rows behind row-level security has
# rows in at least one of them.
_AGENCIES = text(
    "WITH RECURSIVE projected AS ((SELECT agency_id FROM projection_version ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM projection_version WHERE agency_id > projected.agency_id "
    "ORDER BY agency_id LIMIT 1) FROM projected WHERE agency_id IS NOT NULL), "
    "audited AS ((SELECT agency_id FROM audit ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM audit WHERE agency_id > audited.agency_id ORDER BY agency_id LIMIT 1) "
    "FROM audited WHERE agency_id IS NOT NULL) "
    "SELECT agency_id FROM projected WHERE agency_id <> '' UNION SELECT agency_id FROM audited WHERE agency_id <> ''"
)


@dataclass(frozen=True)
class RetentionRule:
    """Rows of one kind that are deleted once they are older than `period`.

    `statement` may use :before (a moment), :lowest_id (the lowest id generated at that moment) and :limit. `watermark`
    names the retention watermark to advance, so that deleted rows are not mistaken for rows that never existed.
    `per_agency` is for tables under row-level security.
    """

    name: str
    statement: TextClause
    period: timedelta
    watermark: str | None = None
    per_agency: bool = False


def delete_oldest(table: str, condition: str, order: str) -> TextClause:
    """Build the statement that deletes a batch of a table's oldest rows; locked rows are left for the next run."""
    return text(
        f"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} "  # noqa: S608 - constants
        f"ORDER BY {order} LIMIT :limit FOR UPDATE SKIP LOCKED))"
    )


_IDEMPOTENCY = delete_oldest("idempotency", "created_at < :before", "created_at")
_ATTEMPTS = delete_oldest("inbox_attempt", "at < :before", "at")
_INBOX = delete_oldest("inbox", "event_id < :lowest_id AND received_at < :before", "event_id")
_OUTBOX = delete_oldest(
    "outbox",
    "recorded_at < :before AND published_at IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM replay WHERE finished_at IS NULL)",
    "recorded_at",
)
_JOB_FILES = text(
    "UPDATE job SET content = NULL WHERE id IN (SELECT id FROM job WHERE status = 'DONE' AND content IS NOT NULL "
    "AND id < :lowest_id LIMIT :limit FOR UPDATE SKIP LOCKED)"
)
_JOB_ISSUES = text(
    "DELETE FROM job_issue WHERE ctid = ANY(ARRAY(SELECT i.ctid FROM job_issue AS i JOIN job ON job.id = i.job_id "
    "WHERE job.status = 'DONE' AND job.id < :lowest_id LIMIT :limit FOR UPDATE OF i SKIP LOCKED))"
)


def retention_rules(settings: BaseSettings) -> list[RetentionRule]:
    """Return the rules of every service; a period of 0 in the settings means that nothing is deleted."""
    rules = [
        RetentionRule("idempotency", _IDEMPOTENCY, timedelta(hours=settings.idempotency_retention_hours)),
        RetentionRule("inbox_attempts", _ATTEMPTS, ATTEMPTS_RETENTION),
        RetentionRule("inbox", _INBOX, timedelta(days=settings.inbox_retention_days), watermark="inbox"),
        RetentionRule("outbox", _OUTBOX, timedelta(days=settings.outbox_retention_days), watermark="outbox"),
        RetentionRule("job_files", _JOB_FILES, timedelta(days=settings.job_files_retention_days)),
        RetentionRule("job_issues", _JOB_ISSUES, timedelta(days=settings.job_issues_retention_days)),
    ]
    return [rule for rule in rules if rule.period]


@dataclass
class RetentionPurge:
    """The worker's loop that applies the retention rules."""

    engine: Engine
    rules: Sequence[RetentionRule]

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.apply_all(stop)
            stop.wait(INTERVAL_SECONDS)

    def apply_all(self, stop: threading.Event) -> None:
        """Apply every rule; one that fails is logged and tried again at the next run.

        Raise when the database is away: the worker logs it once for all its loops, and tries again within seconds.
        """
        for rule in self.rules:
            try:
                self.apply(rule, stop)
            except Exception as error:
                if is_away(error):
                    raise
                log.exception("purge_failed", rule=rule.name)

    def apply(self, rule: RetentionRule, stop: threading.Event) -> int:
        """Delete all expired rows of one rule, batch by batch, and return their number."""
        before, purged = datetime.now(UTC) - rule.period, 0
        if rule.watermark:
            # Committed before any row is deleted: whoever misses a row also sees the watermark that explains it.
            with self.engine.begin() as connection:
                advance_watermark(connection, rule.watermark, before)
        agencies = self._agencies() if rule.per_agency else [""]
        for agency in agencies:
            while not stop.is_set():
                count = self._delete_batch(rule, before, agency)
                purged += count
                if count < BATCH:
                    break
                stop.wait(PAUSE_SECONDS)
        if purged:
            metrics.PURGED.labels(rule.name).inc(purged)
            log.info("rows_purged", rule=rule.name, rows=purged, before=before.isoformat())
        return purged

    def _delete_batch(self, rule: RetentionRule, before: datetime, agency: str) -> int:
        with self.engine.begin() as connection:
            if not connection.execute(_LOCK).scalar():
                return 0
            if rule.per_agency:
                connection.execute(_SET_AGENCY, {"agency": agency})
            values = {"before": before, "lowest_id": lowest_id_at(before), "limit": BATCH}
            return connection.execute(rule.statement, values).rowcount

    def _agencies(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(_AGENCIES).scalars())
