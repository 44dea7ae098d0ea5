"""Grant or decline a nomination by a numbered decision."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from incentive.domain.award import Award, AwardState, AwardView, DecideAward
from incentive.domain.award_rules import find_kind
from incentive.domain.errors import AwardEvidenceMissing, DecisionNumberTaken
from incentive.events import AwardGranted
from incentive.persistence.awards import award_number_taken, load_award, update_award
from incentive.persistence.people import today_of
from incentive.persistence.predicates import final_evaluation
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.reference import award_kinds
from incentive.use_cases.awards.nominate import require_deserved


def decide_award(tx: Transaction, actor: Principal, command: DecideAward) -> AwardView:
    """A grant needs its decision number, and evidence that still holds."""
    command.check()
    before = load_award(tx, command.award_id, lock=True)
    need_other(actor, before.employee_id)
    after = before.decided(command, actor.account_id)
    require_version(command.expected_version, before.version)
    if command.decision_number and award_number_taken(tx, command.decision_number):
        raise DecisionNumberTaken(number=command.decision_number)
    if after.state is AwardState.GRANTED:
        _require_evidence(tx, before)
    update_award(tx, before, after)
    if after.state is AwardState.GRANTED:
        granted = AwardGranted(award_id=after.id, employee_id=after.employee_id, kind=after.kind, year=after.year)
        outbox.record(tx, granted)
        enqueue_reassessment(tx, after.employee_id)
    audit.record(tx, actor, "decide_award", "employee", after.employee_id, award_id=after.id, state=after.state)
    return AwardView.of(after)


def _require_evidence(tx: Transaction, award: Award) -> None:
    """Raise what a nomination would, by the evaluation and the career as they are now."""
    kinds, _ = award_kinds(tx, today_of(tx))
    kind, evidence = find_kind(kinds, award.kind), final_evaluation(tx, award.evaluation_id)
    if evidence is None:
        raise AwardEvidenceMissing(evaluation_id=award.evaluation_id)
    kind.require_evidence(evidence, award.year)
    require_deserved(tx, award, kind)
