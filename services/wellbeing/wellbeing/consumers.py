"""The events of personnel that wellbeing consumes: who works in which unit under whom. No rating, and no name."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from wellbeing.domain.reporting_line import Assignment
from wellbeing.domain.units import OrgUnit
from wellbeing.persistence.directory import save_agency, save_assignment, save_status, save_unit

consumers = Consumers("wellbeing")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        save_agency(tx, event.data["name"], event.data["time_zone"])


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_org_unit_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        data = event.data
        unit = OrgUnit(
            unit_id=UUID(data["unit_id"]),
            parent_id=_optional_id(data.get("parent_id")),
            code=data["code"],
            name=data["name"],
            leader_id=_optional_id(data.get("leader_id")),
            active=data["active"],
        )
        save_unit(tx, unit)


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee_status", event):
        save_status(tx, UUID(event.data["employee_id"]), event.data["status"])


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee_assignment", event):
        data = event.data
        assignment = Assignment(
            employee_id=UUID(data["employee_id"]),
            unit_id=UUID(data["unit_id"]),
            appraiser_id=_optional_id(data.get("appraiser_id")),
            reviewer_id=_optional_id(data.get("reviewer_id")),
        )
        save_assignment(tx, assignment)


def _optional_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
