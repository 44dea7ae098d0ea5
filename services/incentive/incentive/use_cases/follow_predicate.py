"""Keep a predicate as appraisal tells it, and let pay, credit and eligibility follow."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind, Predicate
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark
from incentive.persistence.policies import months_going_by, published_policies
from incentive.persistence.predicates import Told, add_facts
from incentive.use_cases.book_annual_credit import book_annual_credit


def follow_issued(tx: Transaction, event: Event) -> None:
    """An issued annual result is provisional: it is shown, and moves neither money nor credit."""
    period = Period(PeriodKind.YEAR, int(event.data["year"]), 0)
    add_facts(tx, [_told(event, "ISSUED", period)])


def follow_final(tx: Transaction, event: Event, stage: str) -> None:
    """A final result (FINAL), or its correction (CORRECTED); the highest version counts, whatever the order.

    Credit and eligibility look at annual results at once; all others are kept together with those of their batch.
    """
    period = _period(event)
    if period is None:
        return
    told = _told(event, stage, period)
    if period.kind is not PeriodKind.YEAR:
        tx.before_commit(_keep_all, told)
    elif _keep_all(tx, [told]):
        book_annual_credit(tx, told.employee_id, period.year)
        look_again(tx, told.employee_id)


def _keep_all(tx: Transaction, told: list[Told]) -> list[Told]:
    """Keep predicates, and mark the months that go by the new ones."""
    added = add_facts(tx, told)
    if added:
        policies = published_policies(tx)
        months = {period: months_going_by(policies, period) for period in {one.period for one in added}}
        mark(tx, ((one.employee_id, month) for one in added for month in months[one.period]), "predicate")
    return added


def _period(event: Event) -> Period | None:
    """The period spoken about; None for a periodic evaluation shorter or longer than those that pay goes by."""
    data = event.data
    if data["kind"] == "ANNUAL":
        return Period(PeriodKind.YEAR, int(data["year"]), 0)
    if data.get("quarter"):
        return Period(PeriodKind.QUARTER, int(data["year"]), int(data["quarter"]))
    if data.get("month"):
        return Period(PeriodKind.MONTH, int(data["year"]), int(str(data["month"])[-2:]))
    return None


def _told(event: Event, stage: str, period: Period) -> Told:
    data = event.data
    return Told(
        evaluation_id=UUID(data["evaluation_id"]),
        stage=stage,
        version=int(data["version"]),
        employee_id=UUID(data["employee_id"]),
        period=period,
        predicate=Predicate(data["predicate"]),
        source="APPRAISAL",
        said_at=event.time,
    )
