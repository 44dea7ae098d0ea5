"""The open door: reports without a name, and following them by a code.

The code travels in the body, never in an address, for addresses are written to logs.
"""

from typing import Any

from chassis.auth import allow_public
from chassis.http import ServiceBlueprint, problems, work
from wellbeing.use_cases.follow_report import ReportView, follow_report
from wellbeing.use_cases.open_ticket import ReceiptView
from wellbeing.use_cases.report_case import CaseDraft
from wellbeing.use_cases.report_case_anonymously import report_case_anonymously
from wellbeing.use_cases.report_hazard import HazardDraft
from wellbeing.use_cases.report_hazard_anonymously import report_hazard_anonymously
from wellbeing.use_cases.write_to_report import write_to_report

from .access import NO_IDENTITY, PREFIX
from .ticket_schemas import AnonymousCaseIn, AnonymousHazardIn, CodeIn, CodeMessageIn, ReceiptOut, ReportOut

blp = ServiceBlueprint("reports", url_prefix=PREFIX, description="Reports without a name")


@blp.route("/reports/cases", methods=["POST"])
@allow_public(reason=NO_IDENTITY)
@problems(404)
@blp.arguments(AnonymousCaseIn)
@blp.response(201, ReceiptOut)
def post_anonymous_case(body: dict[str, Any]) -> ReceiptView:
    """Report what was done to a person, without a name."""
    agency_id = body.pop("agency_id")
    return report_case_anonymously(work(), agency_id, CaseDraft(**body))


@blp.route("/reports/hazards", methods=["POST"])
@allow_public(reason=NO_IDENTITY)
@problems(404)
@blp.arguments(AnonymousHazardIn)
@blp.response(201, ReceiptOut)
def post_anonymous_hazard(body: dict[str, Any]) -> ReceiptView:
    """Report a hazard at a workplace, without a name."""
    agency_id = body.pop("agency_id")
    return report_hazard_anonymously(work(), agency_id, HazardDraft(**body))


@blp.route("/reports/follow", methods=["POST"])
@allow_public(reason=NO_IDENTITY)
@problems(404)
@blp.arguments(CodeIn)
@blp.response(200, ReportOut)
def post_follow(body: dict[str, Any]) -> ReportView:
    """See how far a report is, and what its handler wrote."""
    return follow_report(work(), body["code"])


@blp.route("/reports/messages", methods=["POST"])
@allow_public(reason=NO_IDENTITY)
@problems(404)
@blp.arguments(CodeMessageIn)
@blp.response(201, ReportOut)
def post_report_message(body: dict[str, Any]) -> ReportView:
    """Write to the handler of a report."""
    return write_to_report(work(), body["code"], body["text"])
