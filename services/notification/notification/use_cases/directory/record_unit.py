"""Record a unit: its leader may be somebody a message has been waiting for."""

from chassis.unit_of_work import Transaction
from notification.domain.people import Unit
from notification.persistence.people import save
from notification.use_cases.messages.notify import notify_waiting, unit_key


def record_unit(tx: Transaction, unit: Unit) -> None:
    save(tx, unit)
    notify_waiting(tx, unit_key(unit.unit_id))
