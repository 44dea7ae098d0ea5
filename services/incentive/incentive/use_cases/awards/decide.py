"""Grant or decline a nomination by a numbered decision."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from incentive.domain.award import AwardState, AwardView, DecideAward
from incentive.domain.errors import DecisionNumberTaken
from incentive.events import AwardGranted
from incentive.persistence.awards import award_number_taken, load_award, update_award
from incentive.persistence.reassessments import enqueue_reassessment


def decide_award(work: UnitOfWork, actor: Principal, command: DecideAward) -> AwardView:
    """A grant needs its decision number; nobody decides on an award of their own."""
    command.check()
    with work.transaction(actor.agency_id) as tx:
        before = load_award(tx, command.award_id, lock=True)
        need_other(actor, before.employee_id)
        after = before.decided(command, actor.account_id)
        require_version(command.expected_version, before.version)
        if command.decision_number and award_number_taken(tx, command.decision_number):
            raise DecisionNumberTaken(number=command.decision_number)
        update_award(tx, before, after)
        if after.state is AwardState.GRANTED:
            granted = AwardGranted(award_id=after.id, employee_id=after.employee_id, kind=after.kind, year=after.year)
            outbox.record(tx, granted)
            enqueue_reassessment(tx, after.employee_id)
        audit.record(tx, actor, "decide_award", "employee", after.employee_id, award_id=after.id, state=after.state)
        return AwardView.of(after)
