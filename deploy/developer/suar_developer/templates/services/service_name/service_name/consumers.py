"""The events that service_name consumes: who is employed, from personnel."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from service_name.persistence.people import save_status

consumers = Consumers("service_name")


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee", event):
        save_status(tx, UUID(event.data["employee_id"]), event.data["status"])
