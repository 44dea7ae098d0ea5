"""Change a competency of the dictionary, or take it out of use."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from training.domain.competency import ChangeCompetency, Competency
from training.persistence.competencies import load_competency, update_competency
from training.persistence.locked_rows import lock


def change_competency(work: UnitOfWork, actor: Principal, command: ChangeCompetency) -> Competency:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "competency", command.code)
        before = load_competency(tx, command.code)
        require_version(command.expected_version, before.version)
        saved = update_competency(tx, before, before.changed(command))
        audit.record(tx, actor, "competency_changed", "competency", command.code)
        return saved
