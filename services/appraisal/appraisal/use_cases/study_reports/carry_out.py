"""Carry out the revocation of a report, inside the transaction that decides it."""

from collections.abc import Sequence

from appraisal.domain.study_report import StudyReport
from appraisal.domain.study_revocation import RatedByReport, StudyRevocation
from appraisal.events import StudyReportDecided, StudyReportRevoked
from appraisal.persistence.study_reports import update_study_report
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def carry_out(
    tx: Transaction, actor: Principal, report: StudyReport, done: StudyRevocation, rated: Sequence[RatedByReport]
) -> None:
    """Give the report back to who made it, and notify the appraisers whose ratings rest on it.

    Those ratings stay as they were made, marked in their explanations: a correction by order changes them.
    """
    saved = update_study_report(tx, report, report.revoked(done, tx.now))
    outbox.record(tx, StudyReportDecided.of(saved))
    for one in rated:
        outbox.record(tx, StudyReportRevoked.of(done, one))
    audit.record(tx, actor, "study_report_revoked", "study_report", report.id, employee_id=report.employee_id)
