"""Reports without a name, and following them by a code.

The code travels in the body, never in an address, for addresses are written to logs.
"""

from typing import Any

from chassis.auth import allow_unnamed
from chassis.http import ServiceBlueprint, not_idempotent, problems, work
from wellbeing.domain.ticket import ReportCase, ReportHazard
from wellbeing.domain.ticket_views import ReceiptView, ReportView
from wellbeing.http.access import NO_CALLER, NO_IDENTITY, PREFIX
from wellbeing.http.reports_schemas import AnonymousCaseIn, AnonymousHazardIn, CodeIn, CodeMessageIn
from wellbeing.use_cases.cases.report import report_case_anonymously
from wellbeing.use_cases.conditions.report_hazard import report_hazard_anonymously
from wellbeing.use_cases.reports.follow import show_report, write_report_message

blp = ServiceBlueprint("reports", url_prefix=PREFIX, description="Reports without a name")


@blp.route("/reports/cases", methods=["POST"])
@allow_unnamed(reason=NO_IDENTITY)
@not_idempotent(reason=NO_CALLER)
@problems(404)
@blp.arguments(AnonymousCaseIn)
@blp.response(201, ReceiptView)
def post_anonymous_case(body: dict[str, Any]) -> ReceiptView:
    """Report what was done to a person, without a name."""
    return report_case_anonymously(work(), body.pop("agency_id"), ReportCase(**body))


@blp.route("/reports/hazards", methods=["POST"])
@allow_unnamed(reason=NO_IDENTITY)
@not_idempotent(reason=NO_CALLER)
@problems(404)
@blp.arguments(AnonymousHazardIn)
@blp.response(201, ReceiptView)
def post_anonymous_hazard(body: dict[str, Any]) -> ReceiptView:
    """Report a hazard at a workplace, without a name."""
    return report_hazard_anonymously(work(), body.pop("agency_id"), ReportHazard(**body))


@blp.route("/reports/follow", methods=["POST"])
@allow_unnamed(reason=NO_IDENTITY)
@not_idempotent(reason=NO_CALLER)
@problems(404)
@blp.arguments(CodeIn)
@blp.response(200, ReportView)
def post_follow(body: dict[str, Any]) -> ReportView:
    """See how far a report is, and what its handler wrote."""
    return show_report(work(), **body)


@blp.route("/reports/messages", methods=["POST"])
@allow_unnamed(reason=NO_IDENTITY)
@not_idempotent(reason=NO_CALLER)
@problems(404)
@blp.arguments(CodeMessageIn)
@blp.response(201, ReportView)
def post_report_message(body: dict[str, Any]) -> ReportView:
    """Write to the handler of a report."""
    return write_report_message(work(), **body)
