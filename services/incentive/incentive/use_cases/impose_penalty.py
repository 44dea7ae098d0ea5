"""Enter a discipline penalty as its letter says (PP 94/2021); pay and medal follow."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.months import add_months, first_day, month_text
from incentive.domain.values import PenaltyLevel
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark_since
from incentive.persistence.models import DisciplinePenalty
from incentive.persistence.people import require_employee

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


@dataclass(frozen=True)
class PenaltyView:
    id: UUID
    employee_id: UUID
    level: str
    percent: Decimal
    from_month: str
    to_month: str
    letter_number: str
    legal_source: str
    entered_by: UUID
    entered_at: datetime
    revoked_at: datetime | None
    revocation_letter: str | None


def impose_penalty(work: UnitOfWork, actor: Principal, command: ImposePenalty) -> PenaltyView:
    _check(command)
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        start = first_day(command.from_month)
        row = DisciplinePenalty(
            id=new_id(),
            agency_id=tx.agency_id,
            employee_id=command.employee_id,
            level=command.level.value,
            percent=command.percent,
            from_month=start,
            to_month=add_months(start, command.months - 1),
            letter_number=command.letter_number,
            legal_source=command.legal_source,
            entered_by=actor.account_id,
            entered_at=tx.now,
        )
        tx.session.add(row)
        tx.session.flush()
        mark_since(tx, command.employee_id, start, "discipline")
        look_again(tx, command.employee_id)
        audit.record(tx, actor, "impose_penalty", "employee", command.employee_id, penalty_id=row.id)
        return penalty_view(row)


def _check(command: ImposePenalty) -> None:
    moderate = command.level is PenaltyLevel.MODERATE
    faults = []
    if moderate and command.percent != MODERATE_PERCENT:
        faults.append(FieldError("percent", "percent_not_by_law", str(command.percent), "25 untuk hukuman sedang"))
    if moderate and command.months not in MODERATE_MONTHS:
        faults.append(FieldError("months", "months_not_by_law", command.months, "6, 9, atau 12 untuk hukuman sedang"))
    if not moderate and command.percent:
        faults.append(
            FieldError("percent", "percent_not_by_law", str(command.percent), "0 selain untuk hukuman sedang")
        )
    if faults:
        raise InvalidInput(errors=faults)


def penalty_view(row: DisciplinePenalty) -> PenaltyView:
    months: dict[str, Any] = {name: month_text(getattr(row, name)) for name in ("from_month", "to_month")}
    plain = {name: getattr(row, name) for name in PenaltyView.__dataclass_fields__ if name not in months}
    return PenaltyView(**plain, **months)
