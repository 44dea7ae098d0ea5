"""The second officer approves a revocation, or somebody of HR rejects it."""

from uuid import UUID

from appraisal.authorisation import officer_of
from appraisal.domain.study_revocation import StudyRevocation
from appraisal.persistence.study_reports import load_study_report
from appraisal.persistence.study_revocations import load_revocation, rated_by_report, update_revocation
from appraisal.use_cases.study_reports.carry_out import carry_out
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import UnitOfWork


def approve_revocation(work: UnitOfWork, actor: Principal, report_id: UUID, revocation_id: UUID) -> StudyRevocation:
    """Never who proposed it, nor of one's own study. Raise RevocationNeedsSecond, or RevocationDecided."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_revocation(tx, report_id, revocation_id)
        need_other(actor, before.employee_id)
        report = load_study_report(tx, report_id)
        rated = rated_by_report(tx, report)
        saved = update_revocation(tx, before, before.approved(rated, officer, tx.now))
        carry_out(tx, actor, report, saved, rated)
        return saved


def reject_revocation(
    work: UnitOfWork, actor: Principal, report_id: UUID, *, revocation_id: UUID, reason: str
) -> StudyRevocation:
    """Leave the report confirmed; who proposed it may take it back so. Raise RevocationDecided."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_revocation(tx, report_id, revocation_id)
        need_other(actor, before.employee_id)
        saved = update_revocation(tx, before, before.rejected(reason, officer, tx.now))
        audit.record(tx, actor, "study_revocation_rejected", "study_report", report_id, revocation_id=revocation_id)
        return saved
