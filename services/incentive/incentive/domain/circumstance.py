"""Circumstances that pay depends on and personnel does not record: MPP leave, BLU remuneration, study leave."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from incentive.domain.months import first_day, month_text
from incentive.domain.values import CircumstanceKind, StudyLevel


@dataclass(frozen=True)
class EnterCircumstance:
    employee_id: UUID
    kind: CircumstanceKind
    from_month: date
    to_month: date | None
    study_level: StudyLevel | None
    extension: bool
    reference: str

    def check(self) -> None:
        """Raise InvalidInput unless a study level goes with study leave, and the months are in order."""
        studying = self.kind is CircumstanceKind.STUDY_LEAVE
        if studying is not (self.study_level is not None):
            expected = "S2_S3 atau S1_DIPLOMA bila STUDY_LEAVE, selain itu kosong"
            raise InvalidInput(errors=[FieldError("study_level", "study_level_wrong", self.study_level, expected)])
        if self.to_month is not None and self.to_month < self.from_month:
            shown, expected = month_text(self.to_month), "tidak sebelum from_month"
            raise InvalidInput(errors=[FieldError("to_month", "before_from_month", shown, expected)])


@dataclass(frozen=True)
class Circumstance:
    """It is ended by being voided and entered anew."""

    id: UUID
    employee_id: UUID
    kind: CircumstanceKind
    from_month: date
    to_month: date | None
    study_level: StudyLevel | None
    extension: bool
    reference: str
    entered_by: UUID
    entered_at: datetime
    voided_by: UUID | None = None
    voided_at: datetime | None = None

    @classmethod
    def entered(cls, circumstance_id: UUID, command: EnterCircumstance, by: UUID, now: datetime) -> "Circumstance":
        return cls(
            id=circumstance_id,
            employee_id=command.employee_id,
            kind=command.kind,
            from_month=first_day(command.from_month),
            to_month=first_day(command.to_month) if command.to_month else None,
            study_level=command.study_level,
            extension=command.extension,
            reference=command.reference,
            entered_by=by,
            entered_at=now,
        )

    def voided(self, by: UUID, now: datetime) -> "Circumstance":
        """Return it out of account; one that is voided already stays as it is."""
        return self if self.voided_at else replace(self, voided_by=by, voided_at=now)


@dataclass(frozen=True)
class CircumstanceView:
    id: UUID
    employee_id: UUID
    kind: CircumstanceKind
    from_month: str
    to_month: str | None
    study_level: StudyLevel | None
    extension: bool
    reference: str
    entered_at: datetime
    voided_at: datetime | None

    @classmethod
    def of(cls, circumstance: Circumstance) -> "CircumstanceView":
        until = month_text(circumstance.to_month) if circumstance.to_month else None
        return view_of(cls, circumstance, from_month=month_text(circumstance.from_month), to_month=until)
