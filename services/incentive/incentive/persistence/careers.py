"""Careers as eligibility is assessed by, for many people at once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.records import among
from chassis.unit_of_work import Transaction
from directory import models as directory
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from directory.timelines import Stretch
from incentive.domain.award import AwardState
from incentive.domain.career import Career
from incentive.domain.credit_account import NO_CREDIT, Opening
from incentive.domain.values import PenaltyLevel
from incentive.persistence import models
from incentive.persistence.attestations import attestations_of
from incentive.persistence.credit import balances, openings
from incentive.persistence.people import service_starts, stretches_from
from incentive.persistence.predicates import annual_predicates
from incentive.persistence.reference import award_kinds

YEARS_BACK = 6


def load_careers(tx: Transaction, ids: Sequence[UUID], today: date) -> dict[UUID, Career]:
    """Return everybody's career as of `today`; people not known are left out.

    Somebody who is still to come is seen as they will be on their first day.
    """
    people, started = stretches_from(tx, ids, today), service_starts(tx, ids)
    opened = openings(tx, ids)
    levels = {one: PositionLevel(found[0].position_level) for one, found in people.items() if found[0].position_level}
    credit = balances(tx, levels, opened)
    annual = annual_predicates(tx, ids, [today.year - back for back in range(YEARS_BACK)])
    attested = attestations_of(tx, ids)
    penalties, unpaid = _penalties(tx, ids), _with_unpaid_leave(tx, ids, today)
    medals, hours = _medals(tx, ids, today), _training_hours(tx, ids)
    return {
        one: Career(
            employment_type=EmploymentType(found[0].employment_type),
            status=EmployeeStatus(found[0].status),
            grade=found[0].grade,
            grade_since=found[0].grade_since,
            service_start=started[one],
            changes_on=_next_change(found, today),
            position_kind=PositionKind(found[0].position_kind),
            position_level=levels.get(one),
            annual=annual.get(one, {}),
            credit_balance=credit.get(one, NO_CREDIT),
            entry_grade=_entry_grade(opened.get(one), levels.get(one)),
            vacancy=one in attested and attested[one].vacancy,
            competency_test=one in attested and attested[one].competency_test,
            professional_development=one in attested and attested[one].professional_development,
            last_raise_on=attested[one].last_raise_on if one in attested else None,
            penalties=frozenset(penalties.get(one, ())),
            unpaid_leave_taken=one in unpaid,
            medals=frozenset(medals.get(one, ())),
            training_hours=hours.get(one, {}),
        )
        for one, found in people.items()
    }


def _next_change(stretches: Sequence[Stretch], today: date) -> date | None:
    """Return the next day on which the person's employment changes, by what is known ahead."""
    return next((one.first_day for one in stretches if one.first_day > today), None)


def _entry_grade(opening: Opening | None, level: PositionLevel | None) -> str | None:
    return opening.entry_grade if opening is not None and opening.level is level else None


def _penalties(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, set[PenaltyLevel]]:
    """Return the levels of the penalties in force or served, by person; revoked ones are left out."""
    penalty = models.DisciplinePenalty
    query = select(penalty.employee_id, penalty.level).distinct().where(among(penalty.employee_id, ids))
    found: dict[UUID, set[PenaltyLevel]] = {}
    for row in tx.session.execute(query.where(penalty.revoked_at.is_(None))):
        found.setdefault(row.employee_id, set()).add(PenaltyLevel(row.level))
    return found


def _with_unpaid_leave(tx: Transaction, ids: Sequence[UUID], today: date) -> set[UUID]:
    """Return those who have ever been on unpaid leave."""
    stretch = directory.Stretch
    query = select(stretch.employee_id).distinct().where(among(stretch.employee_id, ids), stretch.first_day <= today)
    return set(tx.session.scalars(query.where(stretch.status == EmployeeStatus.UNPAID_LEAVE.value)))


def _medals(tx: Transaction, ids: Sequence[UUID], today: date) -> dict[UUID, set[int]]:
    """Return the years of the service medals granted, by the kinds of award that are medals."""
    kinds, _ = award_kinds(tx, today)
    years = {kind.code: kind.medal_years for kind in kinds if kind.medal_years}
    award = models.Award
    query = select(award.employee_id, award.kind).where(
        among(award.employee_id, ids), award.state == AwardState.GRANTED.value, among(award.kind, years)
    )
    found: dict[UUID, set[int]] = {}
    for row in tx.session.execute(query):
        found.setdefault(row.employee_id, set()).add(years[row.kind])
    return found


def _training_hours(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, dict[int, int]]:
    """Return the hours of finished trainings by person and year."""
    record = models.TrainingRecord
    query = select(record.employee_id, record.year, func.sum(record.jp).label("hours")).where(
        among(record.employee_id, ids), record.finished, ~record.reversed
    )
    found: dict[UUID, dict[int, int]] = {}
    for row in tx.session.execute(query.group_by(record.employee_id, record.year)):
        found.setdefault(row.employee_id, {})[row.year] = int(row.hours)
    return found
