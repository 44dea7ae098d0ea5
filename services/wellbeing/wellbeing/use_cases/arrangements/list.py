"""List requests for flexible working."""

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.arrangement import ArrangementView
from wellbeing.persistence import arrangements
from wellbeing.persistence.directory import subordinates


def list_arrangements(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[ArrangementView]:
    """Return one's own requests, and those of the people one rates, the newest first."""
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        people = {employee_id} | subordinates(tx, employee_id)
        return arrangements.list_arrangements(tx, people, page).of(ArrangementView.of)
