"""Give one person a later deadline, as HR, for a reason."""

from appraisal.authorisation import need_other_than_stand_in
from appraisal.domain.extensions import (
    Deadline,
    DeadlineView,
    ExtensionCause,
    ExtensionRole,
    GrantExtension,
    granted,
)
from appraisal.domain.obligation import ObligationKind
from appraisal.events import DeadlineExtended
from appraisal.persistence.extensions import lock_obligation, save_moves
from appraisal.persistence.outages import load_outages
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.hand_back import hand_back
from appraisal.use_cases.obligations.read_deadline import view_deadline
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_reminders
from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def extend_deadline(work: UnitOfWork, actor: Principal, command: GrantExtension) -> DeadlineView:
    """Nobody extends a deadline of their own, of an official in whose place they act, or in a matter about them."""
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        outages = load_outages(tx, setting)
        found = lock_obligation(tx, command.obligation_id)
        _need_other_parties(tx, actor, found)
        longest = setting.rules.longest_grant(setting.today)
        move = granted(new_id(), found, command, outages, longest, actor.account_id, tx.now)
        save_moves(tx, [move])
        hand_back(tx, [move.deadline])
        moved = lock_obligation(tx, command.obligation_id) or move.deadline
        _need_other_parties(tx, actor, moved)
        _notify(tx, moved)
        withdraw_reminders(tx, [moved.employee_id])
        reference = command.order_reference
        audit.record(tx, actor, "deadline_extended", "obligation", command.obligation_id, order_reference=reference)
        return view_deadline(tx, command.obligation_id)


def _need_other_parties(tx: Transaction, actor: Principal, found: Deadline | None) -> None:
    if found is None:
        return
    for party in (found.employee_id, found.owed_by, found.owed_to):
        need_other(actor, party)
    need_other_than_stand_in(tx, actor, found.employee_id, (found.owed_by, found.owed_to))


def _notify(tx: Transaction, deadline: Deadline) -> None:
    """Notify who owes the act, and of what an objection waits for the employee."""
    people = [(deadline.owed_by, ExtensionRole.OWES)]
    if deadline.kind in {ObligationKind.STATEMENT, ObligationKind.DECISION}:
        people.append((deadline.employee_id, ExtensionRole.AWAITS))
    for person, role in people:
        if person is not None:
            event = DeadlineExtended(
                employee_id=person,
                obligation_id=deadline.id,
                kind=deadline.kind,
                role=role,
                cause=ExtensionCause.GRANT,
                outage_id=None,
                due_at=deadline.due_at,
                deadlines=1,
            )
            outbox.record(tx, event)
