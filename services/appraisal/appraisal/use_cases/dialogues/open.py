"""Let the appraiser owe a dialogue on a periodic evaluation, inside the transaction that asks for it."""

from datetime import timedelta
from uuid import UUID

from appraisal.domain.cases import dialogue_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.setting import AgencySetting
from appraisal.events import DialogueCause, DialogueRequested
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import open_case
from chassis import outbox, timers
from chassis.unit_of_work import Transaction


def open_dialogue(
    tx: Transaction, setting: AgencySetting, evaluation: Evaluation, subject: UUID, cause: DialogueCause
) -> None:
    """Open the deadline, and notify; `subject` is the entry that asks, or the order that lowered the evaluation."""
    answer_by = setting.deadline(tx.now, setting.rules.dialogue_days(setting.today))
    open_case(tx, dialogue_of(evaluation, subject, tx.now, answer_by))
    follow_case_officials(tx, [evaluation.employee_id])
    timers.schedule(tx, "dialogue_deadline", subject, answer_by + timedelta(seconds=1))
    outbox.record(tx, DialogueRequested.of(evaluation, subject, cause, answer_by))
