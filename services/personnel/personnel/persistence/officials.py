"""Officials from outside between rows and the domain."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import or_, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import among, columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from personnel.domain.employee_views import CardView
from personnel.domain.official import ExternalOfficial, ListOfficials
from personnel.persistence import models

_COLUMNS = columns_of(models.ExternalOfficial, ExternalOfficial)


def official_exists(tx: Transaction, official_id: UUID) -> bool:
    query = select(models.ExternalOfficial.id).where(models.ExternalOfficial.id == official_id)
    return tx.session.execute(query).first() is not None


def known_officials(tx: Transaction, ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these people are officials from outside."""
    official = models.ExternalOfficial
    return set(tx.session.scalars(select(official.id).where(among(official.id, ids))))


def official_names(tx: Transaction, official_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of those of these people who are officials from outside."""
    official = models.ExternalOfficial
    ids = {one for one in official_ids if one is not None}
    return dict(tx.session.execute(select(official.id, official.name).where(among(official.id, ids))).all())


def official_cards(tx: Transaction, official_ids: Iterable[UUID]) -> dict[UUID, CardView]:
    """Return the cards of those of these people who are officials from outside."""
    official = models.ExternalOfficial
    query = select(official.id, official.name, official.office, official.institution)
    rows = tx.session.execute(query.where(among(official.id, official_ids)))
    return {row.id: CardView(row.id, row.name, row.office, None, row.institution) for row in rows}


def load_official(tx: Transaction, official_id: UUID, *, lock: bool = False) -> ExternalOfficial:
    """Return an official. Raise NotFound."""
    query = select(*_COLUMNS).where(models.ExternalOfficial.id == official_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, ExternalOfficial)
    return required(found, "pejabat luar", official_id)


def list_officials(tx: Transaction, wanted: ListOfficials) -> Page[ExternalOfficial]:
    """Return officials by name."""
    official, query = models.ExternalOfficial, select(*_COLUMNS)
    if wanted.name:
        query = query.where(official.name.icontains(wanted.name, autoescape=True))
    if wanted.on is not None:
        still = or_(official.last_day.is_(None), official.last_day >= wanted.on)
        query = query.where(official.first_day <= wanted.on, still)
    return fetch_page(tx, query, ExternalOfficial, wanted.page, official.name, official.id)


def insert_official(tx: Transaction, official: ExternalOfficial) -> None:
    insert_record(tx, models.ExternalOfficial, official, created_at=tx.now, updated_at=tx.now)


def update_official(tx: Transaction, before: ExternalOfficial, after: ExternalOfficial) -> None:
    """Save a change. Raise VersionConflict."""
    update_record(tx, models.ExternalOfficial, before, after, updated_at=tx.now)
