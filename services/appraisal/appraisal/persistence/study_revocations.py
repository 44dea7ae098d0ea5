"""Revocations of reports on study leave between rows and the domain, and which ratings rest on a report."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.rating_inputs import StudyReportUsed
from appraisal.domain.study_errors import RevocationPending
from appraisal.domain.study_report import StudyReport
from appraisal.domain.study_revocation import RatedByReport, RevokedReportView, StudyRevocation, StudyRevocationState
from appraisal.domain.values import UNDISCLOSED
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import among, columns_of, fetch_all, fetch_one, fetch_page, table_of, update_record, values_of
from chassis.unit_of_work import Transaction

Row = models.StudyRevocation
_QUERY = select(*columns_of(Row, StudyRevocation))
_INSERT = insert(table_of(Row)).on_conflict_do_nothing().returning(Row.id)


def insert_revocation(tx: Transaction, revocation: StudyRevocation) -> None:
    """Insert it. Raise RevocationPending while another one of the report waits."""
    row = {**values_of(Row, revocation), "agency_id": tx.agency_id}
    if tx.session.execute(_INSERT, row).first() is None:
        raise RevocationPending


def load_revocation(tx: Transaction, report_id: UUID, revocation_id: UUID) -> StudyRevocation:
    """Return a revocation of a report. Raise NotFound."""
    found = fetch_one(tx, _QUERY.where(Row.id == revocation_id, Row.report_id == report_id), StudyRevocation)
    return required(found, "pencabutan laporan studi", revocation_id)


def update_revocation(tx: Transaction, before: StudyRevocation, after: StudyRevocation) -> StudyRevocation:
    """Save its end and return it as it is now. Raise VersionConflict."""
    update_record(tx, Row, before, after)
    return load_revocation(tx, after.report_id, after.id)


def list_revocations(tx: Transaction, report_id: UUID, page: PageRequest) -> Page[StudyRevocation]:
    """Return the revocations of a report, the newest first."""
    return fetch_page(tx, _QUERY.where(Row.report_id == report_id), StudyRevocation, page, Row.id, descending=True)


def list_revocations_to_employee(tx: Transaction, report: StudyReport, page: PageRequest) -> Page[StudyRevocation]:
    """Return, the newest first, those that say nothing of a rating which is not disclosed to whom it is about."""
    evaluation = models.Evaluation
    disclosed = select(evaluation.id).where(
        evaluation.employee_id == report.employee_id, evaluation.state.not_in(UNDISCLOSED)
    )
    told = set(tx.session.scalars(disclosed))
    is_known = (Row.state == StudyRevocationState.CARRIED_OUT) | (
        (Row.state == StudyRevocationState.REJECTED) & Row.evaluation_ids.overlap(list(told))
    )
    query = _QUERY.where(Row.report_id == report.id, is_known)
    return fetch_page(tx, query, StudyRevocation, page, Row.id, descending=True).of(lambda one: one.to_employee(told))


def rated_by_report(tx: Transaction, report: StudyReport) -> list[RatedByReport]:
    """Return the evaluations whose standing rating rests on a report, by id."""
    evaluation, basis = models.Evaluation, models.RatingBasis
    of_standing = and_(basis.evaluation_id == evaluation.id, basis.revision == evaluation.revision)
    query = select(evaluation.id.label("evaluation_id"), evaluation.appraiser_id).join(basis, of_standing)
    query = query.where(
        evaluation.employee_id == report.employee_id,
        basis.content["study_reports"].contains([{"id": str(report.id)}]),
    )
    return fetch_all(tx, query.order_by(evaluation.id), RatedByReport)


def revoked_since(tx: Transaction, used: Iterable[StudyReportUsed]) -> list[RevokedReportView]:
    """Return those of the reports that a rating rests on which were revoked since, as it used them."""
    versions = {one.id: one.version for one in used}
    if not versions:
        return []
    query = _QUERY.where(among(Row.report_id, versions), Row.state == StudyRevocationState.CARRIED_OUT)
    return [
        RevokedReportView(one.report_id, one.decided_at, one.reason)
        for one in fetch_all(tx, query.order_by(Row.id), StudyRevocation)
        if one.decided_at is not None and one.report_version >= versions[one.report_id]
    ]
