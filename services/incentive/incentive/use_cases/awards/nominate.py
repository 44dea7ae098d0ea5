"""Nominate somebody for a non-financial award, on the evidence of a final evaluation."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.authorisation import require_nominator
from incentive.domain.award import Award, AwardView, NominateAward
from incentive.domain.award_rules import AwardKindView, find_kind
from incentive.domain.eligibility import medal_missing
from incentive.domain.errors import AwardGivenAlready, AwardMedalNotDeserved
from incentive.persistence.awards import has_award, insert_award, lock_awards_of
from incentive.persistence.careers import load_careers
from incentive.persistence.people import today_of
from incentive.persistence.predicates import final_evaluation
from incentive.persistence.reference import award_kinds, eligibility_rules


def nominate_award(work: UnitOfWork, actor: Principal, command: NominateAward) -> AwardView:
    """HR, the superior or the leader of the unit nominates; each award once for its year.

    A service medal is proposed by the agency (PP 35/2010), and once: a refusal would tell others of a punishment.
    """
    with work.transaction(actor.agency_id) as tx:
        nominator = require_nominator(tx, actor, command.employee_id)
        kinds, reference = award_kinds(tx, today_of(tx))
        kind, evidence = find_kind(kinds, command.kind), final_evaluation(tx, command.evaluation_id)
        if kind.is_medal and not actor.has("hr_officer"):
            raise Forbidden
        award = Award.nominated(new_id(), command, kind, evidence, reference.id, nominator, tx.now)
        require_deserved(tx, award, kind)
        lock_awards_of(tx, award.employee_id)
        if has_award(tx, award, every_year=kind.is_medal):
            period = "masa kerjanya" if kind.is_medal else f"tahun {award.year}"
            raise AwardGivenAlready(kind=award.kind, period=period)
        insert_award(tx, award)
        audit.record(tx, actor, "nominate_award", "employee", command.employee_id, award_id=award.id)
        return AwardView.of(award)


def require_deserved(tx: Transaction, award: Award, kind: AwardKindView) -> None:
    """Raise AwardMedalNotDeserved for a service medal whose conditions are not met (PP 35/2010)."""
    if kind.medal_years is None:
        return
    today = today_of(tx)
    rules, _ = eligibility_rules(tx, today)
    career = load_careers(tx, [award.employee_id], today).get(award.employee_id)
    missing = ["service_years"] if career is None else medal_missing(career, rules, today, kind.medal_years)
    if missing:
        raise AwardMedalNotDeserved(years=kind.medal_years, missing=", ".join(missing))
