"""Read a person's JP account of a year: entries, target, balance, and how each figure comes about."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import stretches_each, today
from training.authorisation import require_reader
from training.domain.ledger import LedgerView
from training.domain.rule import RuleName
from training.domain.year_target import YearHeld, period_of, year_target
from training.persistence.ledger import entries_of, pending_jp
from training.persistence.people import service_start
from training.persistence.reference import jp_targets, load_rule, part_year_rules


def show_ledger(work: UnitOfWork, actor: Principal, employee_id: UUID, *, year: int | None) -> LedgerView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id, "jp_ledger")
        day = today(tx)
        chosen = year if year is not None else day.year
        period = period_of(chosen)
        stretches = stretches_each(tx, [employee_id], period).known.get(employee_id, ())
        held = YearHeld.of(chosen, stretches, service_start(tx, employee_id), min(day, period.last_day))
        return LedgerView.of(
            employee_id,
            chosen,
            held.employment_type,
            entries=entries_of(tx, employee_id, chosen),
            pending_jp=pending_jp(tx, employee_id, chosen),
            target=year_target(jp_targets(tx), held, part_year_rules(tx, chosen)),
            per_jp=load_rule(tx, RuleName.MINUTES_PER_JP, day),
        )
