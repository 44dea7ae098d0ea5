"""What HR attests of careers, and the talent panel's ratings; the entry with the highest number counts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.records import among, columns_of, fetch_all, fetch_one, insert_record
from chassis.unit_of_work import Transaction
from incentive.domain.attestation import AttestationView
from incentive.domain.talent import TalentRating
from incentive.persistence import models

_ATTESTATION, _RATING = models.Attestation, models.TalentRating
_ATTESTATIONS, _RATINGS = columns_of(_ATTESTATION, AttestationView), columns_of(_RATING, TalentRating)


def attestations_of(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, AttestationView]:
    """Return the attestation that counts, by person."""
    query = (
        select(*_ATTESTATIONS)
        .ext(distinct_on(_ATTESTATION.employee_id))
        .where(among(_ATTESTATION.employee_id, ids))
        .order_by(_ATTESTATION.employee_id, _ATTESTATION.number.desc())
    )
    return {found.employee_id: found for found in fetch_all(tx, query, AttestationView)}


def next_attestation_number(tx: Transaction, employee_id: UUID) -> int:
    """Return the number of a person's next attestation; the latest is locked until the commit."""
    query = select(_ATTESTATION.number).where(_ATTESTATION.employee_id == employee_id)
    latest = tx.session.scalar(query.order_by(_ATTESTATION.number.desc()).limit(1).with_for_update())
    return (latest or 0) + 1


def insert_attestation(tx: Transaction, attestation: AttestationView) -> None:
    insert_record(tx, _ATTESTATION, attestation)


def latest_rating(tx: Transaction, employee_id: UUID, year: int) -> TalentRating | None:
    """Return the rating that counts in a year."""
    query = select(*_RATINGS).where(_RATING.employee_id == employee_id, _RATING.year == year)
    return fetch_one(tx, query.order_by(_RATING.number.desc()).limit(1), TalentRating)


def insert_rating(tx: Transaction, rating: TalentRating) -> None:
    insert_record(tx, _RATING, rating)
