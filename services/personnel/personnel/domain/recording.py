"""What is to be recorded of a person, and the rules that it must meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta

from chassis.errors import AppError, FieldError, InvalidInput
from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType, PositionKind
from personnel.domain.errors import NothingChanged, RecordNeeded
from personnel.domain.records import Cause, PersonRecords, Position, Record, Series, Source, StatusRecord, make_record
from personnel.domain.series import TakesEffect, held_on, standing
from personnel.domain.values import GRADES, LOWEST_JOB_CLASS, parse_grade

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """From which day something holds, why, and what is set aside by it.

    `replaces_later` None: a correction sets aside what was recorded for days from then until today, a change does not.
    """

    employee_id: UUID
    expected_version: int | None
    effective_from: date
    reason: str
    cause: Cause = Cause.CHANGE
    decision_number: str | None = None
    replaces_later: bool | None = None


@dataclass(frozen=True, kw_only=True)
class RecordAssignment(Recording, Position):
    pass


@dataclass(frozen=True, kw_only=True)
class RecordSuperior(Recording):
    """The new superior by id or number; neither: nobody."""

    superior_id: UUID | None = None
    superior_nip: str | None = None


@dataclass(frozen=True, kw_only=True)
class SuperiorPair:
    """Whose superior is whom, each by id or number; neither of the superior's: nobody."""

    employee_id: UUID | None = None
    employee_nip: str | None = None
    superior_id: UUID | None = None
    superior_nip: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordSuperiors:
    """One decision about many people's superiors."""

    items: Sequence[SuperiorPair]
    effective_from: date
    reason: str
    cause: Cause = Cause.CHANGE
    decision_number: str | None = None
    replaces_later: bool | None = None

    def of(self, pair: SuperiorPair, employee_id: UUID) -> RecordSuperior:
        """Return what is to be recorded of one of them."""
        return view_of(RecordSuperior, self, pair, employee_id=employee_id)


@dataclass(frozen=True, kw_only=True)
class RecordStatus(Recording):
    """`until`: the last day, where it is known; on the next holds what would have held without it."""

    status: EmployeeStatus
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordEmploymentType(Recording):
    """`grade` where another one comes with the type; `grade_since` None: since the type."""

    employment_type: EmploymentType
    grade: str | None = None
    grade_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordGrade(Recording):
    """`grade_since` None: since the day from which the record holds."""

    grade: str
    grade_since: date | None = None


@dataclass(frozen=True)
class WithdrawRecord:
    employee_id: UUID
    record_id: str
    expected_version: int | None
    reason: str


@dataclass(frozen=True)
class Entry:
    """Who records, and when."""

    today: date
    recorded_at: datetime
    recorded_by: UUID | None


@dataclass(frozen=True)
class ChangeView:
    """What a recorded change does."""

    employee_id: UUID
    takes_effect: Annotated[TakesEffect, Meta(description="NOW, LATER or PAST_ONLY")]
    changed_from: Annotated[date | None, Meta(description="the first day whose truth has changed; null: none has")]
    version: int


class PairOutcome(StrEnum):
    RECORDED = "RECORDED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class PairRefusal:
    """Why a pair was refused: what a single request would have been answered."""

    code: str
    detail: str
    errors: Sequence[FieldError]

    @classmethod
    def of(cls, error: AppError) -> "PairRefusal":
        return cls(error.code, error.detail, error.errors)


@dataclass(frozen=True)
class PairOutcomeView:
    """What became of one pair; `employee_id` null: nobody is known by the number."""

    employee_id: UUID | None
    outcome: PairOutcome
    takes_effect: TakesEffect | None = None
    refusal: PairRefusal | None = None


@dataclass(frozen=True)
class PairOutcomesView:
    items: Annotated[list[PairOutcomeView], Meta(description="in the order in which they were sent")]


def new_record(kind: type[R], command: Recording, entry: Entry, **values: object) -> R:
    """Make the record that a command asks for; `values` are those that the command does not name."""
    later = command.replaces_later
    given = {
        "recorded_on": entry.today,
        "source": Source.HAND,
        "replaces_later": command.cause is Cause.CORRECTION if later is None else later,
        **values,
    }
    return make_record(kind, command, entry, **given)


