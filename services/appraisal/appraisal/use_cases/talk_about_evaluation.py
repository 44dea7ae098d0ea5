"""The recorded dialogue: a request by the employee, answers by those who judge, statements on an objection."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from appraisal.authorisation import require_evaluation_reader, require_one_of
from appraisal.persistence import models
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.people import rows
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork

_LIST = text("SELECT id, evaluation_id, author_id, role, text, at FROM dialogue WHERE evaluation_id = :id ORDER BY id")


def add_to_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID, words: str) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_evaluation(tx, evaluation_id)
        e = stored.evaluation
        speakers = [
            e.employee_id,
            e.appraiser_id,
            e.rated_by,
            e.reviewer_id,
            stored.present_appraiser,
            stored.decider_id,
        ]
        require_one_of(actor, speakers)
        role = "REVIEWER"
        if actor.employee_id == e.employee_id:
            role = "EMPLOYEE"
        elif actor.employee_id in (e.appraiser_id, e.rated_by, stored.present_appraiser):
            role = "APPRAISER"
        row = {
            "id": new_id(),
            "evaluation_id": evaluation_id,
            "author_id": actor.employee_id,
            "role": role,
            "text": words,
            "at": tx.now,
        }
        tx.session.execute(insert(models.table(models.Dialogue)), {**row, "agency_id": tx.agency_id})
        audit.record(tx, actor, "evaluation_dialogue_added", "evaluation", evaluation_id, dialogue_id=row["id"])
        return row


def show_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        require_evaluation_reader(actor, load_evaluation(tx, evaluation_id))
        audit.record(tx, actor, "evaluation_dialogue_read", "evaluation", evaluation_id)
        return {"items": rows(tx, _LIST, id=evaluation_id)}
