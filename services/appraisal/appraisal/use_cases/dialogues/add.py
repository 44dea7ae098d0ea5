"""Add to the dialogue on an evaluation; each entry stays on record."""

from uuid import UUID

from appraisal.authorisation import present_officials, self_of
from appraisal.domain.dialogue import DialogueEntry
from appraisal.persistence.dialogues import insert_entry
from appraisal.persistence.evaluations import load_with_decider
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def add_to_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID, *, text: str) -> DialogueEntry:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_decider(tx, evaluation_id)
        author_id = self_of(actor)
        # the present appraiser is asked for only when the evaluation itself does not name the author
        present = None
        if author_id not in parties.named:
            present = present_officials(tx, parties.evaluation.employee_id).appraiser_id
        entry = DialogueEntry.written(new_id(), parties, present, author_id, text, tx.now)
        insert_entry(tx, entry)
        audit.record(tx, actor, "evaluation_dialogue_added", "evaluation", evaluation_id, dialogue_id=entry.id)
        return entry
