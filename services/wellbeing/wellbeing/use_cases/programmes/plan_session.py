"""Plan a session of a programme."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.programme import PlanSession, ProgrammeSession, ProgrammeView
from wellbeing.persistence.programmes import insert_session, load_programme, seats_taken, sessions_of


def plan_session(work: UnitOfWork, actor: Principal, command: PlanSession) -> ProgrammeView:
    """Add a session. Raise NotFound, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        programme = load_programme(tx, command.programme_id)
        session = ProgrammeSession.planned(new_id(), command)
        insert_session(tx, session)
        audit.record(tx, actor, "programme_session_planned", "programme_session", session.session_id)
        sessions = sessions_of(tx, [programme.programme_id])[programme.programme_id]
        return ProgrammeView.of(programme, sessions, seats_taken(tx, [one.session_id for one in sessions]))
