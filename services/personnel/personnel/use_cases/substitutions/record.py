"""Record that somebody acts for an official, or appraises by delegation."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.substitution import RecordSubstitution, Substitution, SubstitutionView
from personnel.events import SubstitutionChanged
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.substitutions import insert_substitution
from personnel.use_cases.substitutions.rules import require_fitting, require_known, require_not_own


def record_substitution(work: UnitOfWork, actor: Principal, command: RecordSubstitution) -> SubstitutionView:
    """Record and publish it.

    Raise OwnAffair, InvalidInput, SubstituteNotInService, OwnAppraisal, SubstitutionOverlaps.
    """
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        substitution = Substitution.recorded(new_id(), command, actor.account_id, tx.now)
        require_not_own(tx, actor, substitution)
        require_known(tx, substitution)
        require_fitting(tx, substitution)
        insert_substitution(tx, substitution)
        outbox.record(tx, SubstitutionChanged.of(substitution))
        audit.record(tx, actor, "substitution_recorded", "substitution", substitution.id, kind=substitution.kind)
        return SubstitutionView.of(substitution)
