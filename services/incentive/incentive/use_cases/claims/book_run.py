"""Book what an approved run claims and deducts, so that nobody is paid a negative sum."""

from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import AllowanceRun
from incentive.domain.claim import Claim, ClaimState, Repayment, RepaymentKind, RepaymentRules, payment_of
from incentive.events import ClaimOpened, ClaimRepaid
from incentive.persistence.claims import (
    causes_in,
    claims_to_deduct,
    insert_claims,
    negative_nets,
    nets_of,
    store_deductions,
)
from incentive.persistence.reference import repayment_rules


def book_run(tx: Transaction, run: AllowanceRun, approved_by: UUID) -> dict[str, int]:
    """Open claims for negative sums and deduct instalments from the others. Return the totals of both."""
    rules, _ = repayment_rules(tx, run.month)
    opened = _open_claims(tx, run, rules)
    deducted = _deduct(tx, run, rules, approved_by)
    return {"claims": len(opened), "claimed_amount": sum(one.amount for one in opened), "deducted_amount": deducted}


def _open_claims(tx: Transaction, run: AllowanceRun, rules: RepaymentRules) -> list[Claim]:
    nets = negative_nets(tx, run.id)
    causes = causes_in(tx, run.id, sorted(nets))
    opened = [
        Claim.opened(new_id(), employee_id, run.id, payment.claimed, causes[employee_id], tx.now)
        for employee_id, payment in ((one, payment_of(nets[one], (), run.month, rules)) for one in sorted(nets))
    ]
    insert_claims(tx, opened)
    for claim in opened:
        outbox.record(tx, ClaimOpened(claim_id=claim.id, employee_id=claim.employee_id, run_id=run.id))
    return opened


def _deduct(tx: Transaction, run: AllowanceRun, rules: RepaymentRules, approved_by: UUID) -> int:
    by_person: dict[UUID, list[Claim]] = {}
    for claim in claims_to_deduct(tx, run):
        by_person.setdefault(claim.employee_id, []).append(claim)
    changed: list[Claim] = []
    repayments: list[Repayment] = []
    for employee_id, net in nets_of(tx, run, sorted(by_person)).items():
        for claim, amount in payment_of(net, by_person[employee_id], run.month, rules).deductions:
            changed.append(claim.repaid(amount, tx.now))
            repayments.append(_deduction(claim, run, amount, approved_by, tx))
    store_deductions(tx, changed, repayments)
    for claim in changed:
        if claim.state is ClaimState.REPAID:
            outbox.record(tx, ClaimRepaid(claim_id=claim.id, employee_id=claim.employee_id))
    return sum(one.amount for one in repayments)


def _deduction(claim: Claim, run: AllowanceRun, amount: int, approved_by: UUID, tx: Transaction) -> Repayment:
    return Repayment(
        id=new_id(),
        claim_id=claim.id,
        employee_id=claim.employee_id,
        kind=RepaymentKind.DEDUCTION,
        run_id=run.id,
        amount=amount,
        reference=None,
        recorded_by=approved_by,
        recorded_at=tx.now,
    )
