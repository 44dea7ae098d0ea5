"""Record a unit: its leader may be somebody a message has been waiting for."""

from chassis.unit_of_work import Transaction
from notification.domain.people import Unit
from notification.persistence.people import save
from notification.use_cases.messages.tell import tell_waiting, unit_fact


def record_unit(tx: Transaction, unit: Unit) -> None:
    save(tx, unit)
    tell_waiting(tx, unit_fact(unit.unit_id))
