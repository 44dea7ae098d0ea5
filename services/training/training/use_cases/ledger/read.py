"""Read a person's JP account of a year: entries, target, balance, and how each figure comes about."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_reader
from training.domain.jp import target_in_force
from training.domain.ledger import LedgerView
from training.domain.rule import RuleName
from training.persistence.ledger import entries_of, pending_jp
from training.persistence.people import find_employee, today
from training.persistence.reference import jp_targets, load_rule


def show_ledger(work: UnitOfWork, actor: Principal, employee_id: UUID, *, year: int | None) -> LedgerView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id, "jp_ledger")
        day = today(tx)
        chosen = year if year is not None else day.year
        person = find_employee(tx, employee_id)
        employment_type = person.employment_type if person else None
        return LedgerView.of(
            employee_id,
            chosen,
            employment_type,
            entries=entries_of(tx, employee_id, chosen),
            pending_jp=pending_jp(tx, employee_id, chosen),
            target=target_in_force(jp_targets(tx), employment_type, chosen),
            per_jp=load_rule(tx, RuleName.MINUTES_PER_JP, day),
        )
