"""Read officials from outside; anybody inside the agency may, the address is for HR officers."""

from functools import partial
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.domain.official import ListOfficials, OfficialView
from personnel.persistence import officials


def list_officials(work: UnitOfWork, actor: Principal, query: ListOfficials) -> Page[OfficialView]:
    """Return officials by name."""
    with work.transaction(actor.agency_id) as tx:
        return officials.list_officials(tx, query).of(partial(OfficialView.of, with_email=actor.has("hr_officer")))


def show_official(work: UnitOfWork, actor: Principal, official_id: UUID) -> OfficialView:
    """Return one official. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        return OfficialView.of(officials.load_official(tx, official_id), with_email=actor.has("hr_officer"))
