"""Set up a wellness programme."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from wellbeing.domain.programme import CreateProgramme, Programme, ProgrammeView
from wellbeing.persistence.programmes import insert_programme


def create_programme(work: UnitOfWork, actor: Principal, command: CreateProgramme) -> ProgrammeView:
    """Store a programme without sessions."""
    with work.transaction(actor.agency_id) as tx:
        programme = view_of(Programme, command, programme_id=new_id())
        insert_programme(tx, programme)
        audit.record(tx, actor, "programme_created", "programme", programme.programme_id)
        return ProgrammeView.of(programme, [], {})
