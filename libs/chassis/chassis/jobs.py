"""Bulk work as resumable jobs: one transaction per step holds both the effect and the progress."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from chassis.causation import Causation, caused_by
from chassis.db.availability import failure_of, is_lock_conflict, reason_of
from chassis.db.listen import notify
from chassis.due import JOB_CHANNEL
from chassis.ids import new_id
from chassis.observability import metrics, tracing
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.views import encode

T = TypeVar("T")

log = get_logger()
ATTEMPTS = 5
_START = text(
    "INSERT INTO job (id, agency_id, kind, key, params, content, created_by, created_at, updated_at) "
    "VALUES (:id, :agency, :kind, :key, CAST(:params AS jsonb), :content, :by, :now, :now) "
    "ON CONFLICT (agency_id, kind, key) DO NOTHING RETURNING id"
)
# Only read: whoever starts a job may hold what the running step of the earlier one waits for.
_STARTED_BEFORE = text("SELECT id FROM job WHERE agency_id = :agency AND kind = :kind AND key = :key")
_OPEN = "status IN ('QUEUED', 'RUNNING')"
# An attempt is counted, and the next one planned, before it is made: a step that kills its process cannot undo that.
# The agency whose last step is the longest ago comes first (`not_before` shows it), and of each agency the oldest job.
_CLAIM = text(
    "UPDATE job SET attempts = attempts + 1, "  # noqa: S608 - a constant
    "not_before = clock_timestamp() + make_interval(secs => power(2, attempts)) "
    f"WHERE id = (SELECT j.id FROM job j WHERE j.{_OPEN} "
    "AND (j.not_before IS NULL OR j.not_before <= clock_timestamp()) AND j.kind = ANY(:kinds) "
    f"ORDER BY (SELECT max(o.not_before) FROM job o WHERE o.agency_id = j.agency_id AND o.{_OPEN}) NULLS FIRST, "
    "j.created_at, j.id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, attempts"
)
_TAKE = text(
    "SELECT id, agency_id, kind, params, cursor, content, total, processed, issues, created_by, attempts FROM job "  # noqa: S608
    f"WHERE id = :id AND attempts = :attempts AND {_OPEN} FOR UPDATE"
)
_ADVANCE = text(
    "UPDATE job SET status = :status, cursor = CAST(:cursor AS jsonb), total = :total, processed = :processed, "
    "issues = :issues, result = CAST(:result AS jsonb), error = NULL, attempts = 0, not_before = clock_timestamp(), "
    "updated_at = :now, finished_at = CASE WHEN :status = 'DONE' THEN CAST(:now AS timestamptz) END WHERE id = :id"
)
_ISSUE = text(
    "INSERT INTO job_issue (job_id, number, row_number, column_name, value, code, expected) "
    "VALUES (:job, :number, :row, :column, :value, :code, :expected)"
)
_RESUME = text(
    "UPDATE job SET status = 'QUEUED', attempts = 0, not_before = NULL, error = NULL, updated_at = :now "
    "WHERE id = :id AND agency_id = :agency AND status = 'FAILED' RETURNING id"
)
_FAILED = text(
    "UPDATE job SET error = :error, updated_at = clock_timestamp(), "
    "status = CASE WHEN attempts >= :limit THEN 'FAILED' ELSE status END, "
    "not_before = clock_timestamp() + make_interval(secs => power(2, attempts - 1)) WHERE id = :id"
)
# The attempt does not count: nothing is wrong with the step.
_GAVE_WAY = text(
    "UPDATE job SET attempts = greatest(0, attempts - 1), not_before = clock_timestamp() + interval '1 s' "
    "WHERE id = :id"
)


def start(
    tx: Transaction,
    kind: str,
    params: object,
    created_by: UUID | None,
    content: bytes | None = None,
    key: str | None = None,
) -> UUID:
    """Queue bulk work and return the job's id: that of the earlier job when one has the same kind and key.

    `params` is a frozen dataclass, which the steps read with `job.params_as`.
    """
    values = {
        "id": new_id(),
        "agency": tx.agency_id,
        "kind": kind,
        "key": key,
        "params": encode(params).decode(),
        "content": content,
        "by": created_by,
        "now": tx.now,
    }
    found: UUID | None = None
    while found is None:  # retention may take the earlier job away between the two statements
        found = tx.session.execute(_START, values).scalar() or tx.session.execute(_STARTED_BEFORE, values).scalar()
    notify(tx.session, JOB_CHANNEL)
    return found


def resume(tx: Transaction, job_id: UUID) -> bool:
    """Queue a job that was given up again, at the step at which it was; return False for one that was not."""
    values = {"id": job_id, "agency": tx.agency_id, "now": tx.now}
    resumed = tx.session.execute(_RESUME, values).first() is not None
    if resumed:
        notify(tx.session, JOB_CHANNEL)
    return resumed


@dataclass(frozen=True)
class Nothing:
    """The cursor or the result of a step that leaves none."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a step leaves: where to go on (`cursor`), rows processed by this step, and whether that was the last.

    `cursor` and `result` are frozen dataclasses of the job's own. They are stored as JSON: the next step reads the
    cursor with `job.cursor_as`, and whoever asks for the job sees the result.
    """

    finished: bool = False
    processed: int = 0
    cursor: object = Nothing()
    total: int | None = None
    result: object = Nothing()


@dataclass
class Job:
    """A job as its step sees it. `cursor` is what the previous step left; `content` the uploaded file, if any.

    `params` and `cursor` are as they were stored; the step reads them as the dataclasses that were given.
    """

    id: UUID
    agency_id: str
    params: object
    cursor: object
    content: bytes
    total: int | None
    processed: int
    created_by: UUID | None
    issues: int
    found: list[dict[str, object]] = field(default_factory=list)

    def params_as(self, kind: type[T]) -> T:
        """Return what the job was started with. Raise msgspec.ValidationError where it is no `kind`."""
        return msgspec.convert(self.params, kind)

    def cursor_as(self, kind: type[T]) -> T:
        """Return what the previous step left; before the first step, `kind` with its defaults."""
        return msgspec.convert(self.cursor, kind)

    def issue(self, row: int | None, column: str, value: object, code: str, expected: str) -> None:
        """Record a bad row: its number in the file, the column, the value, and in Indonesian what is right."""
        self.issues += 1
        shown = "" if value is None else str(value)[:500]
        self.found.append(
            {
                "job": self.id,
                "number": self.issues,
                "row": row,
                "column": column,
                "value": shown,
                "code": code,
                "expected": expected,
            }
        )


StepHandler = Callable[[Transaction, Job], Step]


@dataclass
class Jobs:
    """A table of step functions by kind: `@jobs.on("import_employees")`."""

    _handlers: dict[str, StepHandler] = field(default_factory=dict)

    def on(self, kind: str) -> Callable[[StepHandler], StepHandler]:
        def register(handler: StepHandler) -> StepHandler:
            self._handlers[kind] = handler
            return handler

        return register

    @property
    def kinds(self) -> Collection[str]:
        return self._handlers.keys()

    def run_step(self, work: UnitOfWork) -> bool:
        """Run one step of a job that nobody else is running, the agencies in turn; False when there is none."""
        if not self._handlers:
            return False
        with work.database.engine.begin() as connection:
            claim = connection.execute(_CLAIM, {"kinds": list(self._handlers)}).first()
        if claim is None:
            return False
        with Session(work.database.engine, expire_on_commit=False) as session:
            row = session.execute(_TAKE, {"id": claim.id, "attempts": claim.attempts}).first()
            if row is not None and row.attempts > ATTEMPTS:
                _give_up(session, row)
            elif row is not None:
                self._step(work, session, row)
            session.commit()
        return True

    def _step(self, work: UnitOfWork, session: Session, row: Row[Any]) -> None:
        job = Job(
            id=row.id,
            agency_id=row.agency_id,
            params=row.params,
            cursor=row.cursor,
            content=bytes(row.content or b""),
            total=row.total,
            processed=row.processed,
            created_by=row.created_by,
            issues=row.issues,
        )
        started = time.perf_counter()
        try:
            with (
                tracing.span(f"job {row.kind}", tracing.Kind.INTERNAL) as here,
                session.begin_nested(),
                caused_by(Causation(str(row.id), str(row.id), here.traceparent)),
                work.bound(session, row.agency_id) as transaction,
            ):
                step = self._handlers[row.kind](transaction, job)
                _save(session, transaction, job, step)
            metrics.JOB_STEPS.labels(row.kind, "done").inc()
        except Exception as error:
            if is_lock_conflict(error):
                log.warning("job_step_gives_way", job_id=str(row.id), kind=row.kind, reason=reason_of(error))
                session.expunge_all()
                session.execute(_GAVE_WAY, {"id": row.id})
                return
            log.exception("job_step_failed", job_id=str(row.id), kind=row.kind, **failure_of(error))
            metrics.JOB_STEPS.labels(row.kind, "failed").inc()
            session.expunge_all()
            session.execute(_FAILED, {"id": row.id, "error": repr(error)[:2000], "limit": ATTEMPTS})
        metrics.JOB_SECONDS.labels(row.kind).observe(time.perf_counter() - started)


def _give_up(session: Session, row: Row[Any]) -> None:
    """End a job of which no attempt at the same step has come to an end any more."""
    log.error("job_step_killed", job_id=str(row.id), kind=row.kind, attempts=ATTEMPTS)
    metrics.JOB_STEPS.labels(row.kind, "killed").inc()
    error = f"process_killed: the worker died on the last of {ATTEMPTS} attempts at this step"
    session.execute(_FAILED, {"id": row.id, "error": error, "limit": ATTEMPTS})


def _save(session: Session, transaction: Transaction, job: Job, step: Step) -> None:
    if job.found:
        session.execute(_ISSUE, job.found)
    session.execute(
        _ADVANCE,
        {
            "id": job.id,
            "status": "DONE" if step.finished else "RUNNING",
            "cursor": encode(step.cursor).decode(),
            "total": step.total if step.total is not None else job.total,
            "processed": job.processed + step.processed,
            "issues": job.issues,
            "result": encode(step.result).decode(),
            "now": transaction.now,
        },
    )
