"""How many people there are: for HR and inspectors of the whole agency, for a leader of his own units."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.views import Count, Summary, UnitCount
from personnel.persistence.models import Employee, OrgUnit
from personnel.persistence.reading import units_below
from personnel.use_cases.access import WHOLE_AGENCY, viewer_of
from personnel.use_cases.steps import today


def summarise(work: UnitOfWork, actor: Principal, *, unit_id: UUID | None) -> Summary:
    """Counts of the people who have not retired; `unit_id` narrows to a unit and those below."""
    with work.transaction(actor.agency_id) as tx:
        units = units_below(tx.session, unit_id) if unit_id else None
        if not actor.has(*WHOLE_AGENCY):
            led = viewer_of(tx, actor).led_units
            units = list(led) if units is None else [one for one in units if one in led]
        scope: list[ColumnElement[bool]] = [Employee.status != "RETIRED"]
        if units is not None:
            scope.append(Employee.unit_id.in_(units))
        by_status = _counts(tx, select(Employee.status, func.count()).where(*scope).group_by(Employee.status))
        without = select(func.count()).where(*scope, Employee.superior_id.is_(None))
        by_type = select(Employee.employment_type, func.count()).where(*scope).group_by(Employee.employment_type)
        by_kind = select(Employee.position_kind, func.count()).where(*scope).group_by(Employee.position_kind)
        audit.record(tx, actor, "summary_read", "agency", tx.agency_id)
        return Summary(
            as_of=today(tx),
            total=sum(one.count for one in by_status),
            active=sum(one.count for one in by_status if one.value == "ACTIVE"),
            without_superior=tx.session.execute(without).scalar_one(),
            by_employment_type=_counts(tx, by_type),
            by_status=by_status,
            by_position_kind=_counts(tx, by_kind),
            by_unit=_by_unit(tx, scope),
        )


def _counts(tx: Transaction, query: Select[str, int]) -> list[Count]:
    return sorted((Count(value, count) for value, count in tx.session.execute(query)), key=lambda one: one.value)


def _by_unit(tx: Transaction, scope: list[ColumnElement[bool]]) -> list[UnitCount]:
    query = (
        select(OrgUnit.id, OrgUnit.code, OrgUnit.name, func.count())
        .join(Employee, Employee.unit_id == OrgUnit.id)
        .where(*scope)
        .group_by(OrgUnit.id)
        .order_by(OrgUnit.code)
    )
    return [UnitCount(*row) for row in tx.session.execute(query)]
