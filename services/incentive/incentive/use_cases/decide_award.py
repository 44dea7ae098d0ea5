"""Grant or decline a nomination by a numbered decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput, NotFound, VersionConflict
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import AwardAlreadyDecided, DecisionNumberTaken
from incentive.events import AwardGranted
from incentive.persistence.eligibility import look_again
from incentive.persistence.models import Award
from incentive.use_cases.nominate_award import AwardView, award_view


@dataclass(frozen=True)
class DecideAward:
    award_id: UUID
    granted: bool
    decision_number: str | None
    decided_on: date
    expected: int | None


def decide_award(work: UnitOfWork, actor: Principal, command: DecideAward) -> AwardView:
    """A grant needs its decision number; nobody decides on an award of their own."""
    if command.granted and not command.decision_number:
        words = "nomor keputusan pemberian penghargaan"
        raise InvalidInput(errors=[FieldError("decision_number", "decision_number_missing", None, words)])
    with work.transaction(actor.agency_id) as tx:
        row = tx.session.get(Award, command.award_id, with_for_update=True)
        if row is None:
            raise NotFound(object="penghargaan", id=command.award_id)
        need_other(actor, row.employee_id)
        if row.state != "NOMINATED":
            raise AwardAlreadyDecided(state=row.state)
        if command.expected is not None and command.expected != row.version:
            raise VersionConflict
        number = command.decision_number
        if number and tx.session.scalar(select(Award.id).where(Award.decision_number == number)):
            raise DecisionNumberTaken(number=number)
        row.state = "GRANTED" if command.granted else "DECLINED"
        row.decision_number, row.decided_on, row.decided_by = number, command.decided_on, actor.account_id
        row.version += 1
        if command.granted:
            outbox.record(tx, AwardGranted(award_id=row.id, employee_id=row.employee_id, kind=row.kind, year=row.year))
            look_again(tx, row.employee_id)
        audit.record(tx, actor, "decide_award", "employee", row.employee_id, award_id=row.id, state=row.state)
        return award_view(row)
