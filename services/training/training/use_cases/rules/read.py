"""Read the numbers of the agency's rules."""

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.rule import RulesView
from training.persistence import reference


def list_rules(work: UnitOfWork, actor: Principal) -> RulesView:
    with work.transaction(actor.agency_id) as tx:
        return RulesView(reference.list_rules(tx))
