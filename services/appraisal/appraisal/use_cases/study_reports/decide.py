"""Confirm what was reported of a term of study, or return it with a reason."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import officer_of
from appraisal.domain.study_report import StudyReportMove, StudyReportView
from appraisal.events import StudyReportDecided
from appraisal.persistence.study_reports import load_study_report, update_study_report
from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DecideStudyReport:
    report_id: UUID
    move: StudyReportMove
    reason: str
    expected_version: int | None


def decide_study_report(work: UnitOfWork, actor: Principal, command: DecideStudyReport) -> StudyReportView:
    """An officer of HR decides, never on their own study."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_study_report(tx, command.report_id)
        need_other(actor, before.employee_id)
        require_version(command.expected_version, before.version)
        saved = update_study_report(tx, before, before.decided(command.move, officer, command.reason, tx.now))
        outbox.record(tx, StudyReportDecided.of(saved))
        action = "study_report_" + saved.state.lower()
        audit.record(tx, actor, action, "study_report", saved.id, employee_id=saved.employee_id)
        return StudyReportView.of(saved, officer, is_hr=True)