def with_added(records: PersonRecords, added: Sequence[Record]) -> PersonRecords:
    """Return the records with new ones. Raise NothingChanged when each repeats what was recorded before.

    A change that says what holds on its day already is news all the same: a change of an earlier day may follow. A
    correction by which no day differs corrects nothing.
    """
    after = PersonRecords.sorted_from([*records.all, *added])
    if all(_says(records, one) == _says(after, one) for one in added):
        raise NothingChanged
    return after


def require_complete(records: PersonRecords) -> None:
    """Raise RecordNeeded when a series has nothing left in it that everybody must have."""
    for series in Series:
        if series is not Series.SUPERIOR and not standing(records.of(series)):
            raise RecordNeeded(series=series)


def require_position_fits(command: RecordAssignment, *, unit_is_active: bool, highest_job_class: int) -> None:
    """Raise InvalidInput for a closed or unknown unit, a class the agency has not, a level where none belongs."""
    errors = []
    if not unit_is_active:
        errors.append(FieldError("unit_id", "unit_unknown", command.unit_id, "Pilih unit aktif di instansi ini."))
    if command.job_class > highest_job_class:
        expected = f"Isi bilangan {LOWEST_JOB_CLASS} sampai {highest_job_class}."
        errors.append(FieldError("job_class", "job_class_unknown", command.job_class, expected))
    is_functional = command.position_kind is PositionKind.JF
    if is_functional and not command.position_level:
        errors.append(FieldError("position_level", "level_missing", None, "Jabatan fungsional harus berjenjang."))
    if not is_functional and command.position_level:
        expected = "Kosongkan jenjang selain untuk jabatan fungsional (JF)."
        errors.append(FieldError("position_level", "level_not_applicable", command.position_level, expected))
    if errors:
        raise InvalidInput(errors=errors)


def require_grade_fits(records: PersonRecords, command: RecordGrade | RecordEmploymentType) -> None:
    """Raise InvalidInput when grade and employment type disagree on the day, or the grade counts from a later day.

    `records` hold what the command asks for already.
    """
    day = command.effective_from
    if command.grade_since is not None and command.grade_since > day:
        expected = f"Isi tanggal paling lambat {day}."
        raise InvalidInput(errors=[FieldError("grade_since", "date_in_future", command.grade_since, expected)])
    kind, grade = held_on(records.employment_types, day), held_on(records.grades, day)
    if kind is None or grade is None:
        return
    if grade.grade not in GRADES or parse_grade(grade.grade, kind.employment_type) != grade.grade:
        contract = kind.employment_type.is_contract
        expected = "Isi I sampai XVII untuk PPPK." if contract else "Isi I/a sampai IV/e, misalnya III/b."
        raise InvalidInput(errors=[FieldError("grade", "grade_unknown", grade.grade, expected)])


def status_records(records: PersonRecords, command: RecordStatus, entry: Entry) -> list[StatusRecord]:
    """Return what a status asks to be recorded: with a last day also the return, where nothing else would follow.

    Raise InvalidInput when the last day lies before the first, and for one of somebody who leaves the service.
    """
    if command.until is not None and command.status.has_left:
        expected = "Kosongkan hari terakhir selain untuk cuti, tugas belajar atau pemberhentian sementara."
        raise InvalidInput(errors=[FieldError("until", "until_not_applicable", command.until, expected)])
    if command.until is not None and command.until < command.effective_from:
        expected = f"Isi tanggal paling awal {command.effective_from}."
        raise InvalidInput(errors=[FieldError("until", "date_too_early", command.until, expected)])
    record = new_record(StatusRecord, command, entry, until=command.until)
    if command.until is None:
        return [record]
    following = command.until + timedelta(days=1)
    next_status = held_on([*records.statuses, record], following)
    if next_status is not None and next_status.status is not command.status:
        return [record]
    values = {"effective_from": following, "status": EmployeeStatus.ACTIVE, "replaces_later": False}
    return [record, new_record(StatusRecord, command, entry, until=None, **values)]


def _says(records: PersonRecords, like: Record) -> list[tuple[date, object]]:
    """Return which value begins on which day in the series of a record; for a correction, where it differs."""
    begun: list[tuple[date, object]] = [
        (one.effective_from, (one.value, one.until)) for one in standing(records.of(like.SERIES))
    ]
    if like.cause is Cause.CHANGE:
        return begun
    return [one for number, one in enumerate(begun) if number == 0 or begun[number - 1][1] != one[1]]
