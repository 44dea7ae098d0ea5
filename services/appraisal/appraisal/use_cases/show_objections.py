"""Read objections: one, those that wait for somebody, or all for HR and inspectors."""

from typing import Any
from uuid import UUID

from appraisal.persistence.objections import Objection, list_objections, load_objection
from appraisal.use_cases.objection_views import objection_view
from appraisal.use_cases.rights import WHOLE_AGENCY, require_one_of, self_of
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_objection(work: UnitOfWork, actor: Principal, objection_id: UUID) -> dict[str, Any]:
    """Both sides are heard, so both read it: the employee and the appraiser, with the decider, HR and inspectors."""
    with work.transaction(actor.agency_id) as tx:
        objection = load_objection(tx, objection_id)
        if not actor.has(*WHOLE_AGENCY):
            require_one_of(actor, [objection.employee_id, objection.appraiser_id, objection.decider_id])
        audit.record(tx, actor, "objection_read", "objection", objection_id)
        return objection_view(objection)


def show_objections(
    work: UnitOfWork, actor: Principal, *, only_open: bool, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        person = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = list_objections(tx, person, only_open=only_open, after=after, limit=limit)
        audit.record(tx, actor, "objections_listed", "objection_list", person or "all")
        return [objection_view(Objection(**row)) for row in found]
