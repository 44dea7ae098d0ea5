"""Report the progress of a study for a term of study leave."""

from appraisal.authorisation import self_of
from appraisal.domain.study_report import ReportStudy, StudyReport, StudyReportView
from appraisal.persistence.study_reports import insert_study_report, study_days
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def report_study(work: UnitOfWork, actor: Principal, command: ReportStudy) -> StudyReportView:
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        command.require_term(today(tx))
        study = study_days(tx, employee_id, command.first_day, command.last_day)
        made = StudyReport.reported(new_id(), employee_id, command, study, tx.now)
        insert_study_report(tx, made)
        audit.record(tx, actor, "study_reported", "study_report", made.id, employee_id=employee_id)
        return StudyReportView.of(made, employee_id, is_hr=False)
