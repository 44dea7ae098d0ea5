"""Withdraw a substitution: it was never so."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.substitution import SubstitutionView, WithdrawSubstitution
from personnel.events import SubstitutionChanged
from personnel.persistence.substitutions import load_substitution, update_substitution
from personnel.use_cases.substitutions.rules import require_not_own


def withdraw_substitution(work: UnitOfWork, actor: Principal, command: WithdrawSubstitution) -> SubstitutionView:
    """Withdraw it. Raise NotFound, OwnAffair, VersionConflict, SubstitutionWithdrawn."""
    with work.transaction(actor.agency_id) as tx:
        before = load_substitution(tx, command.substitution_id, lock=True)
        require_not_own(tx, actor, before)
        require_version(command.expected_version, before.version)
        update_substitution(tx, before, before.withdrawn(actor.account_id, command.reason, tx.now))
        saved = load_substitution(tx, before.id)
        outbox.record(tx, SubstitutionChanged.of(saved))
        audit.record(tx, actor, "substitution_withdrawn", "substitution", saved.id)
        return SubstitutionView.of(saved)
