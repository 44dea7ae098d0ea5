"""The register of agencies between rows and the domain."""

from datetime import date

from sqlalchemy import select

from chassis.clock import today_in
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.domain.errors import AgencyNotRegistered
from personnel.domain.values import TimeZone
from personnel.persistence import models

_COLUMNS = columns_of(models.Agency, Agency)


def find_agency(tx: Transaction, agency_id: str, *, lock: bool = False) -> Agency | None:
    """Return an agency of the register, or None."""
    query = select(*_COLUMNS).where(models.Agency.agency_id == agency_id)
    return fetch_one(tx, query.with_for_update() if lock else query, Agency)


def load_agency(tx: Transaction, agency_id: str, *, lock: bool = False) -> Agency:
    """Return an agency of the register. Raise NotFound."""
    return required(find_agency(tx, agency_id, lock=lock), "instansi", agency_id)


def own_agency(tx: Transaction) -> Agency:
    """Return the agency of this transaction. Raise AgencyNotRegistered."""
    found = find_agency(tx, tx.agency_id)
    if found is None:
        raise AgencyNotRegistered(agency=tx.agency_id)
    return found


def today(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone; western Indonesia's until the agency is registered."""
    found = find_agency(tx, tx.agency_id)
    return found.today(tx.now) if found else today_in(tx.now, TimeZone.WIB)


def list_agencies(tx: Transaction, page: PageRequest) -> Page[Agency]:
    """Return all agencies by identifier."""
    return fetch_page(tx, select(*_COLUMNS), Agency, page, models.Agency.agency_id)


def insert_agency(tx: Transaction, agency: Agency) -> None:
    insert_record(tx, models.Agency, agency, created_at=tx.now, updated_at=tx.now)


def update_agency(tx: Transaction, before: Agency, after: Agency) -> None:
    """Save a change. Raise VersionConflict."""
    update_record(tx, models.Agency, before, after, updated_at=tx.now)
