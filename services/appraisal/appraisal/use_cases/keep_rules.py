"""The reference data of an agency: what holds, what held, and how HR adds a dated version of its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from appraisal.authorisation import self_of
from appraisal.domain.rules import Rule, RuleKind, problem_of
from appraisal.persistence import models
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def show_rules(work: UnitOfWork, actor: Principal) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        in_force = {kind: setting.rules.on(kind, setting.today) for kind in RuleKind}
        items = [_view(rule, in_force=in_force[rule.kind] is rule) for rule in setting.rules.rules]
        return {"items": items, "time_zone": setting.time_zone}


def set_rule(work: UnitOfWork, actor: Principal, kind: RuleKind, body: Mapping[str, Any]) -> dict[str, Any]:
    """A dated version is added; what was computed by an earlier one keeps naming that."""
    if problem := problem_of(kind, body["value"]):
        expected = f"bentuk yang sama dengan aturan yang berlaku ({problem})"
        raise InvalidInput(errors=[FieldError("value", "rule_unusable", None, expected[:500])])
    with work.transaction(actor.agency_id) as tx:
        rule_id = new_id()
        rule = Rule(
            kind=kind,
            rule_version=f"{tx.agency_id}/{body['effective_from'].isoformat()}/{str(rule_id)[-6:]}",
            effective_from=body["effective_from"],
            value=body["value"],
            legal_source=body["legal_source"],
            verified=body["verified"],
        )
        row = {**vars(rule), "id": rule_id, "agency_id": tx.agency_id, "reason": body["reason"]}
        row |= {"set_by": self_of(actor), "set_at": tx.now}
        tx.session.execute(insert(models.table(models.RuleVersion)), row)
        audit.record(tx, actor, "rule_set", "rule", kind, rule_version=rule.rule_version)
        setting = load_setting(tx)
        return _view(rule, in_force=setting.rules.on(kind, setting.today).rule_version == rule.rule_version)


def _view(rule: Rule, *, in_force: bool) -> dict[str, Any]:
    return {**vars(rule), "in_force": in_force}
