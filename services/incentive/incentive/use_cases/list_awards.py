"""Awards of a person, or of the agency for HR and inspectors."""

from uuid import UUID

from sqlalchemy import select

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.models import Award
from incentive.use_cases.access import READERS, may_read
from incentive.use_cases.nominate_award import AwardView, award_view


def list_awards(
    work: UnitOfWork, actor: Principal, employee_id: UUID | None, after: UUID | None, limit: int
) -> list[AwardView]:
    """A person sees what has been granted to them; nominations under way are HR's and the inspectors'."""
    with work.transaction(actor.agency_id) as tx:
        chosen = select(Award).order_by(Award.id).limit(limit)
        if after is not None:
            chosen = chosen.where(Award.id > after)
        if employee_id is not None:
            may_read(tx, actor, employee_id)
            chosen = chosen.where(Award.employee_id == employee_id)
        elif not actor.has(*READERS):
            raise Forbidden
        if not actor.has(*READERS):
            chosen = chosen.where(Award.state == "GRANTED")
        return [award_view(row) for row in tx.session.scalars(chosen)]


def show_award(work: UnitOfWork, actor: Principal, award_id: UUID) -> AwardView:
    with work.transaction(actor.agency_id) as tx:
        row = tx.session.get(Award, award_id)
        if row is None:
            raise NotFound(object="penghargaan", id=award_id)
        may_read(tx, actor, row.employee_id)
        if row.state != "GRANTED" and not actor.has(*READERS):
            raise NotFound(object="penghargaan", id=award_id)
        return award_view(row)
