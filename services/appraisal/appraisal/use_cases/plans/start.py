"""Begin plans: what each person's plan of a year starts with, and the saving of drafts, one or many at once."""

from collections.abc import Collection, Sequence
from uuid import UUID

from appraisal.domain.errors import PlanExists
from appraisal.domain.periods import Period, nearest_day
from appraisal.domain.plan import Plan
from appraisal.domain.plan_content import Content
from appraisal.domain.plan_start import PlanStart
from appraisal.domain.plan_version import PlanVersion
from appraisal.persistence.evaluations import state_of_year
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import periods_of_year
from appraisal.persistence.plans import insert_plans
from appraisal.use_cases.obligations.keep import keep_plans
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from directory.questions import people_on, reviewers_on, today


def load_start(tx: Transaction, people: Collection[UUID], year: int) -> PlanStart:
    """Return what plans of these people start with; the system opens a year on first need."""
    now = today(tx)
    day = nearest_day(year, now)
    state = state_of_year(tx, people, year)
    if not state.opened:
        periods_of_year(tx, year)
    stretches = people_on(tx, people, day).known
    of_today = stretches if day == now else people_on(tx, people, now).known
    known = ((on, found) for on, found in ((day, stretches), (now, of_today)))
    return PlanStart(
        year=year,
        day=day,
        left={one: on for on, found in known for one, cut in found.items() if cut is not None and not cut.in_service},
        stretches=stretches,
        reviewers=reviewers_on(tx, people, day),
        days=days_in_period(tx, people, Period.of(year)),
        state=state,
    )


def save_drafts(tx: Transaction, actor: Principal, drafts: Sequence[tuple[Plan, Content]]) -> dict[UUID, PlanVersion]:
    """Save drafts and return their first versions by plan, without those of people who have an open plan."""
    written = {plan.id: PlanVersion.drafted(plan.id, plan.plan_version, content) for plan, content in drafts}
    inserted = insert_plans(tx, [plan for plan, _ in drafts], written)
    saved = [plan for plan, _ in drafts if plan.id in inserted]
    keep_plans(tx, saved)
    for plan in saved:
        audit.record(tx, actor, "plan_created", "plan", plan.id, employee_id=plan.employee_id, year=plan.year)
    return {plan.id: written[plan.id] for plan in saved}


def save_draft(tx: Transaction, actor: Principal, plan: Plan, content: Content) -> PlanVersion:
    """Save one draft with its first version. Raise PlanExists."""
    written = save_drafts(tx, actor, [(plan, content)])
    if plan.id not in written:
        raise PlanExists(year=plan.year)
    return written[plan.id]
