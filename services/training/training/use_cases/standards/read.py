"""Read the standards of posts."""

from dataclasses import dataclass

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.domain.competency import StandardView
from training.persistence import competencies


@dataclass(frozen=True)
class ListStandards:
    page: PageRequest
    position_code: str | None = None
    competency_code: str | None = None


def list_standards(work: UnitOfWork, actor: Principal, query: ListStandards) -> Page[StandardView]:
    with work.transaction(actor.agency_id) as tx:
        return competencies.list_standards(tx, query.position_code, query.competency_code, query.page)
