"""Give one person a later deadline, as HR, for a reason."""

from appraisal.domain.extensions import (
    Deadline,
    DeadlineExtension,
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
from appraisal.use_cases.obligations.read_deadline import view_deadline
from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def extend_deadline(work: UnitOfWork, actor: Principal, command: GrantExtension) -> DeadlineView:
    """Nobody extends a deadline of their own, nor one in a matter about them."""
    with work.transaction(actor.agency_id) as tx:
        found, setting = lock_obligation(tx, command.obligation_id), load_setting(tx)
        for party in (found.employee_id, found.owed_by, found.owed_to) if found else ():
            need_other(actor, party)
        outages = load_outages(tx, setting)
        longest = setting.rules.longest_grant(setting.today)
        move = granted(new_id(), found, command, outages, longest, actor.account_id, tx.now)
        save_moves(tx, [move])
        _notify(tx, move.deadline, move.entry)
        audit.record(tx, actor, "deadline_extended", "obligation", command.obligation_id)
        return view_deadline(tx, command.obligation_id)


def _notify(tx: Transaction, deadline: Deadline, entry: DeadlineExtension) -> None:
    """Notify who owes the act, and of a decision the employee who waits for it."""
    people = [(deadline.owed_by, ExtensionRole.OWES)]
    if deadline.kind is ObligationKind.DECISION:
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
                due_at=entry.due_after,
                deadlines=1,
            )
            outbox.record(tx, event)
