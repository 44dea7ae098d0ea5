"""Give feedback on a result or on a value of somebody's plan."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from appraisal.authorisation import self_of
from appraisal.domain.plan import Plan
from appraisal.domain.values import GiverRole
from appraisal.events import FeedbackGiven
from appraisal.persistence import models
from appraisal.persistence.people import staff_member
from appraisal.persistence.plans import load_plan
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def give_feedback(work: UnitOfWork, actor: Principal, plan_id: UUID, body: Mapping[str, Any]) -> dict[str, Any]:
    """The giver's role follows from who they are to the employee; nobody chooses it, nobody praises themselves."""
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        plan = stored.plan
        role = _role(tx, self_of(actor), plan)
        plan.in_force()
        result, value = body["work_result_id"], body["behaviour_value"]
        if (result is None) == (value is None):
            expected = "tepat satu: work_result_id atau behaviour_value"
            raise InvalidInput(errors=[FieldError("work_result_id", "one_target", None, expected)])
        if result is not None and str(result) not in {r["id"] for r in stored.content["work_results"]}:
            expected = "id hasil kerja dalam SKP ini"
            raise InvalidInput(errors=[FieldError("work_result_id", "not_in_plan", str(result), expected)])
        row = {
            "id": new_id(),
            "plan_id": plan_id,
            "employee_id": plan.employee_id,
            "giver_id": actor.employee_id,
            "giver_role": role,
            "work_result_id": result,
            "behaviour_value": value,
            "text": body["text"],
            "evidence_link": body["evidence_link"],
            "given_at": tx.now,
            "answer": None,
            "answered_at": None,
        }
        tx.session.execute(insert(models.table(models.Feedback)), {**row, "agency_id": tx.agency_id})
        outbox.record(tx, FeedbackGiven(feedback_id=row["id"], plan_id=plan_id, employee_id=plan.employee_id))
        audit.record(tx, actor, "feedback_given", "plan", plan_id, feedback_id=row["id"])
        return row


def _role(tx: Transaction, giver: UUID, plan: Plan) -> GiverRole:
    if giver == plan.employee_id:
        raise Forbidden
    if giver == plan.appraiser_id:
        return GiverRole.APPRAISER
    person = staff_member(tx, giver)
    if person is not None and person.appraiser_id == plan.employee_id:
        return GiverRole.SUBORDINATE
    if person is not None and (
        person.unit_id == plan.unit_id or (plan.appraiser_id is not None and person.appraiser_id == plan.appraiser_id)
    ):
        return GiverRole.PEER
    raise Forbidden
