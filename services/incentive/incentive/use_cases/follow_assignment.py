"""Keep where a person works, in which class and jenjang, as personnel tells it."""

from datetime import date
from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from incentive.domain.values import PositionKind, PositionLevel
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark_since
from incentive.persistence.predicates import appraised_years
from incentive.persistence.projection import add_assignment_version
from incentive.use_cases.book_annual_credit import book_annual_credit


def follow_assignment(tx: Transaction, event: Event) -> None:
    """A new snapshot may change months already run and years already converted: both are looked at again."""
    data = event.data
    employee_id, since = UUID(data["employee_id"]), date.fromisoformat(data["effective_from"])
    level = data.get("position_level")
    fresh = add_assignment_version(
        tx,
        employee_id=employee_id,
        version=int(data["version"]),
        effective_from=since,
        unit_id=UUID(data["unit_id"]),
        position_kind=PositionKind(data["position_kind"]).value,
        position_level=PositionLevel(level).value if level else None,
        job_class=int(data["job_class"]),
    )
    if not fresh:
        return
    mark_since(tx, employee_id, since, "assignment")
    for year in appraised_years(tx, employee_id, since.year):
        book_annual_credit(tx, employee_id, year)
    look_again(tx, employee_id)
