"""Show a deadline with what has moved it."""

from dataclasses import replace
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, require_one_of
from appraisal.domain.errors import DeadlineMissing
from appraisal.domain.extensions import DeadlineView
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.persistence.extensions import entries_of, load_deadline
from appraisal.persistence.reviews import disclosed_as_open
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction, UnitOfWork


def show_deadline(work: UnitOfWork, actor: Principal, obligation_id: UUID) -> DeadlineView:
    """Show it to who owes it, who awaits it, the employee, HR and inspectors."""
    with work.transaction(actor.agency_id) as tx:
        found = view_deadline(tx, obligation_id)
        if actor.is_about(found.employee_id):
            found = _as_disclosed(tx, found)
        if not actor.has(*WHOLE_AGENCY):
            require_one_of(actor, [found.employee_id, found.owed_by, found.owed_to])
        audit.record(tx, actor, "deadline_read", "obligation", obligation_id)
        return found


def _as_disclosed(tx: Transaction, found: DeadlineView) -> DeadlineView:
    """Return it as the employee may read it: nothing of a review. Raise Forbidden."""
    if found.kind is ObligationKind.REVIEW:
        raise Forbidden
    is_hidden = found.obligation_id in disclosed_as_open(tx, found.employee_id)
    return replace(found, state=ObligationState.OPEN) if is_hidden else found


def view_deadline(tx: Transaction, obligation_id: UUID) -> DeadlineView:
    """Return a deadline with its history. Raise NotFound, or DeadlineMissing."""
    found = load_deadline(tx, obligation_id)
    if found is None:
        raise DeadlineMissing
    return DeadlineView.of(found, entries_of(tx, obligation_id), load_setting(tx).in_words(found.due_at))
