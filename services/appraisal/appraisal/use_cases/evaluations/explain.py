"""Explain a predicate: what went in, the matrix cell, the rule and its source, the history, rights and deadlines."""

from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import require_evaluation_reader
from appraisal.domain.correction import AppliedOrderView
from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.explanation import ExplanationView, RightsView
from appraisal.domain.item_views import ItemsToShow, StandingItems
from appraisal.domain.plan_views import ContentView
from appraisal.domain.rating_basis import (
    ExplainedSegmentView,
    FrozenBasis,
    RatedRevision,
    RatingBasis,
    bases_shown,
    basis_of,
    items_frozen,
)
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.corrections import approved_orders
from appraisal.persistence.evaluation_items import standing_items
from appraisal.persistence.evaluations import list_ratings, load_with_decider
from appraisal.persistence.extensions import moves_of_case
from appraisal.persistence.following import list_reroutings
from appraisal.persistence.objections import objections_since_issue
from appraisal.persistence.plan_versions import content_of
from appraisal.persistence.rating_bases import gather_inputs, list_bases
from appraisal.persistence.reviews import reviews_of
from appraisal.persistence.rules import load_setting
from appraisal.persistence.study_revocations import revoked_since
from appraisal.use_cases.evaluations.rate_segment import with_items
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
    """Explain it by what was frozen with its last rating; one of before is explained by what is there now."""
    records, frozen = list_ratings(tx, evaluation.id), list_bases(tx, evaluation.id)
    basis = basis_of(frozen, records[-1])
    shown = basis or _basis_now(tx, setting, evaluation, records[-1])
    return ExplanationView.of(
        evaluation,
        records,
        shown,
        list_reroutings(tx, evaluation.id),
        _segments_of(tx, setting, shown.segment_ratings),
        ItemsToShow.of(_content_of(tx, setting, evaluation), _items_of(tx, records, frozen)),
        _rights_of(tx, setting, evaluation),
        reviews_of(tx, [evaluation.id]).get(evaluation.id, ()),
        revoked=revoked_since(tx, shown.study_reports),
        frozen=basis is not None,
        bases=bases_shown(frozen, records),
        orders=_orders_of(tx, records),
    )


def _basis_now(tx: Transaction, setting: AgencySetting, evaluation: Evaluation, record: RatingRecord) -> RatingBasis:
    period = evaluation.period
    inputs = gather_inputs(tx, period, setting.span_of(period), [evaluation], record.at)
    return RatingBasis.of(setting, RatedRevision(evaluation, record), inputs[evaluation.id])


def _content_of(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> ContentView:
    return ContentView.with_guides(content_of(tx, (evaluation.plan_id, evaluation.plan_version)), setting)


def _items_of(tx: Transaction, records: Sequence[RatingRecord], frozen: Sequence[FrozenBasis]) -> StandingItems:
    """Return what was frozen with the last rating that had items; rows are read of ratings without a basis alone."""
    of_bases = items_frozen(frozen)
    if all(record.revision in of_bases for record in records):
        return StandingItems.last_of(of_bases)
    evaluation_id = records[-1].evaluation_id
    rows = standing_items(tx, [evaluation_id]).get(evaluation_id, [])
    return StandingItems.last_of({**({rows[0].revision: rows} if rows else {}), **of_bases})


def _segments_of(
    tx: Transaction, setting: AgencySetting, ratings: Sequence[SegmentRating]
) -> list[ExplainedSegmentView]:
    frozen = list_bases(tx, *(one.id for one in ratings)) if ratings else []
    return [ExplainedSegmentView.of(one, frozen) for one in with_items(tx, setting, ratings)]


def _rights_of(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> RightsView:
    objections = objections_since_issue(tx, evaluation)
    matters = [evaluation.id, *(one.id for one in objections if not one.is_withdrawn)]
    moved = moves_of_case(tx, evaluation.employee_id, matters) if evaluation.received_at else []
    return RightsView.of(setting, evaluation, objections, tx.now, moved)


def _orders_of(tx: Transaction, records: Sequence[RatingRecord]) -> list[AppliedOrderView]:
    """Return the orders of two officers; they are asked for where a rating names an order."""
    if not any(one.order_reference for one in records):
        return []
    return [AppliedOrderView.of(one) for one in approved_orders(tx, records[-1].evaluation_id)]
