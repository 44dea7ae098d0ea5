"""Take back what a follow-up has caused, because a correction of the evaluation left no reason for it."""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import Transaction
from training.domain.need import NeedState, is_standing
from training.persistence.follow_ups import is_news
from training.persistence.locked_rows import lock
from training.persistence.needs import causes_of, live_needs, update_cause
from training.persistence.reference import SYSTEM
from training.use_cases.needs.move import move_need

_REASON = "Evaluasi yang mendasarinya dikoreksi: tindak lanjut kinerjanya tidak diperlukan lagi."


@dataclass(frozen=True)
class WithdrawForFollowUp:
    follow_up_id: UUID
    employee_id: UUID
    cause: Literal["DONE", "CORRECTED"]
    sequence: int


def withdraw_for_follow_up(tx: Transaction, command: WithdrawForFollowUp) -> None:
    """Cancel the needs that rest on nothing else; what a person has ended, or also rests on another cause, stays.

    Of coaching that is done the need goes on: whether somebody is trained is decided by an assessment, or a person.
    """
    if command.cause == "DONE":
        return
    lock(tx, "needs", command.employee_id)
    if not is_news(tx, command.follow_up_id, stands=False, sequence=command.sequence):
        return
    live = live_needs(tx, command.employee_id)
    causes = causes_of(tx, [need.id for need in live])
    for need in live:
        standing = [cause for cause in causes[need.id] if is_standing(cause)]
        taken_back = [cause for cause in standing if cause.source_id == command.follow_up_id]
        for cause in taken_back:
            update_cause(tx, cause, replace(cause, withdrawn_at=tx.now))
            audit.record(tx, SYSTEM, "need_cause_withdrawn", "need", need.id, follow_up_id=command.follow_up_id)
        if taken_back == standing:
            move_need(tx, need, NeedState.CANCELLED, by=SYSTEM, reason=_REASON)
