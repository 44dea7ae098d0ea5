"""The events that training consumes: the time of people and units from personnel, follow-ups from appraisal."""

from chassis.bus.envelope import Event
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction
from directory.consuming import keep_directory
from directory.keeping import Hooks
from training.persistence.reference import ensure_reference
from training.use_cases.directory.follow_timelines import follow_timelines
from training.use_cases.needs.open_for_follow_up import OpenForFollowUp, open_for_follow_up
from training.use_cases.needs.withdraw_for_follow_up import WithdrawForFollowUp, withdraw_for_follow_up

consumers = Consumers("training")
keep_directory(consumers, Hooks(on_people_changed=follow_timelines))


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, _event: Event) -> None:
    ensure_reference(tx)


@consumers.on("appraisal", "FollowUpOpened", 1)
def on_follow_up_opened(tx: Transaction, event: Event) -> None:
    open_for_follow_up(tx, event.read(OpenForFollowUp, sequence=event.sequence))


@consumers.on("appraisal", "FollowUpClosed", 1)
def on_follow_up_closed(tx: Transaction, event: Event) -> None:
    withdraw_for_follow_up(tx, event.read(WithdrawForFollowUp, sequence=event.sequence))
