"""Reports of who is on study leave: the progress of the study stands in the place of a rating."""

from typing import Any
from uuid import UUID

from appraisal.domain.study_report import ListStudyReports, ReportStudy, StudyReportMove, StudyReportView
from appraisal.domain.study_revocation import StudyRevocation
from appraisal.http.access import HR, PERSON, PREFIX, Relation
from appraisal.http.study_reports_schemas import StudyReportIn, StudyReportReasonIn, StudyReportsQuery
from appraisal.use_cases.study_reports.decide import DecideStudyReport, decide_study_report
from appraisal.use_cases.study_reports.decide_revocation import approve_revocation, reject_revocation
from appraisal.use_cases.study_reports.edit import edit_study_report
from appraisal.use_cases.study_reports.read import list_study_reports, list_study_revocations, show_study_report
from appraisal.use_cases.study_reports.report import report_study
from appraisal.use_cases.study_reports.revoke import revoke_study_report
from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page, PageRequest

blp = ServiceBlueprint("study_reports", url_prefix=f"{PREFIX}/study-reports", description="Progress of study leave")


@blp.route("", methods=["POST"])
@allow(*PERSON, relation=Relation.STUDYING)
@idempotent
@problems(409)
@blp.arguments(StudyReportIn)
@blp.response(201, StudyReportView)
def post_study_report(command: ReportStudy) -> StudyReportView:
    """Report what was achieved in a term of one's own study leave."""
    return with_etag(report_study(work(), principal(), command))


@blp.route("", methods=["GET"])
@allow(*PERSON, *HR, "inspector", relation="one's own; HR and inspectors: all")
@blp.arguments(StudyReportsQuery, location="query")
@blp.response(200, Page[StudyReportView])
def get_study_reports(query: dict[str, Any]) -> Page[StudyReportView]:
    """Reports, the newest first; with `state=REPORTED` those that wait for HR."""
    return list_study_reports(work(), principal(), ListStudyReports(**query))


@blp.route("/<uuid:report_id>", methods=["GET"])
@allow(*PERSON, *HR, "inspector", relation="one's own; HR and inspectors: all")
@blp.response(200, StudyReportView)
def get_study_report(report_id: UUID) -> StudyReportView:
    """One report."""
    return with_etag(show_study_report(work(), principal(), report_id))


@blp.route("/<uuid:report_id>", methods=["PUT"])
@allow(*PERSON, relation=Relation.STUDYING)
@problems(409, 412, 428)
@blp.arguments(StudyReportIn)
@blp.response(200, StudyReportView)
def put_study_report(command: ReportStudy, report_id: UUID) -> StudyReportView:
    """Replace a report that HR has not confirmed."""
    return with_etag(edit_study_report(work(), principal(), report_id, command, expected_version=expected_version()))


@blp.route("/<uuid:report_id>/confirm", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.response(200, StudyReportView)
def post_study_confirmation(report_id: UUID) -> StudyReportView:
    """Confirm a report: it is the evaluation of these days."""
    command = DecideStudyReport(report_id, StudyReportMove.CONFIRM, "", expected_version())
    return with_etag(decide_study_report(work(), principal(), command))


@blp.route("/<uuid:report_id>/return", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(StudyReportReasonIn)
@blp.response(200, StudyReportView)
def post_study_return(body: dict[str, Any], report_id: UUID) -> StudyReportView:
    """Return a report with a reason."""
    command = DecideStudyReport(report_id, StudyReportMove.RETURN, body["reason"], expected_version())
    return with_etag(decide_study_report(work(), principal(), command))


@blp.route("/<uuid:report_id>/revocations", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412, 428)
@blp.arguments(StudyReportReasonIn)
@blp.response(201, StudyRevocation)
def post_study_revocation(body: dict[str, Any], report_id: UUID) -> StudyRevocation:
    """Revoke a confirmed report: at once, or once a second officer approves where a rating rests on it."""
    return revoke_study_report(work(), principal(), report_id, **body, expected_version=expected_version())


@blp.route("/<uuid:report_id>/revocations", methods=["GET"])
@allow(*PERSON, *HR, "inspector", relation="one's own; HR and inspectors: all")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[StudyRevocation])
def get_study_revocations(query: dict[str, PageRequest], report_id: UUID) -> Page[StudyRevocation]:
    """What was revoked of a report or is to be, the newest first."""
    return list_study_revocations(work(), principal(), report_id, query["page"])


@blp.route("/<uuid:report_id>/revocations/<uuid:revocation_id>/approve", methods=["POST"])
@allow(*HR, relation="HR officer who has not proposed it, never in a matter of one's own")
@idempotent
@problems(409, 412)
@blp.response(200, StudyRevocation)
def post_study_revocation_approval(report_id: UUID, revocation_id: UUID) -> StudyRevocation:
    """Carry out a revocation as the second officer: the report is returned, ratings that rest on it are marked."""
    return approve_revocation(work(), principal(), report_id, revocation_id)


@blp.route("/<uuid:report_id>/revocations/<uuid:revocation_id>/reject", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@problems(409, 412)
@blp.arguments(StudyReportReasonIn)
@blp.response(200, StudyRevocation)
def post_study_revocation_rejection(body: dict[str, Any], report_id: UUID, revocation_id: UUID) -> StudyRevocation:
    """Leave the report confirmed, with a reason; who proposed the revocation takes it back so."""
    return reject_revocation(work(), principal(), report_id, revocation_id=revocation_id, **body)
