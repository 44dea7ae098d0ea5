"""Replace the content of a plan that is a draft, returned, or under revision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appraisal.persistence.people import staff_member
from appraisal.persistence.plan_content import content_to_json
from appraisal.persistence.plans import load_plan, save_content
from appraisal.use_cases.drafting import check_content, content_of
from appraisal.use_cases.plan_views import saved_view
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, VersionConflict
from chassis.unit_of_work import UnitOfWork


def edit_plan(
    work: UnitOfWork, actor: Principal, plan_id: UUID, body: Mapping[str, Any], expected: int | None
) -> dict[str, Any]:
    """`expected` is the version the editor has seen; None takes whatever stands."""
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        plan = stored.plan
        if actor.employee_id != plan.employee_id and not actor.has("hr_officer"):
            raise Forbidden
        after = plan.edited()
        if expected is not None and expected != plan.version:
            raise VersionConflict
        person = staff_member(tx, plan.employee_id)
        known = frozenset(UUID(r["id"]) for r in stored.content["work_results"])
        content = content_of(body, known)
        is_high = person is not None and person.is_high_leader
        check_content(tx, content, year=plan.year, appraiser_id=plan.appraiser_id, high_leader=is_high)
        raw = content_to_json(content)
        save_content(tx, plan, after, raw)
        audit.record(tx, actor, "plan_edited", "plan", plan.id, version=after.version)
        return saved_view(after, raw)
