"""Follow-ups that move with their employee."""

from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction

_FOLLOW = text(
    "UPDATE follow_up SET appraiser_id = :appraiser, assigned_to = :appraiser, version = version + 1 "
    "WHERE employee_id = :employee AND kind = 'COACHING' AND state = 'OPEN' AND assigned_to = appraiser_id "
    "AND appraiser_id <> :appraiser"
)


def follow_assignment(tx: Transaction, employee_id: UUID, appraiser_id: UUID | None) -> None:
    """Coaching is the present appraiser's, unless HR has named another coach; counselling stays where it is."""
    if appraiser_id is not None:
        tx.session.execute(_FOLLOW, {"employee": employee_id, "appraiser": appraiser_id})
