"""Verify a paper by its code, for anybody: is it ours, and does it still hold?"""

from uuid import UUID

from appraisal.domain.document import Document, DocumentKind, DocumentSubject, VerifiedDocumentView
from appraisal.domain.errors import DocumentNotYet, DocumentUnknown
from appraisal.persistence.calibrations import load_calibration
from appraisal.persistence.documents import agency_of_code, find_by_code
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.objections import load_objection
from appraisal.persistence.plans import load_plan
from chassis.errors import NotFound
from chassis.unit_of_work import ALL_AGENCIES, Transaction, UnitOfWork


def verify_document(work: UnitOfWork, *, code: str, given_hash: str = "") -> VerifiedDocumentView:
    """Return what anybody may learn of a paper. Raise DocumentUnknown.

    It leaves no audit row: nobody is named by it, and whoever is not signed in must not fill the trail.
    """
    with work.transaction(ALL_AGENCIES) as tx:
        agency_id = agency_of_code(tx, code)
    if agency_id is None:
        raise DocumentUnknown
    with work.transaction(agency_id) as tx:
        document = find_by_code(tx, code)
        if document is None:
            raise DocumentUnknown
        return VerifiedDocumentView.of(document, document.standing(_subjects_now(tx, document)), given_hash)


def _subjects_now(tx: Transaction, document: Document) -> tuple[DocumentSubject, ...]:
    """Return what holds today of that of which a paper was made; empty when there is nothing any more."""
    try:
        return _READ[document.kind](tx, document.subject_id)
    except (NotFound, DocumentNotYet):
        return ()


def _plan(tx: Transaction, plan_id: UUID) -> tuple[DocumentSubject, ...]:
    return (DocumentSubject.of_plan(load_plan(tx, plan_id)),)


def _evaluation(tx: Transaction, evaluation_id: UUID) -> tuple[DocumentSubject, ...]:
    return DocumentSubject.standing_of(load_evaluation(tx, evaluation_id))


def _objection(tx: Transaction, objection_id: UUID) -> tuple[DocumentSubject, ...]:
    return (DocumentSubject.of_objection(load_objection(tx, objection_id)),)


def _calibration(tx: Transaction, calibration_id: UUID) -> tuple[DocumentSubject, ...]:
    session = load_calibration(tx, calibration_id)
    return tuple(DocumentSubject.of_calibration(session, whole=whole) for whole in (True, False))


_READ = {
    DocumentKind.PLAN: _plan,
    DocumentKind.PERIODIC_EVALUATION: _evaluation,
    DocumentKind.ANNUAL_EVALUATION: _evaluation,
    DocumentKind.OBJECTION_DECISION: _objection,
    DocumentKind.CALIBRATION_MINUTES: _calibration,
    DocumentKind.CALIBRATION_EXTRACT: _calibration,
}
