"""A periodic or annual evaluation as a paper, from its issue on."""

from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.clients import PaperNames
from appraisal.domain.document import Document, DocumentSubject
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_paper import EvaluationToPrint
from appraisal.domain.plan_views import ContentView
from appraisal.persistence.documents import agency_name
from appraisal.persistence.evaluations import load_with_decider
from appraisal.persistence.plan_versions import load_submitted_version
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.documents.issuing import Draft, issue_document
from appraisal.use_cases.evaluations.explain import explanation_of
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def print_evaluation(work: UnitOfWork, actor: Principal, names: PaperNames, *, evaluation_id: UUID) -> Document:
    """Return the paper of an evaluation to whoever may read it. Raise DocumentNotYet for a proposal."""

    def read(tx: Transaction) -> Draft:
        parties = load_with_decider(tx, evaluation_id)
        require_evaluation_reader(tx, actor, parties)
        return draft_of(tx, parties.evaluation)

    return issue_document(work, actor, names, read)


def draft_of(tx: Transaction, evaluation: Evaluation) -> Draft:
    """Return an evaluation to print as it stands. Raise DocumentNotYet for a proposal."""
    subject, setting = DocumentSubject.of_evaluation(evaluation), load_setting(tx, evaluation.period)
    content = load_submitted_version(tx, evaluation.plan_id, evaluation.plan_version).content
    to_print = EvaluationToPrint(
        evaluation=evaluation,
        explanation=explanation_of(tx, setting, evaluation),
        content=content,
        behaviours=ContentView.with_guides(content, setting).behaviours,
        agency=agency_name(tx),
        time_zone=setting.time_zone,
    )
    return Draft(subject, evaluation.last_day or evaluation.period.last_day, to_print)
