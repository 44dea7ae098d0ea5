"""Submit a plan, return it with a note, or agree to it: from then on its needs are planned."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import PlanEmpty, PlanWrongState
from training.domain.needs import NeedState
from training.domain.plans import ItemState, PlanState, may_move
from training.persistence import needs, people
from training.persistence.models import Plan, PlanItem
from training.persistence.rows import View
from training.use_cases.draft_plan import authorise_draft, plan_or_404
from training.use_cases.move_need import move_need
from training.use_cases.rights import is_appraiser, is_self


def submit_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = plan_or_404(tx, plan_id, for_update=True)
        authorise_draft(tx, actor, plan.employee_id)
        _check(plan, PlanState.SUBMITTED)
        if not needs.items_of(tx, plan.id):
            raise PlanEmpty
        return _moved(tx, actor, plan, PlanState.SUBMITTED, "")


def return_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, note: str) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = plan_or_404(tx, plan_id, for_update=True)
        _authorise_decision(tx, actor, plan)
        _check(plan, PlanState.RETURNED)
        return _moved(tx, actor, plan, PlanState.RETURNED, note)


def agree_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, note: str) -> View:
    """The plan agreed before is superseded in the same moment; what it has finished stays finished."""
    with work.transaction(actor.agency_id) as tx:
        plan = plan_or_404(tx, plan_id, for_update=True)
        _authorise_decision(tx, actor, plan)
        _check(plan, PlanState.AGREED)
        for other in needs.plans_of_year(tx, plan.employee_id, plan.year):
            if other.state == PlanState.AGREED:
                other.state = PlanState.SUPERSEDED
                other.version += 1
        tx.session.flush()
        plan.agreed_by, plan.agreed_at = actor.account_id, tx.now
        view = _moved(tx, actor, plan, PlanState.AGREED, note)
        for item in needs.items_of(tx, plan.id):
            _carry_over(tx, item)
            need = needs.get(tx, item.need_id, for_update=True) if item.need_id else None
            if need is not None and need.state == NeedState.OPEN:
                reason = f"Direncanakan dalam IDP {plan.year} revisi {plan.revision}."
                move_need(tx, need, NeedState.PLANNED, by=str(actor.account_id), reason=reason)
        tx.session.flush()
        return view | needs.plan_view(tx, plan)


def _carry_over(tx: Transaction, item: PlanItem) -> None:
    """What was finished, or taken back, in the plan before while this one was being drafted."""
    old = tx.session.get(PlanItem, item.copied_from) if item.copied_from else None
    if old is not None:
        item.state, item.record_id = ItemState(old.state), old.record_id


def _authorise_decision(tx: Transaction, actor: Principal, plan: Plan) -> None:
    """The appraiser decides; the HR officer for people whose appraiser is not known. Nobody decides one's own."""
    person = people.employee(tx, plan.employee_id)
    orphan = person is None or person.appraiser_id is None
    if is_self(actor, plan.employee_id) or not (
        is_appraiser(tx, actor, plan.employee_id) or (orphan and actor.has("hr_officer"))
    ):
        raise Forbidden


def _check(plan: Plan, target: PlanState) -> None:
    if not may_move(PlanState(plan.state), target):
        raise PlanWrongState(state=plan.state, target=target)


def _moved(tx: Transaction, actor: Principal, plan: Plan, target: PlanState, note: str) -> View:
    plan.state, plan.note = target, note
    plan.version += 1
    audit.record(tx, actor, f"plan_{target.lower()}", "plan", plan.id)
    tx.session.flush()
    return needs.plan_view(tx, plan)
