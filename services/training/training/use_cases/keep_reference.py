"""Read the agency's dated reference data, and follow a row by a newer one."""

from dataclasses import asdict
from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from training.persistence import reference
from training.persistence.rows import View, flat, lock

LIMITS = {
    "MINUTES_PER_JP": (1, 600),
    "MIN_ATTENDANCE_PERCENT": (0, 100),
    "LOAN_DAYS": (1, 1000),
    "LOAN_RENEWALS": (0, 100),
    "HOLD_PICKUP_DAYS": (0, 365),
}


def list_jp_targets(work: UnitOfWork, actor: Principal) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        return [asdict(row) for row in reference.jp_targets(tx)]


def set_jp_target(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "reference", "jp_target")
        row = reference.add_jp_target(tx, str(actor.account_id), **values)
        audit.record(tx, actor, "jp_target_set", "jp_target", row.id)
        return flat(row)


def list_rules(work: UnitOfWork, actor: Principal) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        return [flat(row) for row in reference.rules(tx)]


def set_rule(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    low, high = LIMITS[values["name"]]
    if not low <= values["value"] <= high:
        fault = FieldError("value", "value_out_of_limits", values["value"], f"antara {low} dan {high}")
        raise InvalidInput(errors=[fault])
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "reference", "rule")
        row = reference.add_rule(tx, str(actor.account_id), **values)
        audit.record(tx, actor, "rule_set", "rule_value", row.id, name=row.name)
        return flat(row)
