"""Export an explanation as a file that is recomputed without this service."""

from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.explanation_file import ExplanationFileView
from appraisal.persistence.evaluations import load_with_decider
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluations.explain import explanation_of
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def export_explanation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> ExplanationFileView:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_decider(tx, evaluation_id)
        require_evaluation_reader(tx, actor, parties)
        evaluation = parties.evaluation
        audit.record(tx, actor, "explanation_exported", "evaluation", evaluation_id, revision=evaluation.revision)
        setting = load_setting(tx, evaluation.period)
        explanation = explanation_of(tx, setting, evaluation)
        return ExplanationFileView.of(tx.agency_id, setting, evaluation, explanation, tx.now)
