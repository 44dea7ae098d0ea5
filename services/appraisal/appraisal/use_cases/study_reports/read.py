"""Read reports of studies: the own ones, and for HR and inspectors all."""

from dataclasses import replace
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, require_self, self_of
from appraisal.domain.study_report import ListStudyReports, StudyReport, StudyReportView
from appraisal.domain.study_revocation import StudyRevocation
from appraisal.persistence.study_reports import list_study_reports as reports_of
from appraisal.persistence.study_reports import load_study_report
from appraisal.persistence.study_revocations import list_revocations, list_revocations_to_employee
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def list_study_reports(work: UnitOfWork, actor: Principal, wanted: ListStudyReports) -> Page[StudyReportView]:
    with work.transaction(actor.agency_id) as tx:
        if not actor.has(*WHOLE_AGENCY):
            wanted = replace(wanted, employee_id=self_of(actor))
        return reports_of(tx, wanted).of(lambda one: _view(actor, one))


def show_study_report(work: UnitOfWork, actor: Principal, report_id: UUID) -> StudyReportView:
    with work.transaction(actor.agency_id) as tx:
        report = load_study_report(tx, report_id)
        if not actor.has(*WHOLE_AGENCY):
            require_self(actor, report.employee_id)
        audit.record(tx, actor, "study_report_read", "study_report", report_id)
        return _view(actor, report)


def list_study_revocations(
    work: UnitOfWork, actor: Principal, report_id: UUID, page: PageRequest
) -> Page[StudyRevocation]:
    with work.transaction(actor.agency_id) as tx:
        report = load_study_report(tx, report_id)
        if not actor.has(*WHOLE_AGENCY):
            require_self(actor, report.employee_id)
        audit.record(tx, actor, "study_revocations_read", "study_report", report_id)
        if actor.employee_id == report.employee_id:
            return list_revocations_to_employee(tx, report, page)
        return list_revocations(tx, report_id, page)


def _view(actor: Principal, report: StudyReport) -> StudyReportView:
    return StudyReportView.of(report, actor.employee_id, is_hr=actor.has("hr_officer"))
