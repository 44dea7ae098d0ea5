"""Take over a shipped table of job-class amounts from a day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.class_amounts import put_amounts
from incentive.persistence.marks import mark_everybody
from incentive.persistence.policies import Amount, amounts_on
from incentive.persistence.reference import shipped


@dataclass(frozen=True)
class AdoptClassAmounts:
    name: str
    effective_from: date


def adopt_class_amounts(work: UnitOfWork, actor: Principal, command: AdoptClassAmounts) -> list[Amount]:
    """Store the shipped amounts with their marks of verification; doing it again changes nothing."""
    table = next((item for item in shipped_tables() if item["name"] == command.name), None)
    if table is None:
        names = ", ".join(item["name"] for item in shipped_tables())
        raise InvalidInput(errors=[FieldError("name", "table_unknown", command.name, f"salah satu dari {names}")])
    amounts = {
        (int(number), command.effective_from): (int(told["amount"]), str(told["verified"]))
        for number, told in table["amounts"].items()
    }
    with work.transaction(actor.agency_id) as tx:
        days = put_amounts(tx, amounts, table["legal_source"], actor.account_id)
        if days:
            mark_everybody(tx, days[0], None, "class_amount")
        audit.record(
            tx, actor, "adopt_class_amounts", "class_amounts", command.name, effective_from=command.effective_from
        )
        return sorted(amounts_on(tx, command.effective_from).values(), key=lambda one: -one.job_class)


def shipped_tables() -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = shipped("class_amounts.json")
    return tables
