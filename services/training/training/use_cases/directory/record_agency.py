"""Record an agency; a new one gets its first reference data at once."""

from chassis.unit_of_work import Transaction
from directory.people import Agency
from training.persistence.people import save_agency
from training.persistence.reference import ensure_reference


def record_agency(tx: Transaction, agency: Agency) -> None:
    save_agency(tx, agency)
    ensure_reference(tx)
