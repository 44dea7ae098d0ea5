"""Enter dated reference data of an agency; what was entered before stays, and stays the version of what used it."""

from chassis import audit
from chassis.auth import Principal
from chassis.dated import require_first_day
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from directory.questions import today
from wellbeing.domain.reference import EnterReference, ReferenceView
from wellbeing.domain.reference_values import require_valid
from wellbeing.persistence.references import insert_reference


def enter_reference(work: UnitOfWork, actor: Principal, command: EnterReference) -> ReferenceView:
    """Add a row, from today on at the earliest. Raise InvalidInput, ReferenceWeakerThanDefault."""
    require_valid(command.kind, command.body, command.valid_from)
    with work.transaction(actor.agency_id) as tx:
        require_first_day("valid_from", command.valid_from, today(tx))
        reference_id = new_id()
        insert_reference(tx, reference_id, command)
        audit.record(tx, actor, "reference_entered", "reference", reference_id, kind=command.kind)
        return view_of(ReferenceView, command, version=str(reference_id))
