"""What training hears: people and their posts from personnel, follow-ups from appraisal."""

from typing import Any
from uuid import UUID

from chassis.bus.envelope import Event
from chassis.causation import current_causation
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from training.use_cases import follow_gaps as gaps
from training.use_cases import project
from training.use_cases.open_follow_up import open_follow_up

consumers = Consumers("training")


def _id(value: Any) -> UUID | None:
    return UUID(value) if value else None


@consumers.on("personnel", "AgencyChanged", 1)
def agency_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        project.agency(tx, name=event.data["name"], time_zone=event.data["time_zone"])


@consumers.on("personnel", "OrgUnitChanged", 1)
def org_unit_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        data = event.data
        project.org_unit(
            tx,
            unit_id=UUID(data["unit_id"]),
            parent_id=_id(data.get("parent_id")),
            code=data["code"],
            name=data["name"],
            leader_id=_id(data.get("leader_id")),
            active=data["active"],
        )


@consumers.on("personnel", "EmployeeChanged", 1)
def employee_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "employee", event):
        data = event.data
        project.employee(
            tx,
            employee_id=UUID(data["employee_id"]),
            employment_type=data["employment_type"],
            status=data["status"],
        )


@consumers.on("personnel", "AssignmentChanged", 1)
def assignment_changed(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "assignment", event):
        data = event.data
        employee_id = UUID(data["employee_id"])
        project.employee(
            tx,
            employee_id=employee_id,
            unit_id=UUID(data["unit_id"]),
            position_code=data["position_code"],
            position_level=data.get("position_level"),
            appraiser_id=_id(data.get("appraiser_id")),
            reviewer_id=_id(data.get("reviewer_id")),
        )
        tx.before_commit(gaps.follow_moves, (employee_id, current_causation()))


@consumers.on("appraisal", "FollowUpOpened", 1)
def follow_up_opened(tx: Transaction, event: Event) -> None:
    data = event.data
    open_follow_up(
        tx,
        follow_up_id=UUID(data["follow_up_id"]),
        employee_id=UUID(data["employee_id"]),
        evaluation_id=UUID(data["evaluation_id"]),
        competency_codes=list(data.get("competency_codes", [])),
    )
