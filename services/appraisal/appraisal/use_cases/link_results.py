"""Tie results to the superior's once the superior has a plan; the cascade is completed without a revision."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.errors import PlanClosed
from appraisal.domain.plan import Move
from appraisal.domain.values import PlanState
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.drafting import superior_result_ids
from appraisal.use_cases.plan_views import saved_view
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork


def link_results(
    work: UnitOfWork, actor: Principal, plan_id: UUID, links: Sequence[Mapping[str, UUID]]
) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        plan = stored.plan
        require_one_of(actor, [plan.employee_id, plan.appraiser_id])
        if plan.state is PlanState.CLOSED:
            raise PlanClosed
        known = superior_result_ids(tx, plan.appraiser_id, plan.year)
        content = {**stored.content, "work_results": _linked(stored.content["work_results"], links, known)}
        after = replace(plan, version=plan.version + 1)
        save_move(tx, plan, after, Move.LINK, str(actor.employee_id), content=content)
        audit.record(tx, actor, "plan_results_linked", "plan", plan.id, plan_version=plan.plan_version)
        return saved_view(after, content)


def _linked(
    results: Sequence[dict[str, Any]], links: Sequence[Mapping[str, UUID]], known: set[str]
) -> list[dict[str, Any]]:
    own = {r["id"]: r for r in results}
    faults = []
    for index, link in enumerate(links):
        result, parent = str(link["work_result_id"]), str(link["parent_work_result_id"])
        if result not in own:
            expected = "id hasil kerja dalam SKP ini"
            faults.append(FieldError(f"links.{index}.work_result_id", "not_in_plan", result, expected))
        elif own[result]["perspective"]:
            expected = "hasil kerja tanpa perspektif; SKP JPT tidak mengintervensi"
            faults.append(FieldError(f"links.{index}.work_result_id", "parent_not_used", result, expected))
        if parent not in known:
            expected = "hasil kerja dari SKP atasan tahun yang sama"
            faults.append(FieldError(f"links.{index}.parent_work_result_id", "not_in_superiors_plan", parent, expected))
    if faults:
        raise InvalidInput(errors=faults)
    chosen = {str(link["work_result_id"]): str(link["parent_work_result_id"]) for link in links}
    return [{**r, "parent_work_result_id": chosen.get(r["id"], r["parent_work_result_id"])} for r in results]
