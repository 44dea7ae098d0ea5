"""PAK: establish credit points by a numbered decision; the entries it names are used, and never replaced later."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.authorisation import require_colleague
from incentive.domain.credit_account import CreditDecision, DecideCredit
from incentive.domain.credit_views import CreditDecisionView
from incentive.domain.errors import DecisionNumberTaken, NoCreditLevel
from incentive.persistence.credit import balances, decision_number_taken, entries_of, insert_decision, lock_credit
from incentive.persistence.people import level_on, today_of


def decide_credit(tx: Transaction, actor: Principal, command: DecideCredit) -> CreditDecisionView:
    employee_id = command.employee_id
    require_colleague(tx, actor, employee_id)
    lock_credit(tx, [employee_id])
    if decision_number_taken(tx, command.number):
        raise DecisionNumberTaken(number=command.number)
    today = today_of(tx)
    level = level_on(tx, employee_id, today)
    if level is None:
        raise NoCreditLevel(when=str(today))
    balance = balances(tx, {employee_id: level})[employee_id]
    entries = entries_of(tx, employee_id)
    decision = CreditDecision.taken(new_id(), command, level, entries, balance, actor.account_id, tx.now)
    insert_decision(tx, decision, command.entry_ids)
    audit.record(tx, actor, "decide_credit", "employee", employee_id, decision_id=decision.id)
    return CreditDecisionView.of(decision)
