"""Credit points, and the predicates from before this system."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from incentive.domain.period import Period
from incentive.http import career_schemas as shapes
from incentive.http.access import EVERYBODY, HR, NOT_OWN, OWN, PREFIX
from incentive.http.month_schemas import ReceivedOut
from incentive.use_cases import book_periodic_credit as booking
from incentive.use_cases import decide_credit as deciding
from incentive.use_cases import open_credit as opening
from incentive.use_cases import record_predicates as recording
from incentive.use_cases import show_credit as showing

blp = ServiceBlueprint("credit", url_prefix=PREFIX, description="Credit points")


@blp.route("/credit/<uuid:employee_id>", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@blp.response(200, shapes.CreditOut)
def show_credit(employee_id: UUID) -> dict[str, Any]:
    """Balance, provisional figure, every booking with its working, decisions, needs and the rule."""
    return showing.show_credit(work(), principal(), employee_id)


@blp.route("/credit/<uuid:employee_id>/opening", methods=["PUT"])
@allow(*HR, relation=NOT_OWN)
@problems(409)
@blp.arguments(shapes.OpeningIn)
@blp.response(200, shapes.OpeningOut)
def open_credit(body: dict[str, Any], employee_id: UUID) -> Any:
    """Set the balance a person brings along; earlier entries stay in the record."""
    return opening.open_credit(work(), principal(), opening.OpeningBalance(employee_id=employee_id, **body))


@blp.route("/credit/<uuid:employee_id>/periodic", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(shapes.PeriodicIn)
@blp.response(201, shapes.CreditEntryOut)
def book_periodic_credit(body: dict[str, Any], employee_id: UUID) -> Any:
    """Book credit of a part of the year; the annual result will replace it, unless a decision has used it."""
    return booking.book_periodic_credit(work(), principal(), booking.BookPeriodicCredit(employee_id, **body))


@blp.route("/credit/<uuid:employee_id>/decisions", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(shapes.CreditDecisionIn)
@blp.response(201, shapes.CreditDecisionOut)
def decide_credit(body: dict[str, Any], employee_id: UUID) -> Any:
    """PAK: establish entries by a numbered decision."""
    return deciding.decide_credit(work(), principal(), deciding.DecideCredit(employee_id, **body))


@blp.route("/predicate-history", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(409)
@blp.arguments(shapes.PredicatesIn)
@blp.response(200, ReceivedOut)
def record_predicates(body: dict[str, Any]) -> dict[str, int]:
    """Record predicates from before this system, or monthly ones; they never book credit."""
    items = [
        recording.PastPredicate(
            item["employee_id"], Period(item["kind"], item["year"], item["part"]), item["predicate"]
        )
        for item in body["items"]
    ]
    return recording.record_predicates(work(), principal(), items)
