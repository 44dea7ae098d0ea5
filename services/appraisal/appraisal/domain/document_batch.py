"""Papers of many evaluations at once: what is asked for, how far it has come, and the files in parts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.document import Document, DocumentKind
from appraisal.domain.document_errors import (
    DocumentBatchEnded,
    DocumentBatchNotReady,
    DocumentBatchNotResumed,
    NothingToPrint,
    TooManyToPrint,
)
from appraisal.domain.paper_people import PaperName
from appraisal.domain.periods import Period
from appraisal.domain.refusal_words import in_words
from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from documents.papers import DocumentFormat

MOST_EVALUATIONS = 20_000
LARGEST_PART = 50_000_000
_EVALUATIONS = (DocumentKind.PERIODIC_EVALUATION, DocumentKind.ANNUAL_EVALUATION)


class BatchState(StrEnum):
    """EXPIRED: its files are removed. FAILED: the job was given up; it can be resumed, or cancelled."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class AskForDocuments:
    """The evaluations of a year or a part of it, in a unit with all below it or in the whole agency."""

    year: int
    quarter: int | None
    month: int | None
    unit_id: UUID | None
    kinds: tuple[DocumentKind, ...]
    formats: tuple[DocumentFormat, ...]

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @property
    def wanted_kinds(self) -> tuple[DocumentKind, ...]:
        """Return the kinds; unless they are named, the annual evaluations of a year, the periodic of a part of it.

        Raise InvalidInput for what the period has none of.
        """
        own = _EVALUATIONS[1:] if self.period.is_year else _EVALUATIONS[:1]
        possible = _EVALUATIONS if self.period.is_year else own
        for at, kind in enumerate(self.kinds):
            if kind not in possible:
                raise InvalidInput(
                    errors=[FieldError(f"kinds.{at}", "kind_not_in_period", kind, " atau ".join(possible))]
                )
        return tuple(dict.fromkeys(self.kinds)) or own


@dataclass(frozen=True)
class EvaluationToMake:
    """An evaluation that is chosen, and whom its paper names."""

    id: UUID
    employee_id: UUID
    appraiser_id: UUID
    reviewer_id: UUID | None
    decided_by: UUID | None

    @property
    def people(self) -> tuple[UUID | None, ...]:
        return (self.employee_id, self.appraiser_id, self.reviewer_id, self.decided_by)


def require_some(chosen: Sequence[EvaluationToMake], period: Period) -> None:
    """Raise NothingToPrint, or TooManyToPrint."""
    if not chosen:
        raise NothingToPrint(period=str(period))
    if len(chosen) > MOST_EVALUATIONS:
        raise TooManyToPrint(most=MOST_EVALUATIONS)


@dataclass(frozen=True)
class BatchContent:
    """What the job is given: the evaluations in their order, and by what the people are named, None where unknown."""

    evaluations: tuple[UUID, ...]
    names: dict[UUID, PaperName | None]


@dataclass(frozen=True)
class DocumentBatch:
    id: UUID
    year: int
    quarter: int | None
    month: int | None
    unit_id: UUID | None
    kinds: tuple[DocumentKind, ...]
    formats: tuple[DocumentFormat, ...]
    total: int
    asked_by: UUID
    asked_at: datetime
    made: int = 0
    failed: int = 0
    finished_at: datetime | None = None
    cancelled_at: datetime | None = None
    failed_at: datetime | None = None
    version: int = 1

    @classmethod
    def asked(cls, batch_id: UUID, command: AskForDocuments, total: int, by: UUID, now: datetime) -> "DocumentBatch":
        return cls(
            id=batch_id,
            year=command.year,
            quarter=command.quarter,
            month=command.month,
            unit_id=command.unit_id,
            kinds=command.wanted_kinds,
            formats=tuple(dict.fromkeys(command.formats)),
            total=total,
            asked_by=by,
            asked_at=now,
        )

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    @property
    def done(self) -> int:
        return self.made + self.failed

    @property
    def has_ended(self) -> bool:
        return any(moment is not None for moment in (self.finished_at, self.cancelled_at, self.failed_at))

    def advanced(self, made: int, failed: int, now: datetime) -> "DocumentBatch":
        """Return it after a step, finished with the last evaluation."""
        after = replace(self, made=self.made + made, failed=self.failed + failed)
        return replace(after, finished_at=now) if after.done == self.total else after

    def cancelled(self, now: datetime) -> "DocumentBatch":
        """Return it cancelled; a repeat changes nothing. Raise DocumentBatchEnded for one that is finished."""
        if self.finished_at is not None:
            raise DocumentBatchEnded(state=in_words(BatchState.DONE))
        return self if self.cancelled_at is not None else replace(self, cancelled_at=now, failed_at=None)

    def given_up(self, now: datetime) -> "DocumentBatch":
        """Return it as failed: its job was given up, and the next batch need not wait for it."""
        return replace(self, failed_at=now)

    def resumed(self) -> "DocumentBatch":
        return replace(self, failed_at=None)


