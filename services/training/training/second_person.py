"""The actions that take two people, as a table; and what one person may do alone, each with its reason."""

from collections.abc import Iterable
from uuid import UUID

from approvals.actions import Action, Actions
from chassis import outbox
from chassis.unit_of_work import Transaction
from training.domain.competency import SetStandard
from training.domain.jp import SetJpTarget
from training.domain.record import RevokeRecord
from training.domain.rule import SetRule
from training.events import SecondPersonAwaited
from training.persistence.records import lock_record
from training.use_cases.jp_targets.set import set_jp_target
from training.use_cases.records.revoke import revoke_record
from training.use_cases.rules.set import set_rule
from training.use_cases.standards.set import set_standard

DESCRIPTION = "it describes what there is to learn or to read, and gives nobody anything"
LOAN = "a loan is between the person and the library"
SEAT = "a seat gives no JP before attendance and certificate"
PLANNED = "a plan or a need gives nothing; plans are agreed by the appraiser"
SECOND = "it is itself the action of a second person: neither who submitted the certificate nor whose it is"
ATTENDED = "JP follow from attendance by the rule in force; trainer and officer both may mark it, nobody their own"


def _of_record(tx: Transaction, command: RevokeRecord) -> Iterable[UUID]:
    return (lock_record(tx, command.record_id).employee_id,)


def _announce(tx: Transaction, proposal_id: UUID, action: str) -> None:
    outbox.record(tx, SecondPersonAwaited(proposal_id=proposal_id, action=action))


ACTIONS = Actions(
    actions=(
        Action("rule.set", "POST /rules", SetRule, set_rule),
        Action("jp_target.set", "POST /jp-targets", SetJpTarget, set_jp_target),
        Action("standard.set", "POST /standards", SetStandard, set_standard),
        Action("record.revoke", "POST /records/{record_id}/revoke", RevokeRecord, revoke_record, _of_record),
    ),
    announce=_announce,
    alone={
        "POST /competencies": DESCRIPTION,
        "PUT /competencies/{competency_code}": DESCRIPTION,
        "POST /courses": DESCRIPTION,
        "PUT /courses/{course_code}": DESCRIPTION,
        "POST /courses/{course_code}/sessions": DESCRIPTION,
        "POST /imports/courses": DESCRIPTION,
        "POST /reference-items": DESCRIPTION,
        "PUT /reference-items/{item_id}": DESCRIPTION,
        "POST /imports/reference-items": DESCRIPTION,
        "PUT /sessions/{session_id}": DESCRIPTION,
        "POST /sessions/{session_id}/cancel": DESCRIPTION,
        "POST /reference-items/{item_id}/loans": LOAN,
        "POST /reference-items/{item_id}/holds": LOAN,
        "POST /loans/{loan_id}/return": LOAN,
        "POST /loans/{loan_id}/renew": LOAN,
        "POST /holds/{hold_id}/cancel": LOAN,
        "POST /sessions/{session_id}/enrolments": SEAT,
        "POST /enrolments/{enrolment_id}/cancel": SEAT,
        "POST /sessions/{session_id}/attendance": ATTENDED,
        "POST /sessions/{session_id}/certificates": ATTENDED,
        "POST /records": "a submitted certificate gives no JP before a second person verifies it",
        "POST /records/{record_id}/verify": SECOND,
        "POST /records/{record_id}/reject": "no JP are booked, and the person may submit it again",
        "POST /assessments": "a level raises a need to learn; it moves neither money nor credit",
        "POST /needs": PLANNED,
        "POST /needs/{need_id}/meet": PLANNED,
        "POST /needs/{need_id}/cancel": PLANNED,
        "POST /plans": PLANNED,
        "POST /plans/{plan_id}/items": PLANNED,
        "PUT /plans/{plan_id}/items/{item_id}": PLANNED,
        "DELETE /plans/{plan_id}/items/{item_id}": PLANNED,
        "POST /plans/{plan_id}/items/{item_id}/reading-list": PLANNED,
        "POST /plans/{plan_id}/items/{item_id}/reading-list/{reference_item_id}/read": PLANNED,
        "POST /plans/{plan_id}/submit": PLANNED,
        "POST /plans/{plan_id}/return": PLANNED,
        "POST /plans/{plan_id}/agree": PLANNED,
        "POST /plans/{plan_id}/revise": PLANNED,
    },
)
