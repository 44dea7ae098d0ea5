"""Read the agency's quiet hours: what holds until it sets its own, and what it has set since."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from notification.domain.quiet_hours import DEFAULT, QuietHoursView
from notification.persistence.people import today
from notification.persistence.quiet_hours import mail_times


def list_quiet_hours(work: UnitOfWork, actor: Principal) -> Items[QuietHoursView]:
    with work.transaction(actor.agency_id) as tx:
        times = mail_times(tx)
        in_force = times.in_force_on(today(tx))
        return Items([QuietHoursView.of(one, in_force=one == in_force) for one in (DEFAULT, *times.hours)])
