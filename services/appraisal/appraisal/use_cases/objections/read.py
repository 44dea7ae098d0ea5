"""Read objections: one, those that wait for somebody, or all for HR and inspectors."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, require_objection_reader, self_of
from appraisal.domain.objection import ObjectionView
from appraisal.persistence import objections
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ListObjections:
    page: PageRequest
    open: bool = True


def show_objection(work: UnitOfWork, actor: Principal, objection_id: UUID) -> ObjectionView:
    with work.transaction(actor.agency_id) as tx:
        objection = objections.load_objection(tx, objection_id)
        require_objection_reader(tx, actor, objection)
        audit.record(tx, actor, "objection_read", "objection", objection_id)
        return ObjectionView.of(objection)


def list_objections(work: UnitOfWork, actor: Principal, query: ListObjections) -> Page[ObjectionView]:
    """HR and inspectors list all; everybody else their own and those they decide."""
    with work.transaction(actor.agency_id) as tx:
        person = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = objections.list_objections(tx, person, only_open=query.open, page=query.page)
        audit.record(tx, actor, "objections_listed", "objection_list", person or "all")
        return found.of(ObjectionView.of)
