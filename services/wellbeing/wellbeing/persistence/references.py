"""Dated reference data and holidays of an agency."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import extract, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from wellbeing.domain.reference import Reference, ReferenceKind, in_force

from .models import Holiday, ReferenceRow


def current(session: Session, kind: ReferenceKind, day: date) -> Reference:
    """The row in force on a day, the agency's own or the default."""
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.kind == kind.value).order_by(ReferenceRow.number))
    return in_force([_reference(row) for row in rows], kind, day)


def history(session: Session, kind: ReferenceKind) -> list[Reference]:
    rows = session.scalars(select(ReferenceRow).where(ReferenceRow.kind == kind.value).order_by(ReferenceRow.number))
    return [_reference(row) for row in rows]


def add(
    session: Session,
    agency_id: str,
    kind: ReferenceKind,
    *,
    valid_from: date,
    body: Mapping[str, Any],
    source: str,
    verified: bool,
    recorded_at: datetime,
) -> Reference:
    row = ReferenceRow(
        agency_id=agency_id,
        kind=kind.value,
        valid_from=valid_from,
        body=dict(body),
        source=source,
        verified=verified,
        recorded_at=recorded_at,
    )
    session.add(row)
    session.flush()
    return _reference(row)


def holidays(session: Session) -> frozenset[date]:
    return frozenset(session.scalars(select(Holiday.day)))


def holidays_of(session: Session, year: int) -> list[Holiday]:
    return list(session.scalars(select(Holiday).where(extract("year", Holiday.day) == year).order_by(Holiday.day)))


def save_holidays(session: Session, agency_id: str, days: Iterable[tuple[date, str, str]]) -> None:
    rows = [{"agency_id": agency_id, "day": day, "name": name, "source": source} for day, name, source in days]
    if rows:
        statement = insert(Holiday)
        changed = {"name": statement.excluded.name, "source": statement.excluded.source}
        session.execute(statement.on_conflict_do_update(index_elements=["agency_id", "day"], set_=changed), rows)


def remove_holidays(session: Session, days: Iterable[date]) -> None:
    for row in session.scalars(select(Holiday).where(Holiday.day.in_(list(days)))):
        session.delete(row)


def _reference(row: ReferenceRow) -> Reference:
    identity: UUID = row.reference_id
    return Reference(ReferenceKind(row.kind), row.valid_from, str(identity), row.body, row.source, row.verified)
