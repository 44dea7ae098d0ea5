"""A proposed version of a rule whose first day is over without a decision lapses: no rule is dated back."""

from uuid import UUID

from appraisal.persistence.rule_proposals import load_proposal, update_proposal
from chassis import audit
from chassis.unit_of_work import Transaction
from directory.questions import today


def lapse_rule(tx: Transaction, proposal_id: UUID) -> None:
    before = load_proposal(tx, proposal_id)
    after = before.lapsed(tx.now, today(tx))
    if after is not before:
        update_proposal(tx, before, after)
        audit.record(tx, "system", "rule_lapsed", "rule_proposal", proposal_id)
