"""One person's record as it stands."""

from dataclasses import replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.relation import Relation
from personnel.domain.views import EmployeeView
from personnel.persistence.reading import cards, find_view
from personnel.use_cases.access import require_record


def show_employee(work: UnitOfWork, actor: Principal, employee_id: UUID) -> EmployeeView:
    """The whole record, for those it concerns; raises NotFound, Forbidden. The read is audited, one's own is not."""
    with work.transaction(actor.agency_id) as tx:
        view = find_view(tx.session, employee_id)
        if view is None:
            raise NotFound(object="pegawai", id=employee_id)
        relation = require_record(tx, actor, view)
        if relation is not Relation.SELF:
            audit.record(tx, actor, "employee_read", "employee", employee_id, relation=relation)
        return with_superiors(tx, replace(view, relation=relation))


def with_superiors(tx: Transaction, view: EmployeeView) -> EmployeeView:
    """Add the cards of appraiser and reviewer."""
    superiors = [one for one in (view.appraiser_id, view.reviewer_id) if one]
    found = cards(tx.session, superiors) if superiors else {}
    return replace(
        view,
        appraiser=found.get(view.appraiser_id) if view.appraiser_id else None,
        reviewer=found.get(view.reviewer_id) if view.reviewer_id else None,
    )
