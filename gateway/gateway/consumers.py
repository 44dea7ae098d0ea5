"""The events of personnel that accounts follow: people's time, officials' terms, and where an agency's day begins."""

from chassis import jobs
from chassis.bus.envelope import Event
from chassis.consumers import Consumers, is_latest
from chassis.records import save_record
from chassis.unit_of_work import Transaction
from directory.people import Agency
from directory.timelines import ExternalOfficial, Timeline
from gateway.persistence import models
from gateway.persistence.accounts import lock_accounts_shared
from gateway.persistence.people import find_time_zone, write_terms, write_timelines
from gateway.use_cases.people.follow import follow_people
from gateway.use_cases.people.follow_all import JOB, FollowAll

consumers = Consumers("identity")


@consumers.on("personnel", "EmployeeTimelineChanged", 1)
def on_employee_timeline_changed(tx: Transaction, event: Event) -> None:
    tx.before_commit(_keep_timelines, event.read(Timeline))


@consumers.on("personnel", "ExternalOfficialChanged", 1)
def on_external_official_changed(tx: Transaction, event: Event) -> None:
    tx.before_commit(_keep_terms, event.read(ExternalOfficial))


@consumers.on("personnel", "AgencyChanged", 1)
def on_agency_changed(tx: Transaction, event: Event) -> None:
    """Keep the time zone; where it is another one, days begin at another time for all.

    Accounts that were made before it arrived follow now: until then, which day it is there was not known.
    """
    if not is_latest(tx, "agency", event):
        return
    before, agency = find_time_zone(tx), event.read(Agency)
    save_record(tx, models.Agency, agency)
    if before != agency.time_zone:
        jobs.start(tx, JOB, FollowAll(), None)


def _keep_timelines(tx: Transaction, received: list[Timeline]) -> None:
    lock_accounts_shared(tx)
    follow_people(tx, write_timelines(tx, received))


def _keep_terms(tx: Transaction, received: list[ExternalOfficial]) -> None:
    lock_accounts_shared(tx)
    follow_people(tx, write_terms(tx, received))
