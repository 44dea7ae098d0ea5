"""Runs of the allowance: one a month, from CALCULATING to PAID."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from chassis.errors import NotFound
from chassis.unit_of_work import Transaction
from incentive.domain.months import month_text
from incentive.domain.runs import RunView
from incentive.persistence.models import AllowanceRun

_FAILED = text("SELECT 1 FROM job WHERE agency_id = :agency AND id = :id AND status = 'FAILED'")


def run_of_month(tx: Transaction, month: date) -> AllowanceRun | None:
    return tx.session.scalars(select(AllowanceRun).where(AllowanceRun.month == month).with_for_update()).first()


def run(tx: Transaction, run_id: UUID, *, lock: bool = False) -> AllowanceRun:
    """The run's row; raises NotFound."""
    found = tx.session.get(AllowanceRun, run_id, with_for_update=True if lock else None)
    if found is None:
        raise NotFound(object="perhitungan tukin", id=run_id)
    return found


def has_failed(tx: Transaction, job_id: UUID | None) -> bool:
    """Tell whether the run's job has been given up after its last attempt."""
    return tx.session.execute(_FAILED, {"id": job_id, "agency": tx.agency_id}).first() is not None


def view(row: AllowanceRun) -> RunView:
    return RunView(
        **{name: getattr(row, name) for name in RunView.__dataclass_fields__ if name != "month"},
        month=month_text(row.month),
    )
