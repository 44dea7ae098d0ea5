"""The dated table of amounts per job class; a later entry for the same day takes precedence over an earlier one."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import insert, text

from chassis.unit_of_work import Transaction
from incentive.persistence.models import ClassAmount

_CURRENT = text(
    "SELECT DISTINCT ON (job_class, effective_from) job_class, effective_from, revision, amount FROM class_amount "
    "WHERE agency_id = :agency AND effective_from = ANY(:days) ORDER BY job_class, effective_from, revision DESC"
)


def put_amounts(
    tx: Transaction,
    amounts: Mapping[tuple[int, date], tuple[int, str]],
    legal_source: str,
    entered_by: UUID | None,
) -> list[date]:
    """Store (class, day) -> (amount, how well verified); gives the days whose amounts have changed."""
    if not amounts:
        return []
    days = sorted({day for _, day in amounts})
    rows = tx.session.execute(_CURRENT, {"agency": tx.agency_id, "days": days})
    current = {(row.job_class, row.effective_from): (row.revision, row.amount) for row in rows}
    changed = sorted(key for key, (amount, _) in amounts.items() if current.get(key, (0, -1))[1] != amount)
    if changed:
        fresh = [
            {
                "agency_id": tx.agency_id,
                "job_class": key[0],
                "effective_from": key[1],
                "revision": current.get(key, (0, -1))[0] + 1,
                "amount": amounts[key][0],
                "legal_source": legal_source,
                "verified": amounts[key][1],
                "entered_by": entered_by,
                "entered_at": tx.now,
            }
            for key in changed
        ]
        tx.session.execute(insert(ClassAmount), fresh)
    return sorted({day for _, day in changed})
