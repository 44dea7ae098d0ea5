"""The minutes of a calibration as a paper, once the leader has closed it."""

from uuid import UUID

from appraisal.clients import PaperNames
from appraisal.domain.calibration_paper import MinutesToPrint, reads_whole
from appraisal.domain.document import Document, DocumentSubject
from appraisal.persistence.calibrations import load_calibration, suggestions_of
from appraisal.persistence.documents import agency_name, unit_name
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.calibrations.read import reader_of
from appraisal.use_cases.documents.issuing import Draft, issue_document
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def print_minutes(work: UnitOfWork, actor: Principal, names: PaperNames, *, calibration_id: UUID) -> Document:
    """Return the whole minutes to HR, inspectors and the leader who sees the counts, to the others an extract.

    Raise DocumentNotYet while nobody has closed the session, and OwnAffair.
    """

    def read(tx: Transaction) -> Draft:
        session, suggestions = load_calibration(tx, calibration_id), suggestions_of(tx, calibration_id)
        reader = reader_of(tx, actor, session, suggestions)
        whole = reads_whole(session, suggestions, reader)
        subject, setting = DocumentSubject.of_calibration(session, whole=whole), load_setting(tx)
        assert session.closed_at is not None
        day = setting.local_date(session.closed_at)
        to_print = MinutesToPrint(
            session=session,
            suggestions=suggestions,
            whole=whole,
            unit=unit_name(tx, session.unit_id, day),
            agency=agency_name(tx),
            time_zone=setting.time_zone,
        )
        return Draft(subject, day, to_print)

    return issue_document(work, actor, names, read)
