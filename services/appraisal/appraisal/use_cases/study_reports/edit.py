"""Replace what was reported of a term, until HR has confirmed it."""

from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.study_report import ReportStudy, StudyReportView
from appraisal.persistence.study_reports import load_study_report, study_days, update_study_report
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def edit_study_report(
    work: UnitOfWork, actor: Principal, report_id: UUID, command: ReportStudy, *, expected_version: int | None
) -> StudyReportView:
    with work.transaction(actor.agency_id) as tx:
        before = load_study_report(tx, report_id)
        require_self(actor, before.employee_id)
        require_version(expected_version, before.version)
        command.require_term(today(tx))
        study = study_days(tx, before.employee_id, command.first_day, command.last_day)
        saved = update_study_report(tx, before, before.edited(command, study, tx.now))
        audit.record(tx, actor, "study_report_edited", "study_report", saved.id, version=saved.version)
        return StudyReportView.of(saved, actor.employee_id, is_hr=False)
