"""Explain a predicate: what went in, the matrix cell, the rule and its source, the history, rights and deadlines."""

from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.explanation import ExplanationView, RightsView
from appraisal.domain.item_views import ItemsToShow
from appraisal.domain.plan_views import ContentView
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.evaluation_items import standing_items
from appraisal.persistence.evaluations import list_ratings, load_evidence, load_with_decider
from appraisal.persistence.following import list_reroutings
from appraisal.persistence.objections import objection_of
from appraisal.persistence.plan_versions import content_of
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
    content = content_of(tx, (evaluation.plan_id, evaluation.plan_version))
    standing = standing_items(tx, [evaluation.id]).get(evaluation.id, [])
    items = ItemsToShow.of(ContentView.with_guides(content, setting), standing)
    return ExplanationView.of(setting, evaluation, records, evidence, reroutings, segments, items, rights)
