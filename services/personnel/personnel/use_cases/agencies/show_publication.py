"""Show the operator how far the timelines of each agency have been published."""

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.publication import PublicationView
from personnel.persistence.agencies import list_agencies
from personnel.persistence.publication import count_published


def show_publication(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[PublicationView]:
    """Return the counts by agency; each is counted in a transaction of its own, for none sees another's rows."""
    with work.transaction(actor.agency_id) as tx:
        agencies = list_agencies(tx, page)
    found = []
    for agency in agencies.items:
        with work.transaction(agency.agency_id) as tx:
            found.append(count_published(tx))
    return Page(found, agencies.next_cursor)
