"""Record an agency; a new one gets its first reference data at once."""

from chassis.unit_of_work import Transaction
from training.persistence.people import save_agency
from training.persistence.reference import ensure_reference


def record_agency(tx: Transaction, *, name: str, time_zone: str) -> None:
    save_agency(tx, name, time_zone)
    ensure_reference(tx)
