"""Adopt a default table of job-class amounts from a day on."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import Items
from chassis.unit_of_work import Transaction
from incentive.domain.class_amount import AdoptClassAmounts, ClassAmountView, ClassOnDay, NewAmount
from incentive.persistence.class_amounts import amounts_on, store_amounts
from incentive.persistence.recalculations import enqueue_everybody
from incentive.persistence.reference import default_class_amounts


def adopt_class_amounts(tx: Transaction, actor: Principal, command: AdoptClassAmounts) -> Items[ClassAmountView]:
    """Store the default amounts with their marks of verification; doing it again changes nothing."""
    tables = {table.name: table for table in default_class_amounts()}
    table = tables.get(command.name)
    if table is None:
        expected = f"salah satu dari {', '.join(tables)}"
        raise InvalidInput(errors=[FieldError("name", "table_unknown", command.name, expected)])
    amounts = {
        ClassOnDay(int(number), command.effective_from): NewAmount(int(item["amount"]), str(item["verified"]))
        for number, item in table.amounts.items()
    }
    days = store_amounts(tx, amounts, table.legal_source, actor.account_id)
    if days:
        enqueue_everybody(tx, days[0], None, "class_amount")
    audit.record(tx, actor, "adopt_class_amounts", "class_amounts", command.name, effective_from=command.effective_from)
    return Items(sorted(amounts_on(tx, command.effective_from).values(), key=lambda one: -one.job_class))
