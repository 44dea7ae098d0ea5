"""Read the recorded dialogue on an evaluation."""

from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.dialogue import DialogueView
from appraisal.persistence.dialogues import list_entries
from appraisal.persistence.evaluations import load_with_decider
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_dialogue(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> DialogueView:
    with work.transaction(actor.agency_id) as tx:
        require_evaluation_reader(tx, actor, load_with_decider(tx, evaluation_id))
        audit.record(tx, actor, "evaluation_dialogue_read", "evaluation", evaluation_id)
        return DialogueView(tuple(list_entries(tx, evaluation_id)))
