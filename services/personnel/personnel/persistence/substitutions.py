"""Substitutions between rows and the domain."""

from uuid import UUID

from sqlalchemy import or_, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from personnel.domain.substitution import ListSubstitutions, Substitution
from personnel.persistence import models

_COLUMNS = columns_of(models.Substitution, Substitution)


def load_substitution(tx: Transaction, substitution_id: UUID, *, lock: bool = False) -> Substitution:
    """Return a substitution. Raise NotFound."""
    query = select(*_COLUMNS).where(models.Substitution.id == substitution_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, Substitution)
    return required(found, "penggantian pejabat", substitution_id)


def substitutions_of(tx: Transaction, official_id: UUID) -> list[Substitution]:
    """Return all that were recorded in place of an official."""
    return fetch_all(tx, select(*_COLUMNS).where(models.Substitution.in_place_of_id == official_id), Substitution)


def list_substitutions(tx: Transaction, wanted: ListSubstitutions, only_of: UUID | None) -> Page[Substitution]:
    """Return substitutions in the order of recording: of one person, as substitute or official, or of the agency."""
    one, query = models.Substitution, select(*_COLUMNS)
    if wanted.kind is not None:
        query = query.where(one.kind == wanted.kind)
    if wanted.on is not None:
        query = query.where(one.first_day <= wanted.on, or_(one.last_day.is_(None), one.last_day >= wanted.on))
    for person in (wanted.employee_id, only_of):
        if person is not None:
            query = query.where(or_(one.substitute_id == person, one.in_place_of_id == person))
    return fetch_page(tx, query, Substitution, wanted.page, one.id)


def insert_substitution(tx: Transaction, substitution: Substitution) -> None:
    insert_record(tx, models.Substitution, substitution)


def update_substitution(tx: Transaction, before: Substitution, after: Substitution) -> None:
    """Save a change. Raise VersionConflict."""
    update_record(tx, models.Substitution, before, after)
