"""Explain a predicate: what went in, the matrix cell, the rule and its source, the history, rights and deadlines."""

from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.explanation import ExplanationView, RightsView
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.evaluations import list_ratings, load_evidence, load_with_decider
from appraisal.persistence.following import list_reroutings
from appraisal.persistence.objections import objection_of
from appraisal.persistence.reviews import reviews_of
from appraisal.persistence.rules import load_setting
from appraisal.persistence.segment_ratings import segment_ratings_of
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def explain_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> ExplanationView:
    with work.transaction(actor.agency_id) as tx:
        parties = load_with_decider(tx, evaluation_id)
        require_evaluation_reader(tx, actor, parties)
        audit.record(tx, actor, "evaluation_explained", "evaluation", evaluation_id)
        return explanation_of(tx, load_setting(tx, parties.evaluation.period), parties.evaluation)


def explanation_of(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> ExplanationView:
    records = list_ratings(tx, evaluation.id)
    evidence = load_evidence(tx, evaluation, records)
    rights = RightsView.of(setting, evaluation, objection_of(tx, evaluation), tx.now)
    reroutings = list_reroutings(tx, evaluation.id)
    segments = segment_ratings_of(tx, evaluation.employee_id, evaluation.period)
    reviews = reviews_of(tx, [evaluation.id]).get(evaluation.id, ())
    return ExplanationView.of(setting, evaluation, records, evidence, reroutings, segments, rights, reviews)
