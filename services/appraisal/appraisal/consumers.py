"""The events of personnel that appraisal consumes: people, units and the agency."""

from uuid import UUID

from appraisal.domain.people import Assignment, Unit
from appraisal.persistence.people import save_agency, save_employment, save_unit
from appraisal.use_cases.directory.record_assignment import record_assignment
from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction

consumers = Consumers("appraisal")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        save_agency(tx, event.data["name"], event.data["time_zone"])


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_org_unit_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        data = event.data
        unit = Unit(
            unit_id=UUID(data["unit_id"]),
            parent_id=_optional_id(data.get("parent_id")),
            code=data["code"],
            name=data["name"],
            leader_id=_optional_id(data.get("leader_id")),
            active=bool(data["active"]),
        )
        save_unit(tx, unit)


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee", event):
        data = event.data
        save_employment(tx, UUID(data["employee_id"]), data["employment_type"], data["status"])


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        data = event.data
        assignment = Assignment(
            employee_id=UUID(data["employee_id"]),
            unit_id=UUID(data["unit_id"]),
            position_code=data["position_code"],
            position_kind=data["position_kind"],
            appraiser_id=_optional_id(data.get("appraiser_id")),
            reviewer_id=_optional_id(data.get("reviewer_id")),
        )
        record_assignment(tx, assignment)


def _optional_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
