"""Draft a yearly plan with all its results in one step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appraisal.authorisation import self_of
from appraisal.domain.errors import EmployeeWithoutAssignment, PlanExists, YearAlreadyClosed
from appraisal.domain.plan import Plan
from appraisal.domain.values import PlanState
from appraisal.persistence.people import staff_member
from appraisal.persistence.plan_content import content_to_json
from appraisal.persistence.plans import insert_plan
from appraisal.use_cases.drafting import check_content, content_of
from appraisal.use_cases.plan_views import saved_view
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def create_plan(work: UnitOfWork, actor: Principal, body: Mapping[str, Any]) -> dict[str, Any]:
    """The employee drafts their own plan; HR may draft one on somebody's behalf. The superior's plan may be missing."""
    employee_id = _whose(actor, body["employee_id"])
    with work.transaction(actor.agency_id) as tx:
        person = staff_member(tx, employee_id, body["year"])
        if person is None or person.unit_id is None:
            raise EmployeeWithoutAssignment(employee_id=employee_id)
        if person.year_closed:
            raise YearAlreadyClosed(year=body["year"])
        content = content_of(body)
        check_content(
            tx, content, year=body["year"], appraiser_id=person.appraiser_id, high_leader=person.is_high_leader
        )
        plan = Plan(
            id=new_id(),
            employee_id=employee_id,
            year=body["year"],
            unit_id=person.unit_id,
            appraiser_id=person.appraiser_id,
            reviewer_id=person.reviewer_id,
            state=PlanState.DRAFT,
            plan_version=1,
            active_version=None,
            version=1,
        )
        stored = content_to_json(content)
        if not insert_plan(tx, plan, stored):
            raise PlanExists(year=plan.year)
        audit.record(tx, actor, "plan_created", "plan", plan.id, employee_id=employee_id, year=plan.year)
        return saved_view(plan, stored)


def _whose(actor: Principal, asked: UUID | None) -> UUID:
    if asked is None or asked == actor.employee_id:
        return self_of(actor)
    if not actor.has("hr_officer"):
        raise Forbidden
    return asked
