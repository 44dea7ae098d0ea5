"""The events that training consumes: people and their posts from personnel, follow-ups from appraisal."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from training.domain.people import Assignment, Employment, Unit
from training.persistence.people import save_employment, save_unit
from training.use_cases.directory.record_agency import record_agency
from training.use_cases.directory.record_assignment import record_assignment
from training.use_cases.needs.open_for_follow_up import OpenForFollowUp, open_for_follow_up

consumers = Consumers("training")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        record_agency(tx, name=event.data["name"], time_zone=event.data["time_zone"])


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
            active=data["active"],
        )
        save_unit(tx, unit)


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee", event):
        data = event.data
        save_employment(tx, Employment(UUID(data["employee_id"]), data["employment_type"], data["status"]))


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        data = event.data
        assignment = Assignment(
            employee_id=UUID(data["employee_id"]),
            unit_id=UUID(data["unit_id"]),
            position_code=data["position_code"],
            position_level=data.get("position_level"),
            appraiser_id=_optional_id(data.get("appraiser_id")),
            reviewer_id=_optional_id(data.get("reviewer_id")),
        )
        record_assignment(tx, assignment)


@consumers.on("appraisal", "FollowUpOpened", 1)
def on_follow_up_opened(tx: Transaction, event: Event) -> None:
    data = event.data
    command = OpenForFollowUp(
        follow_up_id=UUID(data["follow_up_id"]),
        employee_id=UUID(data["employee_id"]),
        evaluation_id=UUID(data["evaluation_id"]),
        competency_codes=data.get("competency_codes", []),
    )
    open_for_follow_up(tx, command)


def _optional_id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
