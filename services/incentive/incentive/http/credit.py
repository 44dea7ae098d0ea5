"""Credit points, and the predicates from before this system."""

from typing import Any
from uuid import UUID

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from incentive.domain.credit_account import BookPeriodicCredit, DecideCredit, OpeningBalance
from incentive.domain.credit_views import CreditView
from incentive.domain.period import Period
from incentive.domain.predicate import PastPredicate, RecordPredicates
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.credit_schemas import CreditDecisionIn, OpeningIn, PeriodicIn, PredicatesIn
from incentive.http.proposing import proposed
from incentive.use_cases.credit import read

blp = ServiceBlueprint("credit", url_prefix=PREFIX, description="Credit points")


@blp.route("/credit/<uuid:employee_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@blp.response(200, CreditView)
def show_credit(employee_id: UUID) -> CreditView:
    """Balance, provisional figure, every booking with its working, decisions, needs and the rule."""
    return read.show_credit(work(), principal(), employee_id)


@blp.route("/credit/<uuid:employee_id>/opening", methods=["PUT"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@problems(409)
@blp.arguments(OpeningIn)
@blp.response(202, ProposalView)
def open_credit(body: dict[str, Any], employee_id: UUID) -> ProposalView:
    """Set the balance a person brings along; earlier entries stay in the record."""
    reason = body.pop("proposal_reason")
    return proposed("credit.open", OpeningBalance(employee_id, **body), reason)


@blp.route("/credit/<uuid:employee_id>/periodic", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(PeriodicIn)
@blp.response(202, ProposalView)
def book_periodic_credit(body: dict[str, Any], employee_id: UUID) -> ProposalView:
    """Book credit of a part of the year; the annual result will replace it, unless a decision has used it."""
    reason = body.pop("proposal_reason")
    return proposed("credit.book", BookPeriodicCredit(employee_id, **body), reason)


@blp.route("/credit/<uuid:employee_id>/decisions", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(CreditDecisionIn)
@blp.response(202, ProposalView)
def decide_credit(body: dict[str, Any], employee_id: UUID) -> ProposalView:
    """PAK: establish entries by a numbered decision."""
    reason = body.pop("proposal_reason")
    return proposed("credit.decide", DecideCredit(employee_id, **body), reason)


@blp.route("/predicate-history", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED_NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(PredicatesIn)
@blp.response(202, ProposalView)
def record_predicates(body: dict[str, Any]) -> ProposalView:
    """Record predicates from before this system, or monthly ones; they never book credit."""
    items = [
        PastPredicate(item["employee_id"], Period(item["kind"], item["year"], item["part"]), item["predicate"])
        for item in body["items"]
    ]
    return proposed("predicates.record", RecordPredicates(items), body["proposal_reason"])
