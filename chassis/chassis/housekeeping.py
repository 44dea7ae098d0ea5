"""Forgetting what nobody will ask for any more: in small batches, by one worker of a service at a time."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, TextClause, text

from chassis.db.availability import failure_of
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.outbox.horizon import first_id, move_horizon
from chassis.settings import BaseSettings

log = get_logger()
EVERY_SECONDS = 3600.0
BATCH = 1000
# Between two batches others get their turn.
REST_SECONDS = 0.1
ATTEMPTS_KEPT = timedelta(days=30)
_OURS = text("SELECT pg_try_advisory_xact_lock(hashtext('suar-housekeeping'))")
_IN_AGENCY = text("SELECT set_config('app.agency_id', :agency, true)")
# Agency by agency along two indexes; whoever has rows that row-level security hides has left a trace in one of them.
_AGENCIES = text(
    "WITH RECURSIVE heard AS ((SELECT agency_id FROM projection_version ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM projection_version WHERE agency_id > heard.agency_id ORDER BY agency_id LIMIT 1) "
    "FROM heard WHERE agency_id IS NOT NULL), "
    "audited AS ((SELECT agency_id FROM audit ORDER BY agency_id LIMIT 1) UNION ALL "
    "SELECT (SELECT agency_id FROM audit WHERE agency_id > audited.agency_id ORDER BY agency_id LIMIT 1) "
    "FROM audited WHERE agency_id IS NOT NULL) "
    "SELECT agency_id FROM heard WHERE agency_id <> '' UNION SELECT agency_id FROM audited WHERE agency_id <> ''"
)


@dataclass(frozen=True)
class Sweep:
    """Rows of one kind that go once they are older than `kept`.

    `statement` knows :before (a moment), :first_id (the least id made at that moment) and :limit. `horizon` names what
    is forgotten by it, so that nobody takes the forgotten for the unknown. `per_agency` is for tables under row-level
    security.
    """

    name: str
    statement: TextClause
    kept: timedelta
    horizon: str | None = None
    per_agency: bool = False


def oldest(table: str, condition: str, order: str) -> TextClause:
    """Delete a batch of a table's oldest rows; those that somebody holds wait for another time."""
    return text(
        f"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} "  # noqa: S608 - constants
        f"ORDER BY {order} LIMIT :limit FOR UPDATE SKIP LOCKED))"
    )


_IDEMPOTENCY = oldest("idempotency", "created_at < :before", "created_at")
_ATTEMPTS = oldest("inbox_attempt", "at < :before", "at")
_INBOX = oldest("inbox", "event_id < :first_id AND received_at < :before", "event_id")
_OUTBOX = oldest(
    "outbox",
    "recorded_at < :before AND published_at IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM replay WHERE finished_at IS NULL)",
    "recorded_at",
)
_JOB_FILES = text(
    "UPDATE job SET content = NULL WHERE id IN (SELECT id FROM job WHERE status = 'DONE' AND content IS NOT NULL "
    "AND id < :first_id LIMIT :limit FOR UPDATE SKIP LOCKED)"
)
_JOB_ISSUES = text(
    "DELETE FROM job_issue WHERE ctid = ANY(ARRAY(SELECT i.ctid FROM job_issue AS i JOIN job ON job.id = i.job_id "
    "WHERE job.status = 'DONE' AND job.id < :first_id LIMIT :limit FOR UPDATE OF i SKIP LOCKED))"
)


def sweeps_of(settings: BaseSettings) -> list[Sweep]:
    """What every service forgets, and when; a setting of 0 days keeps for ever."""
    found = [
        Sweep("idempotency", _IDEMPOTENCY, timedelta(hours=settings.idempotency_kept_hours)),
        Sweep("inbox_attempts", _ATTEMPTS, ATTEMPTS_KEPT),
        Sweep("inbox", _INBOX, timedelta(days=settings.inbox_kept_days), horizon="inbox"),
        Sweep("outbox", _OUTBOX, timedelta(days=settings.outbox_kept_days), horizon="outbox"),
        Sweep("job_files", _JOB_FILES, timedelta(days=settings.job_files_kept_days)),
        Sweep("job_issues", _JOB_ISSUES, timedelta(days=settings.job_issues_kept_days)),
    ]
    return [sweep for sweep in found if sweep.kept]


@dataclass
class Housekeeping:
    """The worker's loop that forgets."""

    engine: Engine
    sweeps: Sequence[Sweep]

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.once(stop)
            stop.wait(EVERY_SECONDS)

    def once(self, stop: threading.Event) -> None:
        """Forget all that is due; a kind that fails waits for the next time, and holds up no other."""
        for sweep in self.sweeps:
            try:
                self.sweep(sweep, stop)
            except Exception as error:
                log.exception("sweep_failed", what=sweep.name, **failure_of(error))

    def sweep(self, sweep: Sweep, stop: threading.Event) -> int:
        """Delete all that is due of one kind, batch by batch; gives how many rows went."""
        before, gone = datetime.now(UTC) - sweep.kept, 0
        if sweep.horizon:
            # committed before anything is forgotten: whoever misses a row sees the horizon that explains it
            with self.engine.begin() as connection:
                move_horizon(connection, sweep.horizon, before)
        agencies = self._agencies() if sweep.per_agency else [""]
        for agency in agencies:
            while not stop.is_set():
                count = self._batch(sweep, before, agency)
                gone += count
                if count < BATCH:
                    break
                stop.wait(REST_SECONDS)
        if gone:
            metrics.FORGOTTEN.labels(sweep.name).inc(gone)
            log.info("rows_forgotten", what=sweep.name, rows=gone, before=before.isoformat())
        return gone

    def _batch(self, sweep: Sweep, before: datetime, agency: str) -> int:
        with self.engine.begin() as connection:
            if not connection.execute(_OURS).scalar():
                return 0
            if sweep.per_agency:
                connection.execute(_IN_AGENCY, {"agency": agency})
            values = {"before": before, "first_id": first_id(before), "limit": BATCH}
            return connection.execute(sweep.statement, values).rowcount

    def _agencies(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(_AGENCIES).scalars())
