"""Keep learning hours as training tells them: a condition of promotion where the agency asks for it."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from incentive.persistence.eligibility import look_again
from incentive.persistence.projection import put_training


def follow_training(tx: Transaction, event: Event, *, reversed_: bool) -> None:
    data = event.data
    employee_id = UUID(data["employee_id"])
    put_training(
        tx,
        record_id=UUID(data["record_id"]),
        employee_id=employee_id,
        jp=int(data["jp"]),
        year=int(data["year"]),
        finished=not reversed_,
        reversed=reversed_,
    )
    look_again(tx, employee_id)
