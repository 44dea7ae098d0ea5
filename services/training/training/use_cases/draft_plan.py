"""Begin an individual development plan (IDP) of a year, or a revision of the agreed one."""

from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import PlanExists, PlanWrongState
from training.domain.plans import PlanState
from training.persistence import needs
from training.persistence.models import Plan, PlanItem, Reading
from training.persistence.rows import View, lock, newest_first
from training.use_cases.rights import authorise_read, is_self, person_or_404, subject_of
from training.use_cases.scope import narrowed


def authorise_draft(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """The person drafts; an HR officer may help."""
    if not is_self(actor, employee_id):
        person_or_404(tx, employee_id)
        if not actor.has("hr_officer"):
            raise Forbidden


def plan_or_404(tx: Transaction, plan_id: UUID, *, for_update: bool = False) -> Plan:
    found = needs.plan(tx, plan_id, for_update=for_update)
    if found is None:
        raise NotFound(object="rencana pengembangan", id=plan_id)
    return found


def draft_plan(work: UnitOfWork, actor: Principal, *, employee_id: UUID | None, year: int) -> View:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        authorise_draft(tx, actor, subject)
        lock(tx, "plan", f"{subject}:{year}")
        existing = needs.plans_of_year(tx, subject, year)
        if existing:
            raise PlanExists(year=year, plan_id=existing[-1].id)
        row = _new(tx, actor, subject, year, 1)
        return needs.plan_view(tx, row)


def revise_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> View:
    """Copy the agreed plan into a new draft; the agreed one holds until the new one is agreed."""
    with work.transaction(actor.agency_id) as tx:
        old = plan_or_404(tx, plan_id)
        authorise_draft(tx, actor, old.employee_id)
        lock(tx, "plan", f"{old.employee_id}:{old.year}")
        if old.state != PlanState.AGREED:
            raise PlanWrongState(state=old.state, target="REVISI")
        latest = needs.plans_of_year(tx, old.employee_id, old.year)[-1]
        if latest.id != old.id:
            raise PlanExists(year=old.year, plan_id=latest.id)
        row = _new(tx, actor, old.employee_id, old.year, old.revision + 1)
        for item in needs.items_of(tx, old.id):
            _copy(tx, item, row)
        return needs.plan_view(tx, row)


def show_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        row = plan_or_404(tx, plan_id)
        authorise_read(tx, actor, row.employee_id, "plan")
        return needs.plan_view(tx, row)


def list_plans(
    work: UnitOfWork,
    actor: Principal,
    *,
    employee_id: UUID | None,
    team: bool,
    year: int | None,
    before: UUID | None,
    limit: int,
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(tx, actor, select(Plan), Plan.employee_id, what="plans", employee_id=employee_id, team=team)
        if year is not None:
            query = query.where(Plan.year == year)
        return [needs.plan_view(tx, row) for row in newest_first(tx, query, Plan.id, before, limit)]


def _new(tx: Transaction, actor: Principal, employee_id: UUID, year: int, revision: int) -> Plan:
    row = Plan(
        agency_id=tx.agency_id,
        employee_id=employee_id,
        year=year,
        revision=revision,
        state=PlanState.DRAFT,
        note="",
        agreed_by=None,
        agreed_at=None,
        version=1,
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    audit.record(tx, actor, "plan_drafted", "plan", row.id, year=year, revision=revision)
    return row


def _copy(tx: Transaction, item: PlanItem, into: Plan) -> None:
    copy = PlanItem(
        agency_id=tx.agency_id,
        plan_id=into.id,
        goal=item.goal,
        need_id=item.need_id,
        course_code=item.course_code,
        kind_code=item.kind_code,
        jp=item.jp,
        due_on=item.due_on,
        state=item.state,
        record_id=item.record_id,
        copied_from=item.id,
    )
    tx.session.add(copy)
    tx.session.flush()
    for reading in tx.session.scalars(select(Reading).where(Reading.plan_item_id == item.id)):
        tx.session.add(
            Reading(
                agency_id=tx.agency_id,
                plan_item_id=copy.id,
                item_id=reading.item_id,
                added_by=reading.added_by,
                added_at=reading.added_at,
                read_on=reading.read_on,
            )
        )
