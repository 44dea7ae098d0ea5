"""The decision on an objection as a paper."""

from uuid import UUID

from appraisal.authorisation import require_objection_reader
from appraisal.clients import PaperNames
from appraisal.domain.decision_paper import DecisionToPrint, around
from appraisal.domain.document import Document, DocumentSubject
from appraisal.persistence.documents import agency_name
from appraisal.persistence.evaluations import list_ratings, load_evaluation
from appraisal.persistence.objections import load_objection
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.documents.issuing import Draft, issue_document
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def print_decision(work: UnitOfWork, actor: Principal, names: PaperNames, *, objection_id: UUID) -> Document:
    """Return the paper of a decision to whoever may read the objection. Raise DocumentNotYet while it is open."""

    def read(tx: Transaction) -> Draft:
        objection = load_objection(tx, objection_id)
        require_objection_reader(tx, actor, objection)
        subject, setting = DocumentSubject.of_objection(objection), load_setting(tx)
        assert objection.decided_at is not None
        before, after = around(list_ratings(tx, objection.evaluation_id), objection.decided_at)
        to_print = DecisionToPrint(
            objection=objection,
            evaluation=load_evaluation(tx, objection.evaluation_id),
            before=before,
            after=after,
            agency=agency_name(tx),
            time_zone=setting.time_zone,
        )
        return Draft(subject, setting.local_date(objection.decided_at), to_print)

    return issue_document(work, actor, names, read)
