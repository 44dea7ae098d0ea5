"""List the open plans that nobody can appraise today, each with the way out."""

from appraisal.domain.orphan import OrphanView, orphan_reason
from appraisal.persistence.plans import without_active_appraiser
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from directory.questions import superiors_on, today


def list_orphans(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[OrphanView]:
    """A page may hold fewer than asked for: whoever has somebody standing in is left out of it."""
    with work.transaction(actor.agency_id) as tx:
        day = today(tx)
        found = without_active_appraiser(tx, page, day)
        answers = superiors_on(tx, {plan.employee_id for plan in found.items}, day)
        views = []
        for plan in found.items:
            known = plan.employee_id in answers.known
            reason = orphan_reason(answers.known.get(plan.employee_id), known=known)
            if reason is not None:
                views.append(OrphanView.of(plan, reason))
        audit.record(tx, actor, "orphans_listed", "orphan_list", "all")
        return Page(tuple(views), found.next_cursor)
