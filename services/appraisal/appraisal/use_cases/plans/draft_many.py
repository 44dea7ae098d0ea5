"""Draft the plans of many people from one content: a template's, or that of a plan which counts."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import official_on, require_plan_reader
from appraisal.domain.batches import ItemError
from appraisal.domain.errors import PlanExists
from appraisal.domain.people import Employee
from appraisal.domain.plan import Plan
from appraisal.domain.plan_content import Content, ContentDraft
from appraisal.domain.plan_start import PlanStart
from appraisal.domain.plan_views import DraftOutcomesView, DraftOutcomeView
from appraisal.domain.result_link import Linking
from appraisal.persistence.plan_templates import load_template
from appraisal.persistence.plans import load_plan
from appraisal.use_cases.plans.start import load_start, save_drafts
from chassis.auth import Principal
from chassis.errors import AppError, Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


@dataclass(frozen=True)
class DraftPlans:
    """From exactly one of a template and a plan that the caller may read."""

    year: int
    employee_ids: tuple[UUID, ...]
    template_id: UUID | None = None
    plan_id: UUID | None = None


def draft_plans(work: UnitOfWork, actor: Principal, command: DraftPlans) -> DraftOutcomesView:
    """Draft what can be; each person has an outcome of their own.

    Nothing is in force by it: everybody edits and submits their own draft. People draft for themselves, appraisers and
    who stands in for them for their subordinates, HR for anybody.
    """
    with work.transaction(actor.agency_id) as tx:
        source = _source(tx, actor, command)
        start = load_start(tx, command.employee_ids, command.year)
        require_drafter = _drafter(tx, actor, start)
        outcomes: dict[UUID, DraftOutcomeView] = {}
        drafts: list[tuple[Plan, Content]] = []
        for one in dict.fromkeys(command.employee_ids):
            try:
                require_drafter(one)
                drafts.append(_draft(source, start, start.employee(one)))
            except AppError as error:
                outcomes[one] = DraftOutcomeView(one, "REFUSED", error=ItemError.of(error))
        saved = save_drafts(tx, actor, drafts)
        for plan, _ in drafts:
            outcomes[plan.employee_id] = (
                DraftOutcomeView(plan.employee_id, "DRAFTED", plan.id)
                if plan.id in saved
                else DraftOutcomeView(plan.employee_id, "REFUSED", error=ItemError.of(PlanExists(year=plan.year)))
            )
        return DraftOutcomesView(tuple(outcomes[one] for one in dict.fromkeys(command.employee_ids)))


def _source(tx: Transaction, actor: Principal, command: DraftPlans) -> Content:
    """Return the content to draft from. Raise NotFound, TemplateWithdrawn, Forbidden or PlanNeverActive."""
    if command.template_id is not None:
        template = load_template(tx, command.template_id)
        template.require_offered()
        return template.content
    assert command.plan_id is not None
    plan = load_plan(tx, command.plan_id)
    require_plan_reader(tx, actor, plan)
    plan.agreed()
    return plan.shown.content


def _drafter(tx: Transaction, actor: Principal, start: PlanStart) -> Callable[[UUID], None]:
    """Return a check that raises Forbidden for people for whom the caller drafts no plan.

    It is asked before anything else: whether somebody is known, or has left, is not for everybody.
    """
    named = {one: cut.superior_id for one, cut in start.stretches.items() if cut is not None}
    official = official_on(tx, actor, [] if actor.has("hr_officer") else named.items(), today(tx))

    def require(employee_id: UUID) -> None:
        if actor.has("hr_officer") or employee_id == actor.employee_id:
            return
        appraiser_id = named.get(employee_id)
        if appraiser_id is None:
            raise Forbidden
        official.capacity(employee_id, appraiser_id)

    return require


def _draft(source: Content, start: PlanStart, employee: Employee) -> tuple[Plan, Content]:
    """Return somebody's draft. Raise InvalidInput for a content that cannot be theirs, or YearAlreadyClosed."""
    plan = start.draft(new_id(), employee)
    content = Content.of(ContentDraft.copied(source, start.year, high_leader=employee.is_high_leader))
    Linking(plan.id).require_valid(content, (), high_leader=employee.is_high_leader, taken_over=True)
    return plan, content
