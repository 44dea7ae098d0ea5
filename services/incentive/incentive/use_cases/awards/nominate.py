"""Nominate somebody for a non-financial award, on the evidence of a final evaluation."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_colleague
from incentive.domain.award import Award, AwardView, NominateAward, find_kind
from incentive.persistence.awards import insert_award
from incentive.persistence.people import today_of
from incentive.persistence.predicates import final_evaluation
from incentive.persistence.reference import award_kinds


def nominate_award(work: UnitOfWork, actor: Principal, command: NominateAward) -> AwardView:
    with work.transaction(actor.agency_id) as tx:
        require_colleague(tx, actor, command.employee_id)
        kinds, reference = award_kinds(tx, today_of(tx))
        kind, evidence = find_kind(kinds, command.kind), final_evaluation(tx, command.evaluation_id)
        award = Award.nominated(new_id(), command, kind, evidence, reference.id, actor.account_id, tx.now)
        insert_award(tx, award)
        audit.record(tx, actor, "nominate_award", "employee", command.employee_id, award_id=award.id)
        return AwardView.of(award)
