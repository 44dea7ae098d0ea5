"""Add to the dialogue on an evaluation; each entry stays on record."""

from appraisal.authorisation import present_officials, self_of
from appraisal.domain.dialogue import AddToDialogue, DialogueEntry
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_parties import PresentOfficials
from appraisal.events import DialogueCause
from appraisal.persistence.cases import dialogue_is_open, end_dialogues
from appraisal.persistence.dialogues import insert_entry, one_request_at_a_time
from appraisal.persistence.evaluations import load_with_decider
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.dialogues.open import open_dialogue
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def add_to_dialogue(work: UnitOfWork, actor: Principal, command: AddToDialogue) -> DialogueEntry:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_decider(tx, command.evaluation_id)
        author_id = self_of(actor)
        # asked for only of others than the two sides; who is named as the reviewer may be the present appraiser
        present, evaluation = PresentOfficials(), parties.evaluation
        if author_id not in (evaluation.employee_id, evaluation.appraiser_id, evaluation.rated_by):
            present = present_officials(tx, evaluation.employee_id)
        entry = DialogueEntry.written(new_id(), parties, present, author_id, command, tx.now)
        insert_entry(tx, entry)
        _follow(tx, evaluation, entry)
        audit.record(tx, actor, "evaluation_dialogue_added", "evaluation", evaluation.id, dialogue_id=entry.id)
        return entry


def _follow(tx: Transaction, evaluation: Evaluation, entry: DialogueEntry) -> None:
    """What an employee writes on a periodic evaluation asks for a dialogue; it ends with what both agreed."""
    if entry.ends_request:
        end_dialogues(tx, evaluation.id, evaluation.employee_id)
    elif entry.is_request_on(evaluation):
        one_request_at_a_time(tx, evaluation.id)
        if not dialogue_is_open(tx, evaluation.id, evaluation.employee_id):
            open_dialogue(tx, load_setting(tx), evaluation, entry.id, DialogueCause.REQUEST)
