"""Add a competency of the agency's own to the dictionary."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.competency import AddCompetency, Competency
from training.domain.errors import CompetencyExists
from training.persistence.competencies import find_competency, insert_competency
from training.persistence.locked_rows import lock


def add_competency(work: UnitOfWork, actor: Principal, command: AddCompetency) -> Competency:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "competency", command.code)
        if find_competency(tx, command.code) is not None:
            raise CompetencyExists(code=command.code)
        competency = Competency.added(command)
        insert_competency(tx, competency)
        audit.record(tx, actor, "competency_added", "competency", competency.code)
        return competency
