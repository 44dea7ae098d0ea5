"""What is known of everybody's eligibility, who is to be looked at again, and the sweep that does it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis import timers
from chassis.unit_of_work import Transaction

_MARK = text(
    "INSERT INTO eligibility_due (agency_id, employee_id) SELECT :agency, e FROM unnest(CAST(:ids AS uuid[])) e "
    "ORDER BY e ON CONFLICT DO NOTHING"
)
_HOLD = text("SELECT 1 FROM eligibility_sweep WHERE agency_id = :agency FOR KEY SHARE")
_ANNOUNCE = text(
    "INSERT INTO eligibility_sweep (agency_id) VALUES (:agency) ON CONFLICT DO NOTHING RETURNING agency_id"
)
_TAKE = text(
    "DELETE FROM eligibility_due WHERE (agency_id, employee_id) IN (SELECT agency_id, employee_id FROM eligibility_due "
    "WHERE agency_id = :agency ORDER BY employee_id LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING employee_id"
)
_CLOSE = text("SELECT 1 FROM eligibility_sweep WHERE agency_id = :agency FOR UPDATE")
_LEFT = text("SELECT 1 FROM eligibility_due WHERE agency_id = :agency LIMIT 1")
_END = text("DELETE FROM eligibility_sweep WHERE agency_id = :agency")
_NEXT_REVIEW = text("SELECT min(review_on) FROM eligibility WHERE agency_id = :agency")
_RIPE = text(
    "INSERT INTO eligibility_due (agency_id, employee_id) SELECT DISTINCT agency_id, employee_id FROM eligibility "
    "WHERE agency_id = :agency AND review_on <= :today ORDER BY 2 ON CONFLICT DO NOTHING"
)
_ALL = text(
    "INSERT INTO eligibility_due (agency_id, employee_id) SELECT DISTINCT agency_id, employee_id FROM employee_version "
    "WHERE agency_id = :agency ORDER BY 2 ON CONFLICT DO NOTHING"
)
_CURRENT = text(
    "SELECT employee_id, kind, eligible, missing, reasons, as_of, review_on, reference_id FROM eligibility "
    "WHERE agency_id = :agency AND employee_id = ANY(:ids) ORDER BY employee_id, kind"
)
_SAVE = text(
    "INSERT INTO eligibility (agency_id, employee_id, kind, eligible, missing, reasons, as_of, "
    "review_on, reference_id) "
    "VALUES (:agency, :employee, :kind, :eligible, CAST(:missing AS jsonb), CAST(:reasons AS "
    "jsonb), :as_of, :review_on, "
    ":reference) ON CONFLICT (agency_id, employee_id, kind) DO UPDATE SET eligible = excluded.eligible, "
    "missing = excluded.missing, reasons = excluded.reasons, as_of = excluded.as_of, review_on = excluded.review_on, "
    "reference_id = excluded.reference_id"
)
_CHANGE = text(
    "INSERT INTO eligibility_change (id, agency_id, employee_id, kind, eligible, missing, as_of) "
    "VALUES (:id, :agency, :employee, :kind, :eligible, CAST(:missing AS jsonb), :as_of)"
)
SWEEP, REVIEW = "eligibility_sweep", "eligibility_review"


def look_again(tx: Transaction, *ids: UUID) -> None:
    """Put people on the list and see to it that a sweep is ahead, with one timer however many events ask."""
    tx.session.execute(_MARK, {"agency": tx.agency_id, "ids": list(ids)})
    ensure_sweep(tx)


def ensure_sweep(tx: Transaction) -> None:
    """The row is held until commit, so a sweep that is ending waits and sees what was put on the list."""
    agency = {"agency": tx.agency_id}
    if tx.session.execute(_HOLD, agency).first() is not None:
        return
    if tx.session.execute(_ANNOUNCE, agency).first() is not None:
        timers.schedule(tx, SWEEP, tx.agency_id, tx.now)
    elif tx.session.execute(_HOLD, agency).first() is None:
        ensure_sweep(tx)


def take_due(tx: Transaction, limit: int) -> list[UUID]:
    rows = tx.session.execute(_TAKE, {"agency": tx.agency_id, "limit": limit})
    return sorted(row.employee_id for row in rows)


def end_sweep(tx: Transaction) -> bool:
    """End the sweep, unless somebody has put people on the list meanwhile; True when it is over."""
    agency = {"agency": tx.agency_id}
    tx.session.execute(_CLOSE, agency)
    if tx.session.execute(_LEFT, agency).first() is not None:
        return False
    tx.session.execute(_END, agency)
    return True


def next_review(tx: Transaction) -> date | None:
    day: date | None = tx.session.execute(_NEXT_REVIEW, {"agency": tx.agency_id}).scalar()
    return day


def mark_ripe(tx: Transaction, today: date) -> None:
    tx.session.execute(_RIPE, {"agency": tx.agency_id, "today": today})
    ensure_sweep(tx)


def mark_all(tx: Transaction) -> None:
    tx.session.execute(_ALL, {"agency": tx.agency_id})
    ensure_sweep(tx)


def current(tx: Transaction, ids: Sequence[UUID]) -> list[Any]:
    return list(tx.session.execute(_CURRENT, {"agency": tx.agency_id, "ids": list(ids)}))


def save(tx: Transaction, rows: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    if rows:
        tx.session.execute(_SAVE, rows)
    if changes:
        tx.session.execute(_CHANGE, changes)
