"""List the programmes with their sessions and the seats left."""

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.programme import ProgrammeView
from wellbeing.persistence import programmes


def list_programmes(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[ProgrammeView]:
    """Return programmes, the newest first."""
    with work.transaction(actor.agency_id) as tx:
        found = programmes.list_programmes(tx, page)
        sessions = programmes.sessions_of(tx, [one.programme_id for one in found.items])
        taken = programmes.seats_taken(tx, [one.session_id for some in sessions.values() for one in some])
        return found.of(lambda one: ProgrammeView.of(one, sessions[one.programme_id], taken))
