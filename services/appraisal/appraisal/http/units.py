"""Organisation predicates, their distribution, and overviews."""

from typing import Any
from uuid import UUID

from appraisal.domain.distribution import Override, OverrideDistribution
from appraisal.domain.distribution_tendency import TendenciesView
from appraisal.domain.distribution_views import DistributionView
from appraisal.domain.org_predicate import OrgPredicateRecord, OrgPredicatesView, SetOrgPredicate
from appraisal.domain.periods import Period
from appraisal.domain.queue import QueueView
from appraisal.domain.summary import SummaryView
from appraisal.http.access import APPRAISERS, HR, OVERSIGHT, PREFIX, SETTERS, Relation
from appraisal.http.units_schemas import OrgPredicateIn, OrgPredicatesQuery, OverrideIn, PeriodQuery
from appraisal.use_cases.distributions.check import show_distribution
from appraisal.use_cases.distributions.compare_appraisers import compare_appraisers
from appraisal.use_cases.distributions.override import override_distribution
from appraisal.use_cases.org_predicates.read import list_org_predicates
from appraisal.use_cases.org_predicates.set import set_org_predicate
from appraisal.use_cases.overviews.queue import show_queue
from appraisal.use_cases.overviews.summarise import summarise
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work

blp = ServiceBlueprint("units", url_prefix=PREFIX, description="Organisation predicates, distribution, overviews")


@blp.route("/org-predicates", methods=["PUT"])
@allow(*SETTERS, relation="leader of the unit above; HR on their behalf with a reason")
@problems(404, 409)
@blp.arguments(OrgPredicateIn)
@blp.response(200, OrgPredicateRecord)
def put_org_predicate(body: dict[str, Any]) -> OrgPredicateRecord:
    """Set a unit's organisation predicate for a quarter or a month, or for the year."""
    return set_org_predicate(work(), principal(), SetOrgPredicate(**body))


@blp.route("/units/<uuid:unit_id>/org-predicates", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(OrgPredicatesQuery, location="query")
@blp.response(200, OrgPredicatesView)
def get_org_predicates(query: dict[str, Any], unit_id: UUID) -> OrgPredicatesView:
    """A unit's organisation predicates, the newest first."""
    return list_org_predicates(work(), principal(), unit_id, **query)


@blp.route("/units/<uuid:unit_id>/distribution", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@problems(409)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, DistributionView)
def get_distribution(period: Period, unit_id: UUID) -> DistributionView:
    """Compare the unit's predicates with the pattern of its organisation predicate."""
    return show_distribution(work(), principal(), unit_id, period=period)


@blp.route("/units/<uuid:unit_id>/distribution/override", methods=["POST"])
@allow(*SETTERS, relation="leader of the unit above, or HR")
@idempotent
@blp.arguments(OverrideIn)
@blp.response(201, Override)
def post_override(body: dict[str, Any], unit_id: UUID) -> Override:
    """Allow a unit to depart from its pattern, for a recorded reason."""
    return override_distribution(work(), principal(), OverrideDistribution(unit_id, **body))


@blp.route("/units/<uuid:unit_id>/appraisers", methods=["GET"])
@allow(*HR)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, TendenciesView)
def get_appraisers(period: Period, unit_id: UUID) -> TendenciesView:
    """How lenient or severe the unit's appraisers are beside each other, of those with enough ratings."""
    return compare_appraisers(work(), principal(), unit_id, period=period)


@blp.route("/appraiser/queue", methods=["GET"])
@allow(*APPRAISERS, relation="what waits for the caller")
@blp.response(200, QueueView)
def get_queue() -> QueueView:
    """What waits for the caller as appraiser, reviewer or coach."""
    return show_queue(work(), principal())


@blp.route("/summary", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, SummaryView)
def get_summary(period: Period) -> SummaryView:
    """How far the cycle has come, by unit; predicates only of groups large enough."""
    return summarise(work(), principal(), period)
