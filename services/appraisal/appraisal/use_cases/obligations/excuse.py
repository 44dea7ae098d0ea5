"""Excuse somebody from what they owe, or are owed, by an order; the rules alone excuse everybody else."""

from appraisal.authorisation import need_other_than_stand_in, self_of
from appraisal.domain.obligation import ExcuseObligation
from appraisal.domain.obligation_views import ObligationView
from appraisal.persistence.obligation_lists import load_obligation, update_obligation
from appraisal.use_cases.obligations.read import view_obligations
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_reminders
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import UnitOfWork


def excuse_obligation(work: UnitOfWork, actor: Principal, command: ExcuseObligation) -> ObligationView:
    """HR does so, never in a matter of their own: not about themselves, nor what they owe or do in another's place."""
    with work.transaction(actor.agency_id) as tx:
        before = load_obligation(tx, command.obligation_id)
        need_other(actor, before.employee_id)
        need_other(actor, before.owed_by)
        need_other_than_stand_in(tx, actor, before.employee_id, [before.owed_by])
        update_obligation(tx, before, before.excused(command, self_of(actor)))
        withdraw_reminders(tx, [before.employee_id])
        kind, reference = before.kind, command.order_reference
        audit.record(tx, actor, "obligation_excused", "obligation", before.id, kind=kind, order_reference=reference)
        return view_obligations(tx, actor, [load_obligation(tx, before.id)])[0]
