"""Plans as the API shows them."""

from collections.abc import Mapping
from typing import Any

from appraisal.domain.plan import Plan
from appraisal.domain.rules import RuleKind
from appraisal.persistence.plans import StoredPlan
from appraisal.persistence.rules import AgencySetting


def head_view(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "employee_id": plan.employee_id,
        "year": plan.year,
        "unit_id": plan.unit_id,
        "appraiser_id": plan.appraiser_id,
        "reviewer_id": plan.reviewer_id,
        "state": plan.state,
        "plan_version": plan.plan_version,
        "active_version": plan.active_version,
        "version": plan.version,
        "moves": plan.moves(),
    }


def saved_view(plan: Plan, content: Mapping[str, Any]) -> dict[str, Any]:
    return {**head_view(plan), "model": content["model"], "work_results": content["work_results"]}


def plan_view(stored: StoredPlan, setting: AgencySetting) -> dict[str, Any]:
    return {**head_view(stored.plan), "updated_at": stored.updated_at, **content_view(stored.content, setting)}


def content_view(content: Mapping[str, Any], setting: AgencySetting) -> dict[str, Any]:
    """The content with the guides of all seven values, whether or not the leader added an expectation."""
    rule = setting.rules.on(RuleKind.BEHAVIOUR_GUIDES, setting.today)
    special = {e["value"]: e["expectation"] for e in content["behaviour_expectations"]}
    guides = setting.rules.guides(setting.today)
    behaviours = [
        {"value": v, "name": g["name"], "guides": list(g["guides"]), "expectation": special.get(v)}
        for v, g in guides.items()
    ]
    return {
        "model": content["model"],
        "work_results": content["work_results"],
        "behaviours": behaviours,
        "behaviour_guides_version": rule.rule_version,
        "annex": content["annex"],
    }
