"""Plan the instalments of a claim, once the person has been interviewed."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from incentive.domain.claim import PlanRepayment
from incentive.domain.claim_views import ClaimView
from incentive.events import ClaimPlanned
from incentive.persistence.claims import load_claim, update_claim
from incentive.persistence.people import today_of
from incentive.persistence.reference import repayment_rules


def plan_repayment(tx: Transaction, actor: Principal, command: PlanRepayment) -> ClaimView:
    before = load_claim(tx, command.claim_id, lock=True)
    need_other(actor, before.employee_id)
    today = today_of(tx)
    rules, reference = repayment_rules(tx, today)
    after = before.planned(command, rules, reference.id, actor.account_id, tx.now, today)
    require_version(command.expected_version, before.version)
    update_claim(tx, before, after)
    outbox.record(tx, ClaimPlanned(claim_id=after.id, employee_id=after.employee_id))
    audit.record(tx, actor, "plan_repayment", "employee", after.employee_id, claim_id=after.id)
    return ClaimView.of(after)
