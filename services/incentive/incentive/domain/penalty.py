"""Discipline penalties as their letters say (PP 94/2021); a revocation is a further letter."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.views import view_of
from incentive.domain.errors import PenaltyAlreadyRevoked
from incentive.domain.months import add_months, first_day, month_text
from incentive.domain.values import PenaltyLevel

# PP 94/2021: a moderate penalty takes 25% for 6, 9 or 12 months.
MODERATE_PERCENT, MODERATE_MONTHS = Decimal(25), (6, 9, 12)


@dataclass(frozen=True)
class ImposePenalty:
    employee_id: UUID
    level: PenaltyLevel
    from_month: date
    months: int
    percent: Decimal
    letter_number: str
    legal_source: str

    def check(self) -> None:
        """Raise InvalidInput unless months and percentage are those of the law."""
        moderate = self.level is PenaltyLevel.MODERATE
        found = []
        if moderate and self.percent != MODERATE_PERCENT:
            found.append(FieldError("percent", "percent_not_by_law", str(self.percent), "25 untuk hukuman sedang"))
        if moderate and self.months not in MODERATE_MONTHS:
            found.append(FieldError("months", "months_not_by_law", self.months, "6, 9, atau 12 untuk hukuman sedang"))
        if not moderate and self.percent:
            expected = "0 selain untuk hukuman sedang"
            found.append(FieldError("percent", "percent_not_by_law", str(self.percent), expected))
        if found:
            raise InvalidInput(errors=found)


@dataclass(frozen=True)
class RevokePenalty:
    penalty_id: UUID
    letter_number: str


@dataclass(frozen=True)
class Penalty:
    id: UUID
    employee_id: UUID
    level: PenaltyLevel
    percent: Decimal
    from_month: date
    to_month: date
    letter_number: str
    legal_source: str
    entered_by: UUID
    entered_at: datetime
    revoked_by: UUID | None = None
    revoked_at: datetime | None = None
    revocation_letter: str | None = None

    @classmethod
    def imposed(cls, penalty_id: UUID, command: ImposePenalty, by: UUID, now: datetime) -> "Penalty":
        start = first_day(command.from_month)
        return cls(
            id=penalty_id,
            employee_id=command.employee_id,
            level=command.level,
            percent=command.percent,
            from_month=start,
            to_month=add_months(start, command.months - 1),
            letter_number=command.letter_number,
            legal_source=command.legal_source,
            entered_by=by,
            entered_at=now,
        )

    def revoked(self, letter: str, by: UUID, now: datetime) -> "Penalty":
        """Return it revoked; what it took is paid back by the next run. Raise PenaltyAlreadyRevoked."""
        if self.revoked_at is not None:
            raise PenaltyAlreadyRevoked
        return replace(self, revoked_by=by, revoked_at=now, revocation_letter=letter)


@dataclass(frozen=True)
class PenaltyView:
    id: UUID
    employee_id: UUID
    level: PenaltyLevel
    percent: Decimal
    from_month: str
    to_month: str
    letter_number: str
    legal_source: str
    entered_by: UUID
    entered_at: datetime
    revoked_at: datetime | None
    revocation_letter: str | None

    @classmethod
    def of(cls, penalty: Penalty) -> "PenaltyView":
        months = {"from_month": month_text(penalty.from_month), "to_month": month_text(penalty.to_month)}
        return view_of(cls, penalty, **months)
