"""Export the members of a sample as rows, page by page."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from appraisal.authorisation import inspector_of
from appraisal.persistence import samples
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import PageRequest
from chassis.unit_of_work import UnitOfWork

EXPORTED = ("position", "evaluation_id", "employee_id", "predicate", "read_at")
AT_ONCE = 2000
Row = tuple[Any, ...]


def export_members(work: UnitOfWork, actor: Principal, sample_id: UUID) -> Iterator[Sequence[Row]]:
    """Return the names of the columns with the first rows, then the rows. Raise NotFound."""
    reader = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        samples.load_sample(tx, sample_id)
        audit.record(tx, actor, "sample_exported", "sample", sample_id)
    titles: list[Row] = [EXPORTED]
    page = PageRequest(AT_ONCE)
    while True:
        with work.transaction(actor.agency_id) as tx:
            found = samples.list_members(tx, sample_id, page, reader=reader)
        yield [*titles, *(tuple(getattr(one, name) for name in EXPORTED) for one in found.items)]
        if found.next_cursor is None:
            return
        titles, page = [], PageRequest(AT_ONCE, (found.items[-1].position,))
