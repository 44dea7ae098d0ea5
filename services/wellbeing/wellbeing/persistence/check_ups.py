"""That check-ups were done; a correction is a new row."""

from uuid import UUID

from sqlalchemy import select

from chassis.records import columns_of, fetch_one, insert_record
from chassis.unit_of_work import Transaction
from wellbeing.domain.check_up import CheckUp
from wellbeing.persistence import models


def find_check_up(tx: Transaction, employee_id: UUID, year: int) -> CheckUp | None:
    """Return the newest record of a year."""
    row = models.CheckUp
    query = select(*columns_of(row, CheckUp)).where(row.employee_id == employee_id, row.year == year)
    return fetch_one(tx, query.order_by(row.number.desc()).limit(1), CheckUp)


def insert_check_up(tx: Transaction, check_up_id: UUID, check_up: CheckUp) -> None:
    insert_record(tx, models.CheckUp, check_up, check_up_id=check_up_id)
