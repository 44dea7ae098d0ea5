"""Give a substitution another last day."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.substitution import ChangeSubstitution, SubstitutionView
from personnel.events import SubstitutionChanged
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.substitutions import load_substitution, update_substitution
from personnel.use_cases.substitutions.rules import require_fitting, require_not_own


def change_substitution(work: UnitOfWork, actor: Principal, command: ChangeSubstitution) -> SubstitutionView:
    """Shorten it, or extend it where it still fits.

    Raise NotFound, OwnAffair, VersionConflict, and what `record_substitution` raises.
    """
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        before = load_substitution(tx, command.substitution_id, lock=True)
        require_not_own(tx, actor, before)
        require_version(command.expected_version, before.version)
        after = before.ending(command.last_day)
        require_not_own(tx, actor, after)
        if after.lasts_longer_than(before):
            require_fitting(tx, after, before=before)
        update_substitution(tx, before, after)
        saved = load_substitution(tx, before.id)
        outbox.record(tx, SubstitutionChanged.of(saved))
        audit.record(tx, actor, "substitution_changed", "substitution", saved.id, last_day=saved.last_day)
        return SubstitutionView.of(saved)
