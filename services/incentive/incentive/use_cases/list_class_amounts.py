"""The amounts per job class that hold on a day."""

from datetime import date

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.people import today_of
from incentive.persistence.policies import Amount, amounts_on


def list_class_amounts(work: UnitOfWork, actor: Principal, day: date | None) -> list[Amount]:
    with work.transaction(actor.agency_id) as tx:
        return sorted(amounts_on(tx, day or today_of(tx)).values(), key=lambda one: -one.job_class)
