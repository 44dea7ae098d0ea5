"""Read policy versions: one, all, and the rules of real regulations to start from."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Items, Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from incentive.domain.policy import PolicyTemplateView, PolicyView
from incentive.persistence import policies
from incentive.persistence.reference import policy_templates


def show_policy(work: UnitOfWork, actor: Principal, policy_id: UUID) -> PolicyView:
    with work.transaction(actor.agency_id) as tx:
        return PolicyView.of(policies.load_policy(tx, policy_id))


def list_policies(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[PolicyView]:
    with work.transaction(actor.agency_id) as tx:
        return policies.list_policies(tx, page).of(PolicyView.of)


def list_policy_templates() -> Items[PolicyTemplateView]:
    return Items(policy_templates())
