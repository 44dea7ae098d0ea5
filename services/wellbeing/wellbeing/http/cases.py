"""Personal cases, for the assigned officer, and for the reporter in one's own name."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, not_idempotent, principal, problems, work
from chassis.pagination import Page
from wellbeing.domain.ticket import ListTickets, MoveTicket, ReportCase
from wellbeing.domain.ticket_views import CaseRowView, CaseView, ReceiptView
from wellbeing.http.access import CASE_CONTENT, CODE_SHOWN_ONCE, EVERYBODY, OFFICER, PREFIX, Relation
from wellbeing.http.cases_schemas import CaseIn, HandOverIn, ReportedIn
from wellbeing.http.conditions_schemas import MessageIn, MoveIn, TicketsQuery
from wellbeing.use_cases.cases import name_reported as naming
from wellbeing.use_cases.cases.hand_over import hand_over_case
from wellbeing.use_cases.cases.move import move_case
from wellbeing.use_cases.cases.read import list_cases, show_case
from wellbeing.use_cases.cases.report import report_case
from wellbeing.use_cases.cases.take import take_case
from wellbeing.use_cases.cases.write_message import write_case_message

blp = ServiceBlueprint(
    "cases", url_prefix=PREFIX, description="Personal cases: one handler, and nobody of the reported line"
)


@blp.route("/cases", methods=["POST"])
@allow(*EVERYBODY, relation="in one's own name; without a name: /reports/cases", unlogged=True)
@not_idempotent(reason=CODE_SHOWN_ONCE)
@blp.arguments(CaseIn)
@blp.response(201, ReceiptView)
def post_case(body: dict[str, Any]) -> ReceiptView:
    """Report what was done to a person. The code that follows the report is shown once."""
    return report_case(work(), principal(), ReportCase(**body))


@blp.route("/cases", methods=["GET"])
@allow(*OFFICER, relation="without the cases that one must not know of, and without what any of them says")
@blp.arguments(TicketsQuery, location="query")
@blp.response(200, Page[CaseRowView])
def get_cases(query: dict[str, Any]) -> Page[CaseRowView]:
    """List the queue: how urgent, and whether taken."""
    return list_cases(work(), principal(), ListTickets(**query))


@blp.route("/cases/<uuid:ticket_id>", methods=["GET"])
@allow(*OFFICER, relation=Relation.HANDLER)
@problems(404, 409)
@blp.response(200, CaseView)
def get_case(ticket_id: UUID) -> CaseView:
    """Read a case, as its handler."""
    return show_case(work(), principal(), ticket_id)


@blp.route("/cases/<uuid:ticket_id>/take", methods=["POST"])
@allow(*OFFICER, relation="free of conflict, while nobody has taken it")
@not_idempotent(reason=CASE_CONTENT)
@problems(404, 409)
@blp.response(200, CaseView)
def post_take(ticket_id: UUID) -> CaseView:
    """Become the handler of a case."""
    return take_case(work(), principal(), ticket_id)


@blp.route("/cases/<uuid:ticket_id>/moves", methods=["POST"])
@allow(*OFFICER, relation=Relation.HANDLER)
@not_idempotent(reason=CASE_CONTENT)
@problems(404, 409)
@blp.arguments(MoveIn)
@blp.response(200, CaseView)
def post_case_move(body: dict[str, Any], ticket_id: UUID) -> CaseView:
    """Move a case on: TRIAGED with resolve_by, IN_PROGRESS, RESOLVED with a note, REFERRED with where to."""
    return move_case(work(), principal(), MoveTicket(ticket_id, **body))


@blp.route("/cases/<uuid:ticket_id>/handler", methods=["PUT"])
@allow(*OFFICER, relation=Relation.HANDLER)
@problems(404, 409)
@blp.arguments(HandOverIn)
@blp.response(200, CaseRowView)
def put_handler(body: dict[str, Any], ticket_id: UUID) -> CaseRowView:
    """Hand a case over to another officer."""
    return hand_over_case(work(), principal(), ticket_id, **body)


@blp.route("/cases/<uuid:ticket_id>/reported", methods=["POST"])
@allow(*OFFICER, relation=Relation.HANDLER)
@not_idempotent(reason=CASE_CONTENT)
@problems(404, 409)
@blp.arguments(ReportedIn)
@blp.response(200, CaseRowView)
def post_reported(body: dict[str, Any], ticket_id: UUID) -> CaseRowView:
    """Record who is reported; whoever stands in their line is excluded from then on, the handler too."""
    return naming.name_reported(work(), principal(), ticket_id, **body)


@blp.route("/cases/<uuid:ticket_id>/messages", methods=["POST"])
@allow(*OFFICER, relation=Relation.HANDLER)
@not_idempotent(reason=CASE_CONTENT)
@problems(404, 409)
@blp.arguments(MessageIn)
@blp.response(201, CaseView)
def post_case_message(body: dict[str, Any], ticket_id: UUID) -> CaseView:
    """Write to the reporter, who reads it by the code."""
    return write_case_message(work(), principal(), ticket_id, **body)
