"""Read the amounts per job class that hold on a day, and the default tables."""

from datetime import date

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from incentive.domain.class_amount import ClassAmountView, DefaultClassAmountsView
from incentive.persistence.class_amounts import amounts_on
from incentive.persistence.people import today_of
from incentive.persistence.reference import default_class_amounts


def list_class_amounts(work: UnitOfWork, actor: Principal, *, day: date | None) -> Items[ClassAmountView]:
    with work.transaction(actor.agency_id) as tx:
        return Items(sorted(amounts_on(tx, day or today_of(tx)).values(), key=lambda one: -one.job_class))


def list_default_class_amounts() -> Items[DefaultClassAmountsView]:
    return Items(default_class_amounts())
