"""Explain one line: inputs, rule, versions, legal sources, the working, and the same amount recomputed."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from incentive.domain.allowance import LABELS, calculate, inputs_from
from incentive.domain.policy import rules_to
from incentive.persistence.line_views import line
from incentive.persistence.policies import PolicyVersion, policy_version
from incentive.use_cases.access import may_read


def explain_allowance(work: UnitOfWork, actor: Principal, line_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        found = line(tx, line_id)
        if found is None:
            raise NotFound(object="baris tukin", id=line_id)
        may_read(tx, actor, found["employee_id"])
        policy = policy_version(tx, found["policy_id"])
        audit.record(tx, actor, "explain_allowance", "employee", found["employee_id"], line_id=line_id)
        return _explanation(found, policy)


def _explanation(found: dict[str, Any], policy: PolicyVersion) -> dict[str, Any]:
    again = calculate(inputs_from(found["inputs"]), policy.rules)
    amount = found["provenance"].get("class_amount")
    before = found["provenance"].get("before", 0)
    shown = {name: found[name] for name in ("month", "run_month", "kind", "adjusts_line_id", "state", "amount")}
    return {
        **shown,
        "line_id": found["id"],
        "employee_id": found["employee_id"],
        "full_amount": found["full_amount"],
        "previous_amount": before if found["kind"] == "ADJUSTMENT" else None,
        "not_payable": found["not_payable"],
        "inputs": found["inputs"],
        "provenance": found["provenance"],
        "steps": [{**step, "label": LABELS[step["code"]]} for step in found["steps"]],
        "rule": {
            "policy_id": policy.id,
            "version": policy.number,
            "name": policy.name,
            "legal_source": policy.legal_source,
            "valid_from": policy.valid_from,
            "valid_to": policy.valid_to,
            "rules": rules_to(policy.rules),
        },
        "legal_sources": [policy.legal_source, *([amount["legal_source"]] if amount else [])],
        "recomputed_amount": again.amount,
        "matches": again.amount == found["full_amount"],
    }
