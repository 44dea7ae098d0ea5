"""Set the agency's quiet hours from a day on; what is held back already goes out when it was to."""

from chassis import audit
from chassis.auth import Principal
from chassis.dated import require_first_day
from chassis.unit_of_work import UnitOfWork
from notification.domain.quiet_hours import QuietHoursView, SetQuietHours
from notification.persistence.people import today
from notification.persistence.quiet_hours import mail_times, save_quiet_hours


def set_quiet_hours(work: UnitOfWork, actor: Principal, command: SetQuietHours) -> QuietHoursView:
    """Raise InvalidInput for a day gone by."""
    with work.transaction(actor.agency_id) as tx:
        day = today(tx)
        require_first_day("effective_from", command.effective_from, day)
        hours = command.hours
        save_quiet_hours(tx, hours, actor.account_id)
        audit.record(tx, actor, "quiet_hours_set", "quiet_hours", command.effective_from)
        return QuietHoursView.of(hours, in_force=mail_times(tx).in_force_on(day) == hours)
