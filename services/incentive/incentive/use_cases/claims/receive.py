"""Receive a repayment of a claim through the treasury."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.claim import ClaimState, ReceiveRepayment, Repayment, RepaymentKind
from incentive.domain.claim_views import ClaimView
from incentive.events import ClaimRepaid
from incentive.persistence.claims import insert_repayment, load_claim, update_claim


def receive_repayment(tx: Transaction, actor: Principal, command: ReceiveRepayment) -> ClaimView:
    """Record it with the treasury's reference; the repayment of the rest ends the claim."""
    before = load_claim(tx, command.claim_id, lock=True)
    need_other(actor, before.employee_id)
    after = before.repaid(command.amount, tx.now)
    update_claim(tx, before, after)
    insert_repayment(
        tx,
        Repayment(
            id=new_id(),
            claim_id=after.id,
            employee_id=after.employee_id,
            kind=RepaymentKind.TREASURY,
            run_id=None,
            amount=command.amount,
            reference=command.reference,
            recorded_by=actor.account_id,
            recorded_at=tx.now,
        ),
    )
    if after.state is ClaimState.REPAID:
        outbox.record(tx, ClaimRepaid(claim_id=after.id, employee_id=after.employee_id))
    audit.record(tx, actor, "receive_repayment", "employee", after.employee_id, claim_id=after.id)
    return ClaimView.of(after)
