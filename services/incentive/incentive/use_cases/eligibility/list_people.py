"""List who is eligible for what in the agency, as of the last assessment; for HR and inspectors."""

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from incentive.domain.eligibility_findings import EligiblePersonView, ListEligibility
from incentive.persistence import eligibility
from incentive.persistence.people import today_of


def list_eligibility(work: UnitOfWork, actor: Principal, query: ListEligibility) -> Page[EligiblePersonView]:
    with work.transaction(actor.agency_id) as tx:
        found = eligibility.list_eligibility(tx, query, today_of(tx))
        audit.record(tx, actor, "list_eligibility", "eligibility", query.kind.value, people=len(found.items))
        return found
