"""Credit points, and the predicates from before this system."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from incentive.domain.attendance import ReceivedView
from incentive.domain.credit_account import BookPeriodicCredit, DecideCredit, OpeningBalance
from incentive.domain.credit_views import CreditDecisionView, CreditEntryView, CreditView, OpeningView
from incentive.domain.period import Period
from incentive.domain.predicate import PastPredicate
from incentive.http.access import HR, OWN_READERS, PREFIX, Relation
from incentive.http.credit_schemas import CreditDecisionIn, OpeningIn, PeriodicIn, PredicatesIn
from incentive.use_cases.credit import book_periodic, decide, read, set_opening
from incentive.use_cases.predicates import record_history

blp = ServiceBlueprint("credit", url_prefix=PREFIX, description="Credit points")


@blp.route("/credit/<uuid:employee_id>", methods=["GET"])
@allow(*OWN_READERS, relation=Relation.OWN)
@blp.response(200, CreditView)
def show_credit(employee_id: UUID) -> CreditView:
    """Balance, provisional figure, every booking with its working, decisions, needs and the rule."""
    return read.show_credit(work(), principal(), employee_id)


@blp.route("/credit/<uuid:employee_id>/opening", methods=["PUT"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(409)
@blp.arguments(OpeningIn)
@blp.response(200, OpeningView)
def open_credit(body: dict[str, Any], employee_id: UUID) -> OpeningView:
    """Set the balance a person brings along; earlier entries stay in the record."""
    return set_opening.open_credit(work(), principal(), OpeningBalance(employee_id, **body))


@blp.route("/credit/<uuid:employee_id>/periodic", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(PeriodicIn)
@blp.response(201, CreditEntryView)
def book_periodic_credit(body: dict[str, Any], employee_id: UUID) -> CreditEntryView:
    """Book credit of a part of the year; the annual result will replace it, unless a decision has used it."""
    return book_periodic.book_periodic_credit(work(), principal(), BookPeriodicCredit(employee_id, **body))


@blp.route("/credit/<uuid:employee_id>/decisions", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(CreditDecisionIn)
@blp.response(201, CreditDecisionView)
def decide_credit(body: dict[str, Any], employee_id: UUID) -> CreditDecisionView:
    """PAK: establish entries by a numbered decision."""
    return decide.decide_credit(work(), principal(), DecideCredit(employee_id, **body))


@blp.route("/predicate-history", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(PredicatesIn)
@blp.response(200, ReceivedView)
def record_predicates(body: dict[str, Any]) -> ReceivedView:
    """Record predicates from before this system, or monthly ones; they never book credit."""
    items = [
        PastPredicate(item["employee_id"], Period(item["kind"], item["year"], item["part"]), item["predicate"])
        for item in body["items"]
    ]
    return record_history.record_predicates(work(), principal(), items)
