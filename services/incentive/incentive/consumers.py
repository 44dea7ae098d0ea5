"""The facts this service hears. From wellbeing it hears nothing, and must not."""

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction
from incentive.use_cases.follow_agency import follow_agency, follow_unit
from incentive.use_cases.follow_assignment import follow_assignment
from incentive.use_cases.follow_employee import follow_employee
from incentive.use_cases.follow_predicate import follow_final, follow_issued
from incentive.use_cases.follow_training import follow_training

consumers = Consumers("incentive")
consumers.on("personnel", "AgencyChanged", 1)(follow_agency)
consumers.on("personnel", "OrgUnitChanged", 1)(follow_unit)
consumers.on("personnel", "EmployeeChanged", 1)(follow_employee)
consumers.on("personnel", "AssignmentChanged", 1)(follow_assignment)
consumers.on("appraisal", "AppraisalIssued", 1)(follow_issued)


@consumers.on("appraisal", "AppraisalCompleted", 1)
def on_completed(tx: Transaction, event: Event) -> None:
    follow_final(tx, event, "FINAL")


@consumers.on("appraisal", "AppraisalCorrected", 1)
def on_corrected(tx: Transaction, event: Event) -> None:
    follow_final(tx, event, "CORRECTED")


@consumers.on("training", "TrainingFinished", 1)
def on_finished(tx: Transaction, event: Event) -> None:
    follow_training(tx, event, reversed_=False)


@consumers.on("training", "TrainingReversed", 1)
def on_reversed(tx: Transaction, event: Event) -> None:
    follow_training(tx, event, reversed_=True)
