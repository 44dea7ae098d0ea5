"""List the heads of objections, corrections and follow-ups for inspectors; export them as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from appraisal.authorisation import inspector_of
from appraisal.domain.case_head import CaseHeadView, ListCases
from appraisal.persistence import case_heads
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork

EXPORTED = tuple(one.name for one in fields(CaseHeadView))
AT_ONCE = 2000
Row = tuple[Any, ...]


def list_cases(work: UnitOfWork, actor: Principal, wanted: ListCases) -> Page[CaseHeadView]:
    """List all but those about the reader, which they read as their own."""
    reader = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "cases_listed", "case_list", wanted.kind or "all")
        return case_heads.list_cases(tx, wanted, not_about=reader)


def export_cases(work: UnitOfWork, actor: Principal, wanted: ListCases) -> Iterator[Sequence[Row]]:
    """Return the names of the columns with the first rows, then the rows; there is a transaction for each page."""
    reader = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "cases_exported", "case_list", wanted.kind or "all")
    titles: list[Row] = [EXPORTED]
    query = replace(wanted, page=PageRequest(AT_ONCE))
    while True:
        with work.transaction(actor.agency_id) as tx:
            found = case_heads.list_cases(tx, query, not_about=reader)
        yield [*titles, *(tuple(getattr(one, name) for name in EXPORTED) for one in found.items)]
        if found.next_cursor is None:
            return
        titles, query = [], replace(query, page=PageRequest(AT_ONCE, (str(found.items[-1].id),)))
