"""Ask that everybody in the agency be assessed anew; the worker does it in chunks."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.eligibility import mark_all
from incentive.persistence.people import count_employees


def refresh_eligibility(work: UnitOfWork, actor: Principal) -> dict[str, int]:
    with work.transaction(actor.agency_id) as tx:
        mark_all(tx)
        audit.record(tx, actor, "refresh_eligibility", "agency", tx.agency_id)
        return {"people": count_employees(tx)}
