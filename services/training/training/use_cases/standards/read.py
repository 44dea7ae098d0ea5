"""Read the standards of posts."""

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.domain.competency import ListStandards, StandardView
from training.persistence import competencies


def list_standards(work: UnitOfWork, actor: Principal, query: ListStandards) -> Page[StandardView]:
    with work.transaction(actor.agency_id) as tx:
        return competencies.list_standards(tx, query)
