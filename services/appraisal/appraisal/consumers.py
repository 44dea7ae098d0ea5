"""What appraisal hears: the directory of people, as personnel tells it."""

from uuid import UUID

from appraisal.persistence.people import StaffMember, Unit
from appraisal.use_cases.follow_directory import note_agency, note_assignment, note_employee, note_unit
from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction

consumers = Consumers("appraisal")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        note_agency(tx, event.data["name"], event.data["time_zone"])


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_unit(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        data = event.data
        unit = Unit(
            UUID(data["unit_id"]),
            _id(data.get("parent_id")),
            data["code"],
            data["name"],
            _id(data.get("leader_id")),
            bool(data["active"]),
        )
        note_unit(tx, unit)


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee", event):
        note_employee(tx, UUID(event.data["employee_id"]), event.data["employment_type"], event.data["status"])


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        data = event.data
        member = StaffMember(
            employee_id=UUID(data["employee_id"]),
            unit_id=UUID(data["unit_id"]),
            position_kind=data["position_kind"],
            appraiser_id=_id(data.get("appraiser_id")),
            reviewer_id=_id(data.get("reviewer_id")),
            status="",
        )
        note_assignment(tx, member, data["position_code"])


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
