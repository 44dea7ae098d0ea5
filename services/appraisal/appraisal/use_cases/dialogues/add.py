"""Add to the dialogue on an evaluation; each entry stays on record."""

from uuid import UUID

from appraisal.authorisation import present_officials, self_of
from appraisal.domain.cases import dialogue_of
from appraisal.domain.dialogue import DialogueEntry, SpeakerRole
from appraisal.domain.evaluation import Evaluation
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import dialogue_is_open, end_dialogues, open_case
from appraisal.persistence.dialogues import insert_entry
from appraisal.persistence.evaluations import load_with_decider
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def add_to_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID, *, text: str) -> DialogueEntry:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_decider(tx, evaluation_id)
        author_id = self_of(actor)
        # asked for only of others than the two sides; who is named as the reviewer may be the present appraiser
        present, evaluation = None, parties.evaluation
        if author_id not in (evaluation.employee_id, evaluation.appraiser_id, evaluation.rated_by):
            present = present_officials(tx, evaluation.employee_id).appraiser_id
        entry = DialogueEntry.written(new_id(), parties, present, author_id, text, tx.now)
        insert_entry(tx, entry)
        _follow(tx, evaluation, entry)
        audit.record(tx, actor, "evaluation_dialogue_added", "evaluation", evaluation_id, dialogue_id=entry.id)
        return entry


def _follow(tx: Transaction, evaluation: Evaluation, entry: DialogueEntry) -> None:
    """What an employee writes on a periodic evaluation asks for an answer, which the appraiser owes."""
    if entry.role is SpeakerRole.APPRAISER:
        end_dialogues(tx, evaluation.id, evaluation.employee_id)
    elif entry.is_request_on(evaluation) and not dialogue_is_open(tx, evaluation.id, evaluation.employee_id):
        setting = load_setting(tx)
        due_at = setting.deadline(entry.at, setting.rules.dialogue_days(setting.local_date(entry.at)))
        open_case(tx, dialogue_of(evaluation, entry.id, entry.at, due_at))
        follow_case_officials(tx, [evaluation.employee_id])
