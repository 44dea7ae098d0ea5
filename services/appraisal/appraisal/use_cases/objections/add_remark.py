"""The employee adds a remark to the minutes of an examination."""

from dataclasses import replace
from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.examination import Examination
from appraisal.domain.proceedings import ObjectionMove
from appraisal.persistence.cases import lock_objection
from appraisal.persistence.objections import load_proceedings, update_examination
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def add_remark(
    work: UnitOfWork, actor: Principal, objection_id: UUID, *, examination_id: UUID, remark: str
) -> Examination:
    """Record what the employee says of the minutes, once, before the decision."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, objection_id)
        proceedings = load_proceedings(tx, objection_id)
        require_self(actor, proceedings.objection.employee_id)
        before = proceedings.examination(examination_id)
        proceedings.of(before).require(ObjectionMove.ADD_REMARK, tx.now)
        after = before.remarked(remark, tx.now)
        update_examination(tx, before, after)
        audit.record(tx, actor, "objection_remark_added", "objection", objection_id)
        return replace(after, version=before.version + 1)
