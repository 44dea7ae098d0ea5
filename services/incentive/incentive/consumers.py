"""The events this service subscribes to. To wellbeing it does not subscribe, and must not."""

from typing import Any

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction
from directory.consuming import keep_directory
from directory.keeping import Hooks
from incentive.domain.period import Period
from incentive.domain.person import TrainingRecord
from incentive.domain.predicate import ReceivedPredicate, Stage
from incentive.domain.values import PeriodKind
from incentive.persistence.class_amounts import keep_highest_class
from incentive.persistence.predicates import add_received
from incentive.use_cases.people.follow_timelines import follow_timelines
from incentive.use_cases.people.record_training import record_training
from incentive.use_cases.predicates.receive import receive_final

consumers = Consumers("incentive")
keep_directory(consumers, Hooks(on_people_changed=follow_timelines, on_agency_changed=keep_highest_class))


@consumers.on("appraisal", "AppraisalIssued", 1)
def on_issued(tx: Transaction, event: Event) -> None:
    """An issued annual result is provisional: it is shown, and moves neither money nor credit."""
    tx.before_commit(add_received, _predicate(event, Stage.ISSUED, Period(PeriodKind.YEAR, int(event.data["year"]), 0)))


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
    record_training(tx, event.read(TrainingRecord, finished=True, reversed=False))


@consumers.on("training", "TrainingReversed", 1)
def on_training_reversed(tx: Transaction, event: Event) -> None:
    record_training(tx, event.read(TrainingRecord, finished=False, reversed=True))


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
    return event.read(ReceivedPredicate, stage=stage, period=period, recorded_at=event.time)
