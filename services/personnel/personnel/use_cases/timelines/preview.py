"""Show what a recording would do: it is carried out with all its checks, and undone."""

from collections.abc import Callable
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from personnel.domain.record_views import PreviewView
from personnel.domain.recording import ChangeView
from personnel.domain.timeline import stretches
from personnel.persistence.records import records_of


class _Undone(Exception):
    """Takes what was seen out of the transaction, which it rolls back."""

    def __init__(self, seen: PreviewView) -> None:
        self.seen = seen


def preview_timeline(
    work: UnitOfWork, actor: Principal, employee_id: UUID, record: Callable[[], ChangeView]
) -> PreviewView:
    """Return what `record` would change of the person's timeline. Raise what it raises."""
    try:
        with work.transaction(actor.agency_id) as tx:
            before = stretches(records_of(tx, employee_id))
            change = record()
            raise _Undone(view_of(PreviewView, change, before=before, after=stretches(records_of(tx, employee_id))))
    except _Undone as undone:
        with work.transaction(actor.agency_id) as tx:
            audit.record(tx, actor, "timeline_previewed", "employee", employee_id)
        return undone.seen
