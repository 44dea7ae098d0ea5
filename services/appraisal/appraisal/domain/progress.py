"""The daily log of work along a plan."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.plan import FullPlan
from appraisal.domain.plan_content import not_in_plan
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of


@dataclass(frozen=True)
class RecordProgress:
    plan_id: UUID
    date: dt.date
    work_result_id: UUID
    text: str
    evidence_link: str | None = None
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class ProgressEntry:
    """A line of the log; lines are added and never changed."""

    id: UUID
    plan_id: UUID
    employee_id: UUID
    work_result_id: UUID
    day: dt.date
    text: str
    evidence_link: str | None
    quantity: Decimal | None
    unit: str
    recorded_at: dt.datetime

    @classmethod
    def recorded(
        cls,
        entry_id: UUID,
        plan: FullPlan,
        command: RecordProgress,
        today: dt.date,
        now: dt.datetime,
        still_open: Iterable[PeriodRow] = (),
    ) -> "ProgressEntry":
        """Make a line of work on an agreed plan; a late line stays on its own day.

        A plan that the final annual evaluation has closed takes lines of days in the periods that are `still_open`.
        Raise PlanClosed, PlanNeverActive, or InvalidInput with every wrong field.
        """
        if not any(row.first_day <= command.date <= row.last_day for row in still_open):
            plan.in_force()
        faults = []
        if command.work_result_id not in plan.agreed_content().result_ids:
            faults.append(not_in_plan("work_result_id", command.work_result_id))
        if command.date.year != plan.year or command.date > today:
            expected = f"tanggal dalam tahun {plan.year}, paling lambat {today.isoformat()}"
            faults.append(FieldError("date", "date_outside_plan", command.date.isoformat(), expected))
        if faults:
            raise InvalidInput(errors=faults)
        return view_of(cls, command, id=entry_id, employee_id=plan.employee_id, day=command.date, recorded_at=now)


@dataclass(frozen=True)
class ProgressEntryView:
    id: UUID
    plan_id: UUID
    employee_id: UUID
    work_result_id: UUID
    date: dt.date
    text: str
    evidence_link: str | None
    quantity: Decimal | None
    unit: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, entry: ProgressEntry) -> "ProgressEntryView":
        return view_of(cls, entry, date=entry.day)


@dataclass(frozen=True)
class ListProgress:
    plan_id: UUID
    page: PageRequest
    work_result_id: UUID | None = None
    since: dt.date | None = None
    until: dt.date | None = None
