"""Predicates as other services publish them or HR enters them, and which of them counts for a period."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError
from directory.performance import Predicate
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind

MOST_PARTS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 0}


class Stage(StrEnum):
    """ISSUED is provisional; FINAL and CORRECTED count, the highest version first."""

    ISSUED = "ISSUED"
    FINAL = "FINAL"
    CORRECTED = "CORRECTED"


class PredicateOrigin(StrEnum):
    """Appraisal's results take precedence over a history that HR has entered."""

    APPRAISAL = "APPRAISAL"
    HR = "HR"


@dataclass(frozen=True)
class ReceivedPredicate:
    """A predicate as appraisal published it."""

    evaluation_id: UUID
    stage: Stage
    version: int
    employee_id: UUID
    period: Period
    predicate: Predicate
    recorded_at: datetime


@dataclass(frozen=True)
class FinalPredicate:
    """The predicate that counts for one person and period, and where it comes from."""

    employee_id: UUID
    period: Period
    evaluation_id: UUID
    version: int
    predicate: Predicate
    source: PredicateOrigin


@dataclass(frozen=True)
class IssuedPredicate:
    """An annual result that is issued and not final."""

    year: int
    predicate: Predicate
    evaluation_id: UUID


@dataclass(frozen=True)
class PastPredicate:
    """A predicate from before this system, or a monthly one that it does not appraise; entered by HR."""

    employee_id: UUID
    period: Period
    predicate: Predicate

    def faults(self, place: int, this_year: int) -> list[FieldError]:
        """Return what is wrong with item number `place` of a request."""
        found, most = [], MOST_PARTS[self.period.kind]
        if self.period.year > this_year:
            expected = f"paling akhir {this_year}"
            found.append(FieldError(f"items.{place}.year", "year_in_future", self.period.year, expected))
        if not min(1, most) <= self.period.part <= most:
            expected = "1-12 untuk MONTH, 1-4 untuk QUARTER, 0 untuk YEAR"
            found.append(FieldError(f"items.{place}.part", "part_wrong", self.period.part, expected))
        return found

    def differs_from(self, existing: FinalPredicate | None) -> bool:
        """Return whether it is new; a result of appraisal takes precedence anyway."""
        if existing is None:
            return True
        return existing.source is not PredicateOrigin.APPRAISAL and existing.predicate is not self.predicate

    def as_version(self, new_id: UUID, existing: FinalPredicate | None) -> FinalPredicate:
        """Return it as the next version of the existing evaluation, or as the first of a new one."""
        evaluation_id, version = (existing.evaluation_id, existing.version + 1) if existing else (new_id, 1)
        return FinalPredicate(self.employee_id, self.period, evaluation_id, version, self.predicate, PredicateOrigin.HR)


@dataclass(frozen=True)
class RecordPredicates:
    items: list[PastPredicate]
