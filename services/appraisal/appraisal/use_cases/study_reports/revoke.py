"""Revoke a confirmed report on study leave: at once, or by a second officer where a rating rests on it."""

from uuid import UUID

from appraisal.authorisation import officer_of
from appraisal.domain.study_report import StudyReportMove
from appraisal.domain.study_revocation import StudyRevocation
from appraisal.events import StudyRevocationProposed
from appraisal.persistence.study_reports import load_study_report
from appraisal.persistence.study_revocations import insert_revocation, rated_by_report
from appraisal.use_cases.study_reports.carry_out import carry_out
from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.ids import new_id
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def revoke_study_report(
    work: UnitOfWork, actor: Principal, report_id: UUID, *, reason: str, expected_version: int | None
) -> StudyRevocation:
    """An officer of HR proposes it, never of their own study. Raise RevocationPending while another one waits."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        report = load_study_report(tx, report_id)
        need_other(actor, report.employee_id)
        require_version(expected_version, report.version)
        report.require(StudyReportMove.REVOKE)
        rated = rated_by_report(tx, report)
        made = StudyRevocation.proposed(new_id(), report, reason, rated, officer, tx.now)
        insert_revocation(tx, made)
        audit.record(tx, actor, "study_revocation_proposed", "study_report", report_id, revocation_id=made.id)
        if made.is_carried_out:
            carry_out(tx, actor, report, made, rated)
        else:
            outbox.record(tx, StudyRevocationProposed.of(made))
        return made
