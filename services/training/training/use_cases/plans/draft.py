"""Begin the individual development plan (IDP) of a year."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_self_or_hr, subject_of
from training.domain.plan import Plan, PlanView, plan_exists
from training.persistence.locked_rows import lock
from training.persistence.plans import insert_plan, plans_of_year, view_plan


def draft_plan(work: UnitOfWork, actor: Principal, *, employee_id: UUID | None, year: int) -> PlanView:
    """The person drafts; an HR officer may help."""
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        require_self_or_hr(tx, actor, subject)
        lock(tx, "plan", f"{subject}:{year}")
        existing = plans_of_year(tx, subject, year)
        if existing:
            raise plan_exists(year, existing[-1].id)
        plan = Plan.drafted(new_id(), subject, year, tx.now)
        insert_plan(tx, plan)
        audit.record(tx, actor, "plan_drafted", "plan", plan.id, year=year, revision=plan.revision)
        return view_plan(tx, plan)
