"""Personal cases, for the assigned officer behind the door, and for the named reporter in front of it."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, page, page_of, principal, problems, work
from wellbeing.use_cases.advance_ticket import Move
from wellbeing.use_cases.answer_case import answer_case
from wellbeing.use_cases.case_door import CaseRow, CaseView
from wellbeing.use_cases.hand_over_case import hand_over_case
from wellbeing.use_cases.list_cases import list_cases
from wellbeing.use_cases.move_case import move_case
from wellbeing.use_cases.name_reported import name_reported
from wellbeing.use_cases.open_ticket import ReceiptView
from wellbeing.use_cases.read_case import read_case
from wellbeing.use_cases.report_case import CaseDraft, report_case
from wellbeing.use_cases.take_case import take_case

from .access import EVERYBODY, HANDLER, OFFICER, PREFIX
from .cursors import after_position, of_position
from .ticket_schemas import (
    CaseIn,
    CaseOut,
    CaseRowOut,
    HandOverIn,
    MessageIn,
    MoveIn,
    ReceiptOut,
    ReportedIn,
    TicketListArgs,
)

blp = ServiceBlueprint(
    "cases", url_prefix=PREFIX, description="Personal cases: one handler, and nobody of the reported line"
)


@blp.route("/cases", methods=["POST"])
@allow(*EVERYBODY, relation="in one's own name; without a name: /reports/cases")
@blp.arguments(CaseIn)
@blp.response(201, ReceiptOut)
def post_case(body: dict[str, Any]) -> ReceiptView:
    """Report what was done to a person. The code that follows the report is shown once."""
    return report_case(work(), principal(), CaseDraft(**body))


@blp.route("/cases", methods=["GET"])
@allow(*OFFICER, relation="without the cases that one must not know of, and without what any of them says")
@blp.arguments(TicketListArgs, location="query")
@blp.response(200, page_of(CaseRowOut))
def get_cases(query: dict[str, Any]) -> dict[str, Any]:
    """List the queue: how urgent, and whether taken."""
    rows, last = list_cases(
        work(), principal(), state=query["state"], after=after_position(query["cursor"]), limit=query["limit"]
    )
    return page(rows, of_position(last))


@blp.route("/cases/<uuid:ticket_id>", methods=["GET"])
@allow(*OFFICER, relation=HANDLER)
@problems(404, 409)
@blp.response(200, CaseOut)
def get_case(ticket_id: UUID) -> CaseView:
    """Read a case, as its handler."""
    return read_case(work(), principal(), ticket_id)


@blp.route("/cases/<uuid:ticket_id>/take", methods=["POST"])
@allow(*OFFICER, relation="free of conflict, while nobody has taken it")
@problems(404, 409)
@blp.response(200, CaseOut)
def post_take(ticket_id: UUID) -> CaseView:
    """Become the handler of a case."""
    return take_case(work(), principal(), ticket_id)


@blp.route("/cases/<uuid:ticket_id>/moves", methods=["POST"])
@allow(*OFFICER, relation=HANDLER)
@problems(404, 409)
@blp.arguments(MoveIn)
@blp.response(200, CaseOut)
def post_case_move(body: dict[str, Any], ticket_id: UUID) -> CaseView:
    """Move a case on: TRIAGED with resolve_by, IN_PROGRESS, RESOLVED with a note, REFERRED with where to."""
    return move_case(work(), principal(), ticket_id, Move(**body))


@blp.route("/cases/<uuid:ticket_id>/handler", methods=["PUT"])
@allow(*OFFICER, relation=HANDLER)
@problems(404, 409)
@blp.arguments(HandOverIn)
@blp.response(200, CaseRowOut)
def put_handler(body: dict[str, Any], ticket_id: UUID) -> CaseRow:
    """Hand a case over to another officer."""
    return hand_over_case(work(), principal(), ticket_id, body["employee_id"])


@blp.route("/cases/<uuid:ticket_id>/reported", methods=["POST"])
@allow(*OFFICER, relation=HANDLER)
@problems(404, 409)
@blp.arguments(ReportedIn)
@blp.response(200, CaseRowOut)
def post_reported(body: dict[str, Any], ticket_id: UUID) -> CaseRow:
    """Note who is reported; whoever stands in their line is kept away from then on, the handler too."""
    return name_reported(work(), principal(), ticket_id, body["employee_ids"], body["unit_ids"])


@blp.route("/cases/<uuid:ticket_id>/messages", methods=["POST"])
@allow(*OFFICER, relation=HANDLER)
@problems(404, 409)
@blp.arguments(MessageIn)
@blp.response(201, CaseOut)
def post_case_message(body: dict[str, Any], ticket_id: UUID) -> CaseView:
    """Write to the reporter, who reads it by the code."""
    return answer_case(work(), principal(), ticket_id, body["text"])
