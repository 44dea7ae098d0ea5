"""When people are in service and officials in office, as personnel publishes it; of each only what accounts follow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, or_, select

from chassis.clock import today_in
from chassis.pagination import Page, PageRequest
from chassis.records import among, columns_of, fetch_all, fetch_page, values_of
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.bulk import overwrite, write_newer
from directory.timelines import ExternalOfficial, Timeline
from gateway.domain.people import PersonWithoutAccountView
from gateway.domain.service_time import LEFT_SERVICE, ServiceStretch, ServiceTime, Term, joined
from gateway.persistence import models


@dataclass(frozen=True)
class _Named:
    employee_id: UUID
    first_day: date
    last_day: date | None
    status: str
    unit_id: UUID
    superior_id: UUID | None


def find_time_zone(tx: Transaction) -> str | None:
    """Return the agency's time zone, or None while personnel has not published it here."""
    return tx.session.scalar(select(models.Agency.time_zone).where(models.Agency.agency_id == tx.agency_id))


def agency_name(tx: Transaction) -> str:
    """Return the agency's name, or its id while the name is not known here."""
    found = tx.session.scalar(select(models.Agency.name).where(models.Agency.agency_id == tx.agency_id))
    return found or tx.agency_id


def today(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone. Raise NotKnownYet."""
    zone = find_time_zone(tx)
    if zone is None:
        raise NotKnownYet(tx.agency_id, "instansi")
    return today_in(tx.now, zone)


def day_here(tx: Transaction) -> date:
    """Return the calendar day in the agency, or in UTC while its time zone is not known."""
    return today_in(tx.now, find_time_zone(tx) or "UTC")


def start_of_day(tx: Transaction, day: date) -> datetime:
    """Return midnight in the agency's time zone, which is known."""
    return datetime.combine(day, time(), ZoneInfo(find_time_zone(tx) or "UTC"))


def write_timelines(tx: Transaction, received: Sequence[Timeline]) -> set[UUID]:
    """Keep the newest timelines and return whose they are; an older one than the own copy changes nothing."""
    latest = {one.employee_id: one for one in sorted(received, key=lambda one: one.version)}
    written = write_newer(tx, models.Employee, [values_of(models.Employee, one) for one in latest.values()])
    if not written:
        return set()
    tx.session.execute(delete(models.ServiceStretch).where(among(models.ServiceStretch.employee_id, written)))
    rows = [
        {"employee_id": key, **vars(one)}
        for key in written
        for one in joined(
            ServiceStretch(one.first_day, one.last_day, one.status, one.unit_id, one.superior_id)
            for one in latest[key].stretches
        )
    ]
    overwrite(tx, models.ServiceStretch, rows)
    return set(written)


def write_terms(tx: Transaction, received: Sequence[ExternalOfficial]) -> set[UUID]:
    """Keep the newest terms of office and return whose they are."""
    latest = {one.official_id: one for one in sorted(received, key=lambda one: one.version)}
    return set(write_newer(tx, models.Official, [values_of(models.Official, one) for one in latest.values()]))


def service_times(tx: Transaction, people: Iterable[UUID]) -> dict[UUID, ServiceTime]:
    """Return the service of those of these people whose timeline has arrived."""
    query = select(*columns_of(models.ServiceStretch, _Named)).where(among(models.ServiceStretch.employee_id, people))
    found: defaultdict[UUID, list[ServiceStretch]] = defaultdict(list)
    for one in fetch_all(tx, query.order_by(models.ServiceStretch.first_day), _Named):
        stretch = ServiceStretch(one.first_day, one.last_day, one.status, one.unit_id, one.superior_id)
        found[one.employee_id].append(stretch)
    return {person: ServiceTime(tuple(stretches)) for person, stretches in found.items()}


def is_superior(tx: Transaction, person_id: UUID, day: date) -> bool:
    """Return whether somebody in service has this employee or official as superior on a day, or will have."""
    stretch = models.ServiceStretch
    query = select(stretch.employee_id).where(
        stretch.superior_id == person_id,
        stretch.status.not_in(LEFT_SERVICE),
        or_(stretch.last_day.is_(None), stretch.last_day >= day),
    )
    return tx.session.scalar(query.limit(1)) is not None


def terms_of(tx: Transaction, people: Iterable[UUID]) -> dict[UUID, Term]:
    """Return the terms of those of these officials who have arrived."""
    official = models.Official
    query = select(official.official_id, official.first_day, official.last_day)
    rows = tx.session.execute(query.where(among(official.official_id, people)))
    return {row.official_id: Term(row.first_day, row.last_day) for row in rows}


def list_without_account(tx: Transaction, page: PageRequest, day: date) -> Page[PersonWithoutAccountView]:
    """Return the people who are in service on a day and have no open account, by id."""
    stretch, account = models.ServiceStretch, models.Account
    has_account = exists().where(account.employee_id == stretch.employee_id, account.closed_at.is_(None))
    query = select(*columns_of(stretch, PersonWithoutAccountView)).where(
        stretch.first_day <= day,
        or_(stretch.last_day.is_(None), stretch.last_day >= day),
        stretch.status.not_in(LEFT_SERVICE),
        ~has_account,
    )
    return fetch_page(tx, query, PersonWithoutAccountView, page, stretch.employee_id)
