"""What this service hears: who works in which unit under whom. Nothing of performance, and nobody's name."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction

from .persistence import directory

consumers = Consumers("wellbeing")


@consumers.on("personnel", "AgencyChanged", 1)
def keep_agency(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        values = {"agency_id": tx.agency_id, "name": event.data["name"], "time_zone": event.data["time_zone"]}
        directory.save_agency(tx.session, values)


@consumers.on("personnel", "OrgUnitChanged", 1)
def keep_unit(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        values = {
            "agency_id": tx.agency_id,
            "unit_id": UUID(event.data["unit_id"]),
            "parent_id": _optional(event.data.get("parent_id")),
            "code": event.data["code"],
            "name": event.data["name"],
            "leader_id": _optional(event.data.get("leader_id")),
            "active": event.data["active"],
        }
        directory.save_unit(tx.session, values)


@consumers.on("personnel", "EmployeeChanged", 1)
def keep_status(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee_status", event):
        values = {
            "agency_id": tx.agency_id,
            "employee_id": UUID(event.data["employee_id"]),
            "status": event.data["status"],
        }
        directory.save_employee(tx.session, values)


@consumers.on("personnel", "AssignmentChanged", 1)
def keep_assignment(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee_assignment", event):
        values = {
            "agency_id": tx.agency_id,
            "employee_id": UUID(event.data["employee_id"]),
            "unit_id": UUID(event.data["unit_id"]),
            "appraiser_id": _optional(event.data.get("appraiser_id")),
            "reviewer_id": _optional(event.data.get("reviewer_id")),
        }
        directory.save_employee(tx.session, values)


def _optional(text: str | None) -> UUID | None:
    return UUID(text) if text else None
