"""Coaching and counselling: who is a party to a case, and who may read which words."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from appraisal.domain.errors import FollowUpClosed
from appraisal.domain.values import FollowUpKind, FollowUpState
from appraisal.persistence.people import rows
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction

COLUMNS = (
    "f.id, f.employee_id, f.evaluation_id, f.kind, f.state, f.appraiser_id, f.assigned_to, f.competency_codes, "
    "f.repeated, f.opened_at, f.closed_at, f.outcome, f.version"
)
_FIND = text(
    f"SELECT {COLUMNS}, s.appraiser_id AS present_appraiser FROM follow_up f "  # noqa: S608 - a constant
    "LEFT JOIN staff s ON s.employee_id = f.employee_id WHERE f.id = :id"
)
_NOTES = text("SELECT id, author_id, text, at FROM follow_up_note WHERE follow_up_id = :id ORDER BY id")
_ACTIONS = text(
    "SELECT id, kind, text, due_on, done_on, added_by, at FROM follow_up_action WHERE follow_up_id = :id ORDER BY id"
)


def load_case(tx: Transaction, follow_up_id: UUID) -> Row[Any]:
    row = tx.session.execute(_FIND, {"id": follow_up_id}).first()
    if row is None:
        raise NotFound(object="tindak lanjut", id=follow_up_id)
    return row


def is_party(actor: Principal, case: Row[Any]) -> bool:
    """Coaching is between appraiser and employee; counselling between the assigned counsellor and the employee."""
    people = {case.employee_id, case.assigned_to}
    if case.kind == FollowUpKind.COACHING:
        people.add(case.present_appraiser)
    return actor.employee_id is not None and actor.employee_id in people


def open_for(tx: Transaction, actor: Principal, follow_up_id: UUID) -> Row[Any]:
    case = load_case(tx, follow_up_id)
    if not is_party(actor, case):
        raise Forbidden
    if case.state == FollowUpState.CLOSED:
        raise FollowUpClosed
    return case


def case_view(tx: Transaction, case: Row[Any], *, with_words: bool) -> dict[str, Any]:
    head = {k: v for k, v in case._mapping.items() if k != "present_appraiser"}  # noqa: SLF001 - SQLAlchemy's own way
    notes = rows(tx, _NOTES, id=case.id) if with_words else []
    actions = rows(tx, _ACTIONS, id=case.id) if with_words else []
    return {**head, "notes": notes, "actions": actions, "words_hidden": not with_words}
