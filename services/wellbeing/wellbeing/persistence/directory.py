"""What personnel told: agency, units, employees."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from wellbeing.domain.case_access import Line, Member
from wellbeing.domain.units import UnitTree

from .models import Agency, Employee, OrgUnit

_UNHEARD_OF = "Asia/Jakarta"  # until the agency's own zone has been told


def agency_known(session: Session, agency_id: str) -> bool:
    return session.get(Agency, agency_id) is not None


def time_zone(session: Session, agency_id: str) -> str:
    agency = session.get(Agency, agency_id)
    return agency.time_zone if agency else _UNHEARD_OF


def employee(session: Session, agency_id: str, employee_id: UUID) -> Employee | None:
    return session.get(Employee, (agency_id, employee_id))


def unit(session: Session, agency_id: str, unit_id: UUID) -> OrgUnit | None:
    return session.get(OrgUnit, (agency_id, unit_id))


def unit_names(session: Session) -> dict[UUID, tuple[str, str]]:
    """Code and name of every unit."""
    return {
        row.unit_id: (row.code, row.name)
        for row in session.execute(select(OrgUnit.unit_id, OrgUnit.code, OrgUnit.name))
    }


def tree(session: Session) -> UnitTree:
    return UnitTree({row.unit_id: row.parent_id for row in session.execute(select(OrgUnit.unit_id, OrgUnit.parent_id))})


def leaders(session: Session) -> dict[UUID, UUID]:
    """Who leads which unit."""
    rows = session.execute(select(OrgUnit.unit_id, OrgUnit.leader_id).where(OrgUnit.leader_id.is_not(None)))
    return {row.unit_id: row.leader_id for row in rows}


def line(session: Session, agency_id: str) -> Line:
    """Who stands above whom, asked for as far as it is needed, whatever people's status: who is away is still above."""

    @cache
    def find(employee_id: UUID) -> Member | None:
        row = employee(session, agency_id, employee_id)
        return Member(row.employee_id, row.unit_id, row.appraiser_id, row.reviewer_id) if row else None

    return Line(find, tree(session), leaders(session))


def people(session: Session, employee_ids: Collection[UUID]) -> set[UUID]:
    """Which of these are employees that have been heard of."""
    return set(session.scalars(select(Employee.employee_id).where(Employee.employee_id.in_(list(employee_ids)))))


def subordinates(session: Session, appraiser_id: UUID) -> set[UUID]:
    return set(session.scalars(select(Employee.employee_id).where(Employee.appraiser_id == appraiser_id)))


def active_members(session: Session) -> Counter[UUID]:
    """How many active employees each unit has itself."""
    counts = (
        select(Employee.unit_id, func.count())
        .where(Employee.status == "ACTIVE", Employee.unit_id.is_not(None))
        .group_by(Employee.unit_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(counts) if row[0] is not None})


def save_agency(session: Session, values: Mapping[str, Any]) -> None:
    _save(session, Agency, values, "agency_id")


def save_unit(session: Session, values: Mapping[str, Any]) -> None:
    _save(session, OrgUnit, values, "agency_id", "unit_id")


def save_employee(session: Session, values: Mapping[str, Any]) -> None:
    """Keep the part of an employee that these values speak of."""
    _save(session, Employee, values, "agency_id", "employee_id")


def _save(session: Session, table: type[Any], values: Mapping[str, Any], *key: str) -> None:
    statement = insert(table).values(**values)
    changed = {name: statement.excluded[name] for name in values if name not in key}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))
