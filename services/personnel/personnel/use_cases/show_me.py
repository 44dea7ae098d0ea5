"""Who the caller is here: his own record, his superiors, how many people he appraises."""

from dataclasses import replace

from sqlalchemy import func, select

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.relation import Relation
from personnel.domain.views import EmployeeView, Me
from personnel.persistence.models import Agency, Employee
from personnel.persistence.reading import find_view
from personnel.use_cases.show_employee import with_superiors
from personnel.use_cases.steps import today


def show_me(work: UnitOfWork, actor: Principal) -> Me:
    """The caller's own page; `employee` is empty for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        agency = tx.session.get(Agency, tx.agency_id)
        subordinates = 0
        if actor.employee_id is not None:
            query = select(func.count()).where(Employee.superior_id == actor.employee_id)
            subordinates = tx.session.execute(query).scalar_one()
        return Me(
            account_id=actor.account_id,
            agency_id=actor.agency_id,
            agency_name=agency.name if agency else None,
            time_zone=agency.time_zone if agency else None,
            today=today(tx),
            roles=sorted(actor.roles),
            employee=_own(tx, actor),
            subordinates=subordinates,
        )


def _own(tx: Transaction, actor: Principal) -> EmployeeView | None:
    view = find_view(tx.session, actor.employee_id) if actor.employee_id else None
    return with_superiors(tx, replace(view, relation=Relation.SELF)) if view else None
