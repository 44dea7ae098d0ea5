"""Take back an excuse by an order: what is owed follows from the rules again."""

from uuid import UUID

from appraisal.authorisation import need_other_than_stand_in
from appraisal.domain.obligation_views import ObligationView
from appraisal.persistence.obligation_lists import load_obligation, update_obligation
from appraisal.use_cases.obligations.read import view_obligations
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import UnitOfWork


def reinstate_obligation(work: UnitOfWork, actor: Principal, obligation_id: UUID) -> ObligationView:
    """HR does so, never in a matter of their own."""
    with work.transaction(actor.agency_id) as tx:
        before = load_obligation(tx, obligation_id)
        need_other(actor, before.employee_id)
        need_other(actor, before.owed_by)
        need_other_than_stand_in(tx, actor, before.employee_id, [before.owed_by])
        update_obligation(tx, before, before.reinstated())
        refresh_obligations(tx, [before.employee_id], before.year)
        audit.record(tx, actor, "obligation_reinstated", "obligation", before.id, kind=before.kind)
        return view_obligations(tx, actor, [load_obligation(tx, before.id)])[0]
