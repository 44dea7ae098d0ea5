"""Read objections: one, those that wait for somebody, or all for HR and inspectors."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, parts_of, require_objection_reader, self_of
from appraisal.domain.objection import Objection
from appraisal.domain.objection_views import ObjectionView
from appraisal.persistence import objections
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import Transaction, UnitOfWork


@dataclass(frozen=True)
class ListObjections:
    page: PageRequest
    open: bool = True


def show_objection(work: UnitOfWork, actor: Principal, objection_id: UUID) -> ObjectionView:
    with work.transaction(actor.agency_id) as tx:
        objection = objections.load_objection(tx, objection_id)
        require_objection_reader(tx, actor, objection)
        audit.record(tx, actor, "objection_read", "objection", objection_id)
        return view_objections(tx, actor, [objection])[0]


def list_objections(work: UnitOfWork, actor: Principal, query: ListObjections) -> Page[ObjectionView]:
    """HR and inspectors list all; everybody else their own, and those that they are to answer or decide."""
    with work.transaction(actor.agency_id) as tx:
        person = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = objections.list_objections(tx, person, only_open=query.open, page=query.page)
        audit.record(tx, actor, "objections_listed", "objection_list", person or "all")
        views = {one.id: one for one in view_objections(tx, actor, found.items)}
        return found.of(lambda one: views[one.id])


def view_objection(tx: Transaction, actor: Principal, objection_id: UUID) -> ObjectionView:
    """Return an objection as it is now, after a step of the caller."""
    return view_objections(tx, actor, [objections.load_objection(tx, objection_id)])[0]


def view_objections(tx: Transaction, actor: Principal, found: Collection[Objection]) -> list[ObjectionView]:
    """Return objections as the caller reads them, with what they may do now."""
    proceedings = objections.with_examinations(tx, found)
    parts = parts_of(tx, actor, found)
    return [ObjectionView.of(one, own, tx.now) for one, own in zip(proceedings, parts, strict=True)]
