"""The quiet hours that an agency has set."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.records import columns_of, fetch_all, table_of, values_of
from chassis.unit_of_work import Transaction
from notification.domain.quiet_hours import MailTimes, QuietHours
from notification.persistence import models
from notification.persistence.people import agency_of


def list_quiet_hours(tx: Transaction) -> list[QuietHours]:
    """Return what the agency has set, the oldest first."""
    query = select(*columns_of(models.QuietHours, QuietHours)).order_by(models.QuietHours.effective_from)
    return fetch_all(tx, query, QuietHours)


def mail_times(tx: Transaction) -> MailTimes:
    return MailTimes(list_quiet_hours(tx), agency_of(tx).time_zone, tx.now)


def save_quiet_hours(tx: Transaction, hours: QuietHours, by: UUID) -> None:
    """Save them; those of the same first day are replaced."""
    values = {**values_of(models.QuietHours, hours), "agency_id": tx.agency_id, "set_by": by, "set_at": tx.now}
    statement = insert(table_of(models.QuietHours)).values(values)
    keys = ["agency_id", "effective_from"]
    tx.session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
