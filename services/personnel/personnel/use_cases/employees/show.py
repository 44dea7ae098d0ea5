"""One person's record as it stands."""

from dataclasses import replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.authorisation import require_record_reader
from personnel.domain.employee_views import EmployeeView
from personnel.domain.relation import Relation
from personnel.persistence.employees import cards_of, find_view
from personnel.persistence.officials import official_cards


def show_employee(work: UnitOfWork, actor: Principal, employee_id: UUID) -> EmployeeView:
    """Return the whole record to those it concerns, audited but for one's own. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        view = required(find_view(tx, employee_id), "pegawai", employee_id)
        relation = require_record_reader(tx, actor, view)
        if relation is not Relation.SELF:
            audit.record(tx, actor, "employee_read", "employee", employee_id, relation=relation)
        return with_superiors(tx, replace(view, relation=relation))


def with_superiors(tx: Transaction, view: EmployeeView) -> EmployeeView:
    """Return the record with the cards of appraiser and reviewer."""
    superiors = [one for one in (view.appraiser_id, view.reviewer_id) if one]
    found = cards_of(tx, superiors) | official_cards(tx, superiors) if superiors else {}
    return replace(
        view,
        appraiser=found.get(view.appraiser_id) if view.appraiser_id else None,
        reviewer=found.get(view.reviewer_id) if view.reviewer_id else None,
    )
