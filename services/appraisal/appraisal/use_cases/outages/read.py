"""Read outages, and the deadlines that one has moved."""

from collections.abc import Sequence

from appraisal.domain.extensions import ExtensionOutcome, ListMovedDeadlines, MovedDeadline
from appraisal.domain.outages import Outage, OutageView
from appraisal.persistence import extensions, outages
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import time_zone


def list_outages(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[OutageView]:
    with work.transaction(actor.agency_id) as tx:
        found = outages.list_outages(tx, page)
        views = {one.id: one for one in view_outages(tx, actor, found.items)} if found.items else {}
        return found.of(lambda one: views[one.id])


def list_moved_deadlines(work: UnitOfWork, actor: Principal, query: ListMovedDeadlines) -> Page[MovedDeadline]:
    """List the deadlines that an outage moved, or those that HR is to look at."""
    with work.transaction(actor.agency_id) as tx:
        outages.load_outage(tx, query.outage_id)
        audit.record(tx, actor, "moved_deadlines_listed", "outage", query.outage_id)
        return extensions.list_moved(tx, query, without_reviews_about=actor.employee_id)


def view_outages(tx: Transaction, actor: Principal, found: Sequence[Outage]) -> list[OutageView]:
    """Return outages with how many deadlines each has moved, as far as the caller is listed them."""
    zone, ids = time_zone(tx), [one.id for one in found]
    counted = extensions.outcome_counts(tx, ids, without_reviews_about=actor.employee_id)
    counts = {(one.outage_id, one.outcome): one.number for one in counted}
    return [
        OutageView.of(
            one,
            zone,
            extended=counts.get((one.id, ExtensionOutcome.EXTENDED), 0),
            reopened=counts.get((one.id, ExtensionOutcome.REOPENED), 0),
            for_hr=counts.get((one.id, ExtensionOutcome.FOR_HR), 0),
        )
        for one in found
    ]
