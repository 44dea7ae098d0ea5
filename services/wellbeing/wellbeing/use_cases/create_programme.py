"""Set up a wellness programme."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.programmes import ProgrammeKind
from wellbeing.persistence.models import Programme

from .programme_view import ProgrammeView, programme_view


def create_programme(
    work: UnitOfWork, actor: Principal, name: str, kind: ProgrammeKind, description: str
) -> ProgrammeView:
    with work.transaction(actor.agency_id) as tx:
        row = Programme(agency_id=tx.agency_id, name=name, kind=kind.value, description=description)
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "programme_created", "programme", row.programme_id)
        return programme_view(tx, row)
