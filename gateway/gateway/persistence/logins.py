"""The names that persons and clients sign in with: each names one account in an agency, and any number of agencies.

So an agency that makes an account learns nothing of the others. Asked before the agency is known.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.records import columns_of, fetch_all
from chassis.unit_of_work import Transaction
from gateway.persistence import models


@dataclass(frozen=True)
class Login:
    """Which account or client a name belongs to, and its agency."""

    agency_id: str
    subject_id: UUID


def find_logins(tx: Transaction, name: str) -> list[Login]:
    """Return who signs in with this name, in whatever agency."""
    query = select(*columns_of(models.Login, Login)).where(models.Login.name == name)
    return fetch_all(tx, query.order_by(models.Login.agency_id), Login)


def agency_of_subject(tx: Transaction, subject_id: UUID) -> str | None:
    """Return the agency of an account or client, or None."""
    return tx.session.scalar(select(models.Login.agency_id).where(models.Login.subject_id == subject_id))


def claim_logins(tx: Transaction, wanted: dict[str, UUID]) -> set[str]:
    """Reserve names for accounts or clients; return those that nobody had before in this agency."""
    if not wanted:
        return set()
    rows = [{"name": name, "agency_id": tx.agency_id, "subject_id": subject} for name, subject in wanted.items()]
    claim = (
        insert(models.Login)
        .values(rows)
        .on_conflict_do_nothing(index_elements=[models.Login.name, models.Login.agency_id])
    )
    return set(tx.session.scalars(claim.returning(models.Login.name)))


def release_logins(tx: Transaction, subject_id: UUID) -> None:
    """Free the names of an account or client."""
    tx.session.execute(delete(models.Login).where(models.Login.subject_id == subject_id))
