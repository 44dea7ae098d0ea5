"""Enqueue everybody in the agency for reassessment; the worker does it in chunks."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.eligibility_findings import RefreshView
from incentive.persistence.people import count_employees
from incentive.persistence.reassessments import enqueue_everybody


def refresh_eligibility(work: UnitOfWork, actor: Principal) -> RefreshView:
    with work.transaction(actor.agency_id) as tx:
        enqueue_everybody(tx)
        audit.record(tx, actor, "refresh_eligibility", "agency", tx.agency_id)
        return RefreshView(people=count_employees(tx))