@dataclass(frozen=True)
class BatchToday:
    """A batch with what time and its job make of it; `days` is how long files are kept."""

    batch: DocumentBatch
    job_failed: bool
    days: int
    now: datetime

    @property
    def available_until(self) -> datetime:
        return self.batch.asked_at + timedelta(days=self.days)

    @property
    def state(self) -> BatchState:
        if self.batch.cancelled_at is not None:
            return BatchState.CANCELLED
        has_failed = self.job_failed or self.batch.failed_at is not None
        if self.batch.finished_at is None and not has_failed:
            return BatchState.RUNNING
        if self.now > self.available_until:
            return BatchState.EXPIRED
        return BatchState.DONE if self.batch.finished_at is not None else BatchState.FAILED

    @property
    def has_files(self) -> bool:
        """Return whether what was made can be downloaded: all of it, or what there was when it failed."""
        return self.state in (BatchState.DONE, BatchState.FAILED)

    def require_failed(self) -> None:
        """Raise DocumentBatchNotResumed."""
        if self.state is not BatchState.FAILED:
            raise DocumentBatchNotResumed(state=in_words(self.state))

    def require_ready(self) -> None:
        """Raise DocumentBatchNotReady."""
        if not self.has_files:
            raise DocumentBatchNotReady(state=in_words(self.state), done=self.batch.done, total=self.batch.total)


@dataclass(frozen=True)
class DocumentPartView:
    """An archive to download."""

    number: int
    files: int
    bytes: int


@dataclass(frozen=True)
class DocumentBatchView:
    """A batch with its progress; its faults are the issues of the job that has its id."""

    id: Annotated[UUID, Meta(description="also that of its job")]
    year: int
    quarter: int | None
    month: int | None
    unit_id: UUID | None
    kinds: tuple[DocumentKind, ...]
    formats: tuple[DocumentFormat, ...]
    state: BatchState
    done: Annotated[int, Meta(description="evaluations that were tried; of these, `failed` have no document")]
    total: int
    failed: int
    missing: Annotated[int, Meta(description="evaluations that were not tried yet; resuming a failed one makes these")]
    parts: Annotated[
        tuple[DocumentPartView, ...],
        Meta(description="once it is done; of one that has failed, what was made until then"),
    ]
    asked_by: UUID
    asked_at: datetime
    finished_at: datetime | None
    cancelled_at: datetime | None
    available_until: datetime
    version: int

    @classmethod
    def of(cls, today: BatchToday, parts: Sequence[DocumentPartView]) -> "DocumentBatchView":
        shown = tuple(parts) if today.has_files else ()
        one, named = today.batch, {"state": today.state, "available_until": today.available_until}
        return view_of(cls, one, done=one.done, missing=one.total - one.done, parts=shown, **named)


@dataclass(frozen=True)
class DocumentFile:
    id: UUID
    batch_id: UUID
    part: int
    name: str
    size: int
    content: bytes


@dataclass(frozen=True)
class Parts:
    """Which part the next file goes into: none grows beyond the bound, unless by a single file."""

    number: int = 1
    bytes: int = 0

    def with_file(self, size: int) -> "Parts":
        if self.bytes and self.bytes + size > LARGEST_PART:
            return Parts(self.number + 1, size)
        return Parts(self.number, self.bytes + size)


def file_name(number: int, document: Document, form: DocumentFormat) -> str:
    """Return a name by which people find a file: the place in the batch, whose it is, and the code's beginning."""
    name = unicodedata.normalize("NFKD", document.paper.people[0].name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{number:05d}-{plain or 'tanpa-nama'}-{document.code[:8].lower()}.{form}"
