"""The appraiser answers an objection in writing, before it is decided."""

from uuid import UUID

from appraisal.authorisation import acting_capacity, parts_of
from appraisal.domain.errors import StatementByDecider
from appraisal.domain.objection_views import ObjectionView
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.proceedings import ObjectionMove, Part
from appraisal.events import ObjectionAnswered
from appraisal.persistence.cases import end_case, lock_objection
from appraisal.persistence.objections import load_proceedings, update_objection
from appraisal.use_cases.objections.read import view_objection
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def make_statement(work: UnitOfWork, actor: Principal, objection_id: UUID, *, statement: str) -> ObjectionView:
    """Record the answer of the appraiser, or of who stands in for them today; a late one is taken, and marked."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, objection_id)
        proceedings = load_proceedings(tx, objection_id)
        before = proceedings.objection
        by = acting_capacity(tx, actor, before.employee_id, before.appraiser_id)
        if Part.DECIDER in parts_of(tx, actor, [before])[0]:
            raise StatementByDecider
        proceedings.require(ObjectionMove.MAKE_STATEMENT, tx.now)
        after = before.answered(statement, by, tx.now)
        update_objection(tx, before, after)
        end_case(tx, ObligationKind.STATEMENT, objection_id)
        outbox.record(tx, ObjectionAnswered.of(after))
        audit.record(tx, actor, "objection_answered", "objection", objection_id)
        return view_objection(tx, actor, objection_id)
