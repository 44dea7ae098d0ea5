"""Show the reference data in force on a day."""

from datetime import date

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from wellbeing.domain.reference import ReferenceKind, ReferenceView
from wellbeing.persistence.references import current_reference


def show_reference(work: UnitOfWork, actor: Principal, kind: ReferenceKind, day: date | None) -> ReferenceView:
    """Return the row in force on a day, today unless another is given."""
    with work.transaction(actor.agency_id) as tx:
        return ReferenceView.of(current_reference(tx, kind, day or today(tx)))
