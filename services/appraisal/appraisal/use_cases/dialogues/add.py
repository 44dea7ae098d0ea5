"""Add to the dialogue on an evaluation; each entry stays on record."""

from uuid import UUID

from appraisal.authorisation import self_of
from appraisal.domain.dialogue import DialogueEntry
from appraisal.persistence.dialogues import insert_entry
from appraisal.persistence.evaluations import load_with_parties
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def add_to_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID, *, text: str) -> DialogueEntry:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_parties(tx, evaluation_id)
        entry = DialogueEntry.written(new_id(), parties, self_of(actor), text, tx.now)
        insert_entry(tx, entry)
        audit.record(tx, actor, "evaluation_dialogue_added", "evaluation", evaluation_id, dialogue_id=entry.id)
        return entry
