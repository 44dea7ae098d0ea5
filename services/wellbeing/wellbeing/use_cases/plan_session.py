"""Plan a session of a programme."""

from datetime import datetime
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import programmes
from wellbeing.persistence.models import ProgrammeSession

from .programme_view import ProgrammeView, programme_view


def plan_session(
    work: UnitOfWork,
    actor: Principal,
    programme_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    seats: int,
) -> ProgrammeView:
    with work.transaction(actor.agency_id) as tx:
        programme = programmes.get_programme(tx.session, programme_id)
        if ends_at <= starts_at:
            raise InvalidInput(errors=[FieldError("ends_at", "ends_before_start", ends_at, f"sesudah {starts_at}")])
        row = ProgrammeSession(
            agency_id=tx.agency_id,
            programme_id=programme_id,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            seats=seats,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "programme_session_planned", "programme_session", row.session_id)
        return programme_view(tx, programme)
