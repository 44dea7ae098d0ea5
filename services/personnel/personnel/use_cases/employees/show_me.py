"""Who the caller is here: the own record, the superiors, how many people the caller appraises."""

from dataclasses import replace

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.employee_views import EmployeeView, MeView
from personnel.domain.relation import Relation
from personnel.persistence.agencies import find_agency, today
from personnel.persistence.employees import count_subordinates, find_view
from personnel.use_cases.employees.show import with_superiors


def show_me(work: UnitOfWork, actor: Principal) -> MeView:
    """Return the caller's own page; `employee` is null for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        agency = find_agency(tx, tx.agency_id)
        return MeView(
            account_id=actor.account_id,
            agency_id=actor.agency_id,
            agency_name=agency.name if agency else None,
            time_zone=agency.time_zone if agency else None,
            today=today(tx),
            roles=sorted(actor.roles),
            employee=_own_record(tx, actor),
            subordinates=count_subordinates(tx, actor.employee_id) if actor.employee_id else 0,
        )


def _own_record(tx: Transaction, actor: Principal) -> EmployeeView | None:
    view = find_view(tx, actor.employee_id) if actor.employee_id else None
    return with_superiors(tx, replace(view, relation=Relation.SELF)) if view else None
