"""The events this service subscribes to. To wellbeing it does not subscribe, and must not."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis.bus.envelope import Event
from chassis.clock import today_in
from chassis.consumers import Consumers, is_latest
from chassis.unit_of_work import Transaction
from incentive.domain.period import Period
from incentive.domain.person import AssignmentVersion, EmployeeVersion, OrgUnit, TrainingRecord
from incentive.domain.predicate import ReceivedPredicate, Stage
from incentive.domain.values import EmployeeStatus, EmploymentType, PeriodKind, PositionKind, PositionLevel, Predicate
from incentive.persistence.people import zone_of
from incentive.persistence.predicates import add_received
from incentive.persistence.projections import store_agency, store_unit
from incentive.use_cases.people.record_assignment import record_assignment
from incentive.use_cases.people.record_employee import record_employee
from incentive.use_cases.people.record_training import record_training
from incentive.use_cases.predicates.receive import receive_final

consumers = Consumers("incentive")


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "agency", event):
        store_agency(tx, event.data["name"], event.data["time_zone"], int(event.data["version"]))


@consumers.on("personnel", "OrgUnitChanged", 1)
def on_unit(tx: Transaction, event: Event) -> None:
    if is_latest(tx, "org_unit", event):
        data = event.data
        unit = OrgUnit(
            unit_id=UUID(data["unit_id"]),
            parent_id=_id(data.get("parent_id")),
            code=data["code"],
            name=data["name"],
            leader_id=_id(data.get("leader_id")),
            active=bool(data["active"]),
            version=int(data["version"]),
        )
        store_unit(tx, unit)


@consumers.on("personnel", "EmployeeChanged", 1)
def on_employee(tx: Transaction, event: Event) -> None:
    """A version holds from the day it names, or else from the day of its publication."""
    data = event.data
    version = EmployeeVersion(
        employee_id=UUID(data["employee_id"]),
        version=int(data["version"]),
        effective_from=_day(data.get("effective_from")) or today_in(event.time, zone_of(tx)),
        employment_type=EmploymentType(data["employment_type"]),
        status=EmployeeStatus(data["status"]),
        grade=data["grade"],
        grade_since=_day(data.get("grade_since")),
        service_start=_day(data.get("service_start")),
    )
    record_employee(tx, version)


@consumers.on("personnel", "AssignmentChanged", 1)
def on_assignment(tx: Transaction, event: Event) -> None:
    data = event.data
    level = data.get("position_level")
    version = AssignmentVersion(
        employee_id=UUID(data["employee_id"]),
        version=int(data["version"]),
        effective_from=date.fromisoformat(data["effective_from"]),
        unit_id=UUID(data["unit_id"]),
        position_kind=PositionKind(data["position_kind"]),
        position_level=PositionLevel(level) if level else None,
        job_class=int(data["job_class"]),
    )
    record_assignment(tx, version)


@consumers.on("appraisal", "AppraisalIssued", 1)
def on_issued(tx: Transaction, event: Event) -> None:
    """An issued annual result is provisional: it is shown, and moves neither money nor credit."""
    add_received(tx, [_predicate(event, Stage.ISSUED, Period(PeriodKind.YEAR, int(event.data["year"]), 0))])


@consumers.on("appraisal", "AppraisalCompleted", 1)
def on_completed(tx: Transaction, event: Event) -> None:
    period = _period(event.data)
    if period is not None:
        receive_final(tx, _predicate(event, Stage.FINAL, period))


@consumers.on("appraisal", "AppraisalCorrected", 1)
def on_corrected(tx: Transaction, event: Event) -> None:
    period = _period(event.data)
    if period is not None:
        receive_final(tx, _predicate(event, Stage.CORRECTED, period))


@consumers.on("training", "TrainingFinished", 1)
def on_training_finished(tx: Transaction, event: Event) -> None:
    record_training(tx, _training(event.data, reversed_=False))


@consumers.on("training", "TrainingReversed", 1)
def on_training_reversed(tx: Transaction, event: Event) -> None:
    record_training(tx, _training(event.data, reversed_=True))


def _period(data: dict[str, Any]) -> Period | None:
    """Return the period of a result; None for a periodic one shorter or longer than those that pay depends on."""
    if data["kind"] == "ANNUAL":
        return Period(PeriodKind.YEAR, int(data["year"]), 0)
    if data.get("quarter"):
        return Period(PeriodKind.QUARTER, int(data["year"]), int(data["quarter"]))
    if data.get("month"):
        return Period(PeriodKind.MONTH, int(data["year"]), int(str(data["month"])[-2:]))
    return None


def _predicate(event: Event, stage: Stage, period: Period) -> ReceivedPredicate:
    return ReceivedPredicate(
        evaluation_id=UUID(event.data["evaluation_id"]),
        stage=stage,
        version=int(event.data["version"]),
        employee_id=UUID(event.data["employee_id"]),
        period=period,
        predicate=Predicate(event.data["predicate"]),
        recorded_at=event.time,
    )


def _training(data: dict[str, Any], *, reversed_: bool) -> TrainingRecord:
    return TrainingRecord(
        record_id=UUID(data["record_id"]),
        employee_id=UUID(data["employee_id"]),
        jp=int(data["jp"]),
        year=int(data["year"]),
        finished=not reversed_,
        reversed=reversed_,
    )


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
